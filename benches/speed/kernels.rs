//! The kernels against the machine's peak: `cargo bench --bench speed -- kernels`.
//!
//! An item is one floating-point operation, so `Gitem/s` reads as GFLOP/s; everything is on one
//! thread. The share of peak of a kernel is the quotient of its throughput and that of its bound:
//!
//! * `dot`, `axpy`, `projection_new`: `peak`, which multiplies and adds in registers only, with the
//!   instruction set that `pulp` chooses for them too (AVX2 where there is AVX-512)
//! * `gram`, `product`, `projection_remove_from`: `large_product`, a product of square matrices
//!   that is limited by arithmetic alone; faer takes AVX-512 for it where the machine has it, so
//!   that it may stand above `peak`

use std::hint::black_box;

use cistron::numeric;
use cistron::seed::{Purpose, Seed};
use divan::Bencher;
use divan::counter::ItemsCount;
use faer::Mat;
use pulp::{Arch, Simd, WithSimd};
use rand::Rng;

/// Rows and columns of a table of segments.
const SHAPES: [(usize, usize); 5] = [(200, 32), (200, 100), (500, 100), (500, 300), (500, 1000)];
const LENGTHS: [usize; 3] = [200, 500, 10_000];

fn table(rows: usize, columns: usize) -> Mat<f64> {
    let mut rng = Seed(1).stream(Purpose::Synthetic, (rows * columns) as u64);
    Mat::from_fn(rows, columns, |_, _| rng.random_range(-1.0..1.0))
}

fn vector(length: usize) -> Vec<f64> {
    table(length, 1).col_as_slice(0).to_vec()
}

/// Enough independent chains to hide the latency of a fused multiply-add.
const CHAINS: usize = 12;
const STEPS: usize = 10_000;

struct Lanes;

impl WithSimd for Lanes {
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> usize {
        S::F64_LANES
    }
}

struct Peak {
    factor: f64,
    start: f64,
}

impl WithSimd for Peak {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let (factor, start) = (simd.splat_f64s(self.factor), simd.splat_f64s(self.start));
        let mut sums = [start; CHAINS];
        for _ in 0..STEPS {
            for sum in &mut sums {
                *sum = simd.mul_add_e_f64s(*sum, factor, start);
            }
        }
        let total = sums.into_iter().reduce(|a, b| simd.add_f64s(a, b));
        simd.reduce_sum_f64s(total.expect("there are chains"))
    }
}

#[divan::bench]
fn peak(bencher: Bencher<'_, '_>) {
    let arch = Arch::new();
    let flops = 2 * arch.dispatch(Lanes) * CHAINS * STEPS;
    bencher.counter(ItemsCount::new(flops)).bench(|| {
        arch.dispatch(Peak {
            factor: black_box(0.5),
            start: black_box(1.0),
        })
    });
}

#[divan::bench(sample_count = 20)]
fn large_product(bencher: Bencher<'_, '_>) {
    let n = 768;
    let a = table(n, n);
    bencher
        .counter(ItemsCount::new(2 * n * n * n))
        .bench(|| numeric::product(black_box(a.as_ref()), black_box(a.as_ref())));
}

#[divan::bench(args = SHAPES)]
fn gram(bencher: Bencher<'_, '_>, (n, p): (usize, usize)) {
    let a = table(n, p);
    bencher
        .counter(ItemsCount::new(n * p * (p + 1)))
        .bench(|| numeric::gram(black_box(a.as_ref())));
}

/// All regulators against a block of 32 targets.
#[divan::bench(args = SHAPES)]
fn product(bencher: Bencher<'_, '_>, (n, p): (usize, usize)) {
    let (a, b) = (table(n, p), table(n, 32));
    bencher
        .counter(ItemsCount::new(2 * n * p * 32))
        .bench(|| numeric::product(black_box(a.as_ref()), black_box(b.as_ref())));
}

#[divan::bench(args = LENGTHS)]
fn dot(bencher: Bencher<'_, '_>, n: usize) {
    let (x, y) = (vector(n), vector(n));
    bencher
        .counter(ItemsCount::new(2 * n))
        .bench(|| numeric::dot(black_box(&x), black_box(&y)));
}

#[divan::bench(args = LENGTHS)]
fn axpy(bencher: Bencher<'_, '_>, n: usize) {
    let (x, mut y) = (vector(n), vector(n));
    bencher
        .counter(ItemsCount::new(2 * n))
        .bench_local(|| numeric::axpy(black_box(1e-9), black_box(&x), black_box(&mut y)));
}

/// Columns of a design: one condition offset a series, say.
const DESIGN: usize = 10;

/// Orthogonalising the design, twice over; `2k²` dot products or updates of `2n` operations.
#[divan::bench(args = LENGTHS)]
fn projection_new(bencher: Bencher<'_, '_>, n: usize) {
    let design = table(n, DESIGN);
    bencher
        .counter(ItemsCount::new(4 * n * DESIGN * (DESIGN - 1)))
        .bench(|| numeric::Projection::new(black_box(design.as_ref())));
}

#[divan::bench(args = SHAPES)]
fn projection_remove_from(bencher: Bencher<'_, '_>, (n, p): (usize, usize)) {
    let projection = numeric::Projection::new(table(n, DESIGN).as_ref());
    let mut a = table(n, p);
    bencher
        .counter(ItemsCount::new(4 * n * DESIGN * p))
        .bench_local(|| projection.remove_from(black_box(a.as_mut())));
}
