//! The integrators on gene networks of growing size: `cargo bench --bench speed -- integrators`.
//!
//! * `path`: 21 points of a network of messages and proteins, each gene with 3 random regulators
//! * `stiff_path`: the same on a chain with rates from 1 to 10,000
//! * `steady`: the steady state of such a network
//! * `noise`: 100 steps of the Langevin equation; an item is one normal number
//! * `normals`: the normal numbers alone, from the stream that all randomness comes from

use std::hint::black_box;

use cistron::seed::{Purpose, Seed};
use cistron_truth::simulate::integrate::{
    EULER_MARUYAMA, Langevin, Method, Pattern, Settings, Span, SteadySettings, System,
    steady_state, trajectory,
};
use divan::Bencher;
use divan::counter::ItemsCount;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

const REGULATORS: usize = 3;

/// Messages `m' = Σ hill(p)/3 − m` and proteins `p' = s (m − p)`; each gene has its own `s`.
struct Network {
    /// Regulators of each gene; those that repress are marked.
    regulators: Vec<[(usize, bool); REGULATORS]>,
    rate: Vec<f64>,
    pattern: Pattern,
}

impl Network {
    /// * `within`: regulators are drawn from the `within` genes before a gene, round a ring
    fn new(genes: usize, within: usize) -> Self {
        let mut rng = Seed(1).stream(Purpose::Synthetic, genes as u64);
        let mut draw = |i: usize| {
            let source = (i + genes - rng.random_range(1..=within)) % genes;
            (source, rng.random())
        };
        let regulators: Vec<_> = (0..genes)
            .map(|i| std::array::from_fn(|_| draw(i)))
            .collect();
        let mut entries = Vec::new();
        for (i, regulators) in regulators.iter().enumerate() {
            entries.extend(regulators.map(|(source, _)| (i, genes + source)));
            entries.extend([(i, i), (genes + i, i), (genes + i, genes + i)]);
        }
        Self {
            regulators,
            rate: (0..genes).map(|_| rng.random_range(0.1..1.0)).collect(),
            pattern: Pattern::new(2 * genes, entries),
        }
    }

    fn genes(&self) -> usize {
        self.rate.len()
    }

    fn start(&self) -> Vec<f64> {
        vec![0.5; 2 * self.genes()]
    }
}

/// The share of `x⁴ / (¼⁴ + x⁴)`, or what is left of it, and its slope.
fn hill(x: f64, represses: bool) -> (f64, f64) {
    let power = x.max(0.0).powi(4);
    let sum = power + 0.25f64.powi(4);
    let slope = 4.0 * x.max(0.0).powi(3) * 0.25f64.powi(4) / (sum * sum);
    if represses {
        (1.0 - power / sum, -slope)
    } else {
        (power / sum, slope)
    }
}

impl System for Network {
    fn size(&self) -> usize {
        2 * self.genes()
    }

    fn velocity_into(&self, _: f64, x: &[f64], dx: &mut [f64]) {
        let n = self.genes();
        for (i, regulators) in self.regulators.iter().enumerate() {
            let made: f64 = regulators.iter().map(|&(j, r)| hill(x[n + j], r).0).sum();
            dx[i] = made / REGULATORS as f64 - x[i];
            dx[n + i] = self.rate[i] * (x[i] - x[n + i]);
        }
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(&self.pattern)
    }

    fn jacobian_into(&self, _: f64, x: &[f64], values: &mut [f64]) {
        let n = self.genes();
        let each = values.chunks_exact_mut(REGULATORS + 3);
        for ((regulators, &rate), values) in self.regulators.iter().zip(&self.rate).zip(each) {
            for (value, &(j, represses)) in values.iter_mut().zip(regulators) {
                *value = hill(x[n + j], represses).1 / REGULATORS as f64;
            }
            values[REGULATORS..].copy_from_slice(&[-1.0, rate, -rate]);
        }
    }
}

