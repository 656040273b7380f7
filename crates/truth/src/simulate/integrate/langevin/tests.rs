use super::*;
use cistron::seed::{Purpose, Seed};

const DRIFT: f64 = 0.5;
const VOLATILITY: f64 = 0.8;
const FINEST: usize = 256;

/// `dx = μx dt + σx dW`.
fn geometric(_: f64, x: &[f64], a: &mut [f64], b: &mut [f64]) {
    a[0] = DRIFT * x[0];
    b[0] = VOLATILITY * x[0];
}

/// Error at time 1 of `dx = μx dt + σx dW` against `exp((μ − σ²/2) + σW(1))` on one path.
fn path_error(scheme: Scheme, steps: usize, fine: &[f64]) -> f64 {
    let mut equation = Langevin::new(1, scheme, geometric);
    let mut x = [1.0];
    for coarse in fine.chunks(FINEST / steps) {
        equation.step(0.0, 1.0 / steps as f64, &[coarse.iter().sum()], &mut x);
    }
    let end: f64 = fine.iter().sum();
    let exact = (DRIFT - VOLATILITY * VOLATILITY / 2.0 + VOLATILITY * end).exp();
    (x[0] - exact).abs()
}

#[test]
fn every_scheme_shows_its_strong_order() {
    for scheme in [EULER_MARUYAMA, PLATEN] {
        let mean_error = |steps| -> f64 {
            (0..4000)
                .map(|path| {
                    let mut rng = Seed(5).stream(Purpose::Synthetic, path);
                    let root = (FINEST as f64).sqrt().recip();
                    let fine: Vec<f64> = (0..FINEST).map(|_| root * normal(&mut rng)).collect();
                    path_error(scheme, steps, &fine)
                })
                .sum()
        };
        let observed = (mean_error(32) / mean_error(FINEST)).log2() / 3.0;
        assert!(
            (observed - scheme.order).abs() < 0.1,
            "strong order {}: observed {observed}",
            scheme.order
        );
    }
}

/// `∅ → X` at rate `k`, `X → ∅` at rate `d x`: mean and variance are both `k/d`.
#[test]
fn birth_and_death_have_the_mean_and_variance_of_a_poisson_number() {
    let (k, d, n) = (100.0, 1.0, 4000_u64);
    let mut equation = Langevin::new(
        1,
        EULER_MARUYAMA,
        |_, x: &[f64], a: &mut [f64], b: &mut [f64]| {
            a[0] = k - d * x[0];
            b[0] = (k + d * x[0]).sqrt();
        },
    )
    .with_floor_at_zero();
    let ends: Vec<f64> = (0..n)
        .map(|path| {
            let mut x = [k / d];
            let span = Span {
                start: 0.0,
                end: 6.0,
                steps: 600,
            };
            equation.run(span, &mut Seed(6).stream(Purpose::Synthetic, path), &mut x);
            x[0]
        })
        .collect();
    agree(&ends, k / d, k / d, "at the end");
}

#[test]
fn amounts_never_fall_below_zero() {
    let mut equation = Langevin::new(1, PLATEN, |_, x: &[f64], a: &mut [f64], b: &mut [f64]| {
        a[0] = 0.01 - x[0];
        b[0] = 3.0 * (0.01 + x[0]).sqrt();
    })
    .with_floor_at_zero();
    let mut rng = Seed(7).stream(Purpose::Synthetic, 0);
    let mut x = [0.0];
    for at in 0..2000 {
        let span = Span {
            start: f64::from(at),
            end: f64::from(at) + 0.01,
            steps: 1,
        };
        equation.run(span, &mut rng, &mut x);
        assert!(x[0] >= 0.0 && x[0].is_finite());
    }
}

/// `E[x²]` after `steps` steps to time 1 of `dx = μx dt + σx dW` from 1, without sampling.
///
/// A step multiplies `x` by a polynomial of the second degree in the increment, so that the
/// three-point Gauss–Hermite rule gives the mean of its square exactly, and the steps are
/// independent of each other.
fn second_moment(scheme: Scheme, steps: usize) -> f64 {
    let h = 1.0 / steps as f64;
    let mut equation = Langevin::new(1, scheme, geometric);
    let far = (3.0 * h).sqrt();
    let nodes = [(-far, 1.0 / 6.0), (0.0, 2.0 / 3.0), (far, 1.0 / 6.0)];
    let after_one: f64 = nodes
        .iter()
        .map(|&(increment, weight)| {
            let mut x = [1.0];
            equation.step(0.0, h, &[increment], &mut x);
            weight * x[0] * x[0]
        })
        .sum();
    after_one.powi(i32::try_from(steps).expect("few steps"))
}

#[test]
fn every_scheme_shows_its_weak_order() {
    let exact = (2.0 * DRIFT + VOLATILITY * VOLATILITY).exp();
    for scheme in [EULER_MARUYAMA, PLATEN] {
        let error = |steps| (second_moment(scheme, steps) - exact).abs();
        let observed = (error(256) / error(512)).log2();
        assert!(
            (observed - scheme.weak_order).abs() < 0.1,
            "weak order {}: observed {observed}",
            scheme.weak_order
        );
    }
}

/// That the rule above stands for sampled paths.
#[test]
fn sampled_paths_have_the_second_moment_of_their_scheme() {
    let paths = 40_000_u64;
    for scheme in [EULER_MARUYAMA, PLATEN] {
        let mut equation = Langevin::new(1, scheme, geometric);
        let span = Span {
            start: 0.0,
            end: 1.0,
            steps: 8,
        };
        let squares: Vec<f64> = (0..paths)
            .map(|path| {
                let mut x = [1.0];
                let mut rng = Seed(8).stream(Purpose::Synthetic, path);
                equation.run(span, &mut rng, &mut x);
                x[0] * x[0]
            })
            .collect();
        let (mean, variance) = moments(&squares);
        let off = (mean - second_moment(scheme, 8)).abs();
        let error = (variance / paths as f64).sqrt();
        assert!(off < 3.0 * error, "{off} with a standard error of {error}");
    }
}

/// Mean and variance of the numbers.
fn moments(numbers: &[f64]) -> (f64, f64) {
    let n = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / n;
    let squares = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
    (mean, squares / (n - 1.0))
}

/// Mean and variance within 3 standard errors, those of numbers that are close to normal.
fn agree(numbers: &[f64], mean: f64, variance: f64, what: &str) {
    let n = numbers.len() as f64;
    let (m, v) = moments(numbers);
    let (error, spread) = ((variance / n).sqrt(), variance * (2.0 / (n - 1.0)).sqrt());
    assert!(
        (m - mean).abs() < 3.0 * error,
        "{what}: mean {m}, not {mean} ± {error}"
    );
    assert!(
        (v - variance).abs() < 3.0 * spread,
        "{what}: variance {v}, not {variance} ± {spread}"
    );
}

/// From nothing, a birth–death process is a Poisson number of mean `k/d (1 − e^(−dt))` at any
/// time. With `k/d = 10,000` the path leaves 0 within a few steps.
#[test]
fn birth_and_death_from_nothing_are_a_poisson_number_at_any_time() {
    let (k, d, n) = (10_000.0, 1.0, 4000_u64);
    let times = [0.25, 0.5, 1.0, 2.0, 4.0];
    let mut equation = Langevin::new(
        1,
        EULER_MARUYAMA,
        |_, x: &[f64], a: &mut [f64], b: &mut [f64]| {
            a[0] = k - d * x[0];
            b[0] = (k + d * x[0]).sqrt();
        },
    )
    .with_floor_at_zero();
    let mut at_times = vec![Vec::new(); times.len()];
    for path in 0..n {
        let mut rng = Seed(9).stream(Purpose::Synthetic, path);
        let (mut x, mut start) = ([0.0], 0.0);
        for (values, end) in at_times.iter_mut().zip(times) {
            // short steps: the bias of a mean, `h d / 2` of it, has to stay below its error
            let span = Span::covering(start, end, 2.5e-4);
            equation.run(span, &mut rng, &mut x);
            values.push(x[0]);
            start = end;
        }
    }
    for (values, t) in at_times.iter().zip(times) {
        let mean = k / d * (1.0 - (-d * t).exp());
        agree(values, mean, mean, &format!("at time {t}"));
    }
}

/// Messages at rate `kₘ`, each of which makes proteins at rate `kₚ`; both decay.
///
/// # Source   Thattai & van Oudenaarden (2001), PNAS 98, 8614: `⟨p⟩ = kₘkₚ/(dₘdₚ)` and
///   `Var(p)/⟨p⟩ = 1 + kₚ/(dₘ + dₚ)`. All rates are linear, so that the Langevin equation has the
///   same first two moments as the counts.
#[test]
fn proteins_have_the_mean_and_noise_of_translation_in_bursts() {
    let (km, kp, dm, dp) = (400.0, 4.0, 2.0, 0.5);
    let (messages, proteins) = (km / dm, km * kp / (dm * dp));
    let mut equation = Langevin::new(
        2,
        EULER_MARUYAMA,
        |_, x: &[f64], a: &mut [f64], b: &mut [f64]| {
            a[0] = km - dm * x[0];
            b[0] = (km + dm * x[0]).sqrt();
            a[1] = kp * x[0] - dp * x[1];
            b[1] = (kp * x[0] + dp * x[1]).sqrt();
        },
    )
    .with_floor_at_zero();
    let mut ends = [Vec::new(), Vec::new()];
    for path in 0..3000 {
        let mut x = [messages, proteins];
        let mut rng = Seed(10).stream(Purpose::Synthetic, path);
        equation.run(Span::covering(0.0, 12.0, 5e-3), &mut rng, &mut x);
        ends.iter_mut().zip(x).for_each(|(ends, x)| ends.push(x));
    }
    agree(&ends[0], messages, messages, "messages");
    let noise = 1.0 + kp / (dm + dp);
    agree(&ends[1], proteins, proteins * noise, "proteins");
}