const METHODS: [Method; 3] = [Method::Auto, Method::Tsitouras, Method::Bdf];

fn times() -> Vec<f64> {
    (0..21).map(f64::from).collect()
}

#[divan::bench(args = METHODS, consts = [50, 500, 5000], sample_count = 3, sample_size = 1)]
fn path<const GENES: usize>(bencher: Bencher<'_, '_>, method: &Method) {
    let network = Network::new(GENES, 20);
    let settings = Settings {
        method: *method,
        ..Settings::default()
    };
    bencher.bench(|| trajectory(&network, &times(), &network.start(), &settings));
}

/// Each variable follows the one before it, at rates from 1 to 10,000.
struct Chain {
    rates: Vec<f64>,
    pattern: Pattern,
}

impl Chain {
    fn new(size: usize) -> Self {
        let pair = |i: usize| [(i, i), (i, i.saturating_sub(1))];
        Self {
            rates: (0..size)
                .map(|i| 1e4f64.powf(i as f64 / (size - 1) as f64))
                .collect(),
            pattern: Pattern::new(size, (0..size).flat_map(pair).collect()),
        }
    }
}

impl System for Chain {
    fn size(&self) -> usize {
        self.rates.len()
    }

    fn velocity_into(&self, _: f64, x: &[f64], dx: &mut [f64]) {
        dx[0] = 1.0 - x[0];
        for i in 1..x.len() {
            dx[i] = self.rates[i] * (x[i - 1] - x[i]);
        }
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(&self.pattern)
    }

    fn jacobian_into(&self, _: f64, _: &[f64], values: &mut [f64]) {
        for (i, rate) in self.rates.iter().enumerate() {
            values[2 * i] = -rate;
            values[2 * i + 1] = if i == 0 { 0.0 } else { *rate };
        }
    }
}

#[divan::bench(args = METHODS, sample_count = 3, sample_size = 1)]
fn stiff_path(bencher: Bencher<'_, '_>, method: &Method) {
    let chain = Chain::new(100);
    let settings = Settings {
        method: *method,
        ..Settings::default()
    };
    bencher.bench(|| trajectory(&chain, &times(), &[0.0; 100], &settings));
}

/// Regulators among the 20 genes before, or among all.
#[divan::bench(args = [(500, 20), (500, 500), (10_000, 20)], sample_count = 2, sample_size = 1)]
fn steady(bencher: Bencher<'_, '_>, (genes, within): (usize, usize)) {
    let network = Network::new(genes, within);
    bencher.bench(|| steady_state(&network, &network.start(), &SteadySettings::default()));
}

#[divan::bench(args = [100, 20_000])]
fn noise(bencher: Bencher<'_, '_>, size: usize) {
    let mut equation = Langevin::new(
        size,
        EULER_MARUYAMA,
        |_, x: &[f64], a: &mut [f64], b: &mut [f64]| {
            for ((x, a), b) in x.iter().zip(a).zip(b) {
                *a = 1.0 - x;
                *b = 0.1 * (1.0 + x).sqrt();
            }
        },
    )
    .with_floor_at_zero();
    let span = Span {
        start: 0.0,
        end: 1.0,
        steps: 100,
    };
    let mut rng = Seed(1).stream(Purpose::ProcessNoise, 0);
    let mut x = vec![1.0; size];
    bencher
        .counter(ItemsCount::new(100 * size))
        .bench_local(|| equation.run(span, &mut rng, black_box(&mut x)));
}

#[divan::bench]
fn normals(bencher: Bencher<'_, '_>) {
    let mut rng = Seed(1).stream(Purpose::ProcessNoise, 0);
    let mut numbers = vec![0.0; 20_000];
    bencher
        .counter(ItemsCount::new(numbers.len()))
        .bench_local(|| {
            numbers.fill_with(|| StandardNormal.sample(&mut rng));
            black_box(&mut numbers);
        });
}
