//! Tests of whole populations of cells.

use super::{CellData, CellPlan};
use crate::simulate::Model;
use crate::simulate::experiment::Noise;
use crate::simulate::experiment::test_networks::{constitutive, with_unit_rates};
use crate::simulate::kinetics::{Kinetics, Rule, Site};
use cistron::genes::Gene;
use cistron::numeric::{mean, standard_deviation};
use cistron::seed::Seed;

fn plan(count: usize, duration: f64) -> CellPlan {
    CellPlan {
        count,
        duration,
        snapshots: Vec::new(),
        initial: 0.0,
        library: None,
        library_spread: 0.4,
        dropout: 0.0,
        velocity: false,
    }
}

fn noise(strength: f64) -> Noise {
    Noise {
        strength,
        longest_step: None,
    }
}

fn steep_site(regulator: usize, n: f64) -> Rule {
    let regulator = Gene(regulator);
    Rule::Site(Site {
        regulator,
        k: 0.4,
        n,
    })
}

fn site(regulator: usize) -> Rule {
    steep_site(regulator, 4.0)
}

fn not(rule: Rule) -> Rule {
    Rule::Not(Box::new(rule))
}

fn toggle() -> Kinetics {
    with_unit_rates([not(site(1)), not(site(0))])
}

fn chain() -> Kinetics {
    with_unit_rates([Rule::On, site(0), site(1)])
}

fn run<const P: usize>(plan: &CellPlan, network: &Kinetics, strength: f64) -> CellData {
    plan.run(network, &[None; P], &noise(strength), Seed(1))
}

fn sizes(data: &CellData) -> Vec<usize> {
    let mut sizes = vec![0; data.ends.len()];
    for cell in &data.cells {
        sizes[cell.lineage] += 1;
    }
    sizes
}

#[test]
fn a_noisy_toggle_splits_into_two_lineages_of_similar_size() {
    let data = run::<2>(&plan(600, 15.0), &toggle(), 0.1);
    let sizes = sizes(&data);
    assert_eq!(sizes.len(), 2);
    // 3 standard errors of a fair coin
    assert!(sizes[0] >= sizes[1] && sizes[1] > 300 - 37, "{sizes:?}");
    let ends: Vec<Vec<f64>> = data.ends.iter().flatten().cloned().collect();
    assert_eq!(ends.len(), 2);
    assert!((ends[0][0] - ends[1][1]).abs() < 0.01 && (ends[0][0] - ends[0][1]).abs() > 0.8);
    // late cells are on the side of their own lineage
    for (row, cell) in data.cells.iter().enumerate() {
        let high = data.levels[(row, 0)] > data.levels[(row, 1)];
        let end = &ends[cell.lineage];
        let expected = end[0] > end[1];
        assert!(cell.pseudotime < 0.8 || high == expected, "{cell:?}");
    }
}

#[test]
fn every_cell_is_on_one_lineage() {
    let data = run::<2>(&plan(50, 15.0), &toggle(), 0.1);
    let cells = data.on_lineages().expect("cells enough");
    let lineages = cells.lineages();
    for cell in 0..50 {
        let times = lineages.iter().map(|lineage| lineage.pseudotime[cell]);
        assert_eq!(times.filter(|time| !time.is_nan()).count(), 1);
    }
    assert_eq!(lineages[1].name, "PseudoTime2");
}

#[test]
fn a_gene_that_starts_ahead_decides_the_toggle() {
    let plan = plan(100, 15.0);
    let data = plan.run(&toggle(), &[Some(0.9), None], &noise(0.05), Seed(1));
    assert_eq!(data.ends.len(), 1);
    assert!(data.ends[0].as_ref().expect("a steady state")[0] > 0.9);
}

#[test]
fn genes_of_a_chain_rise_in_order_on_one_lineage() {
    let data = run::<3>(&plan(400, 10.0), &chain(), 0.03);
    assert_eq!(data.ends.len(), 1);
    let [first, second, third] = [0, 1, 2].map(|gene| {
        let cells = data.cells.iter().enumerate();
        cells
            .filter(|(row, _)| data.levels[(*row, gene)] > 0.5)
            .fold(f64::INFINITY, |first, (_, cell)| first.min(cell.time))
    });
    assert!(first < second && second < third);
    assert!(third < 10.0);
}

#[test]
fn cells_without_a_steady_state_are_one_lineage() {
    let ring = with_unit_rates([2, 0, 1].map(|before| not(steep_site(before, 10.0))));
    let plan = plan(40, 20.0);
    let data = plan.run(&ring, &[Some(0.9), None, None], &noise(0.03), Seed(1));
    assert_eq!(data.ends, [None]);
}

#[test]
fn an_end_of_few_cells_counts_as_the_nearest() {
    // one cell at the far end would be a lineage that nobody can read
    let data = run::<2>(&plan(4, 15.0), &toggle(), 0.1);
    assert!(
        sizes(&data).iter().all(|&size| size >= 3),
        "{:?}",
        sizes(&data)
    );
}

#[test]
fn snapshots_have_the_times_asked_for_in_equal_numbers() {
    let plan = CellPlan {
        snapshots: vec![0.0, 2.0, 7.0],
        ..plan(10, 8.0)
    };
    let data = run::<3>(&plan, &chain(), 0.05);
    let times: Vec<f64> = data.cells.iter().map(|cell| cell.time).collect();
    assert_eq!(times, [0., 0., 0., 0., 2., 2., 2., 7., 7., 7.]);
    assert_eq!(data.cells[9].pseudotime, 7.0 / 8.0);
}

#[test]
fn times_are_uniform_over_the_process() {
    let n = 3000.0;
    let data = run::<1>(&plan(n as usize, 4.0), &constitutive(1), 0.0);
    let mean = data.cells.iter().map(|cell| cell.pseudotime).sum::<f64>() / n;
    assert!((mean - 0.5).abs() < 3.0 * (1.0 / 12.0 / n).sqrt());
}

#[test]
fn any_number_of_threads_gives_the_same_cells() {
    let plan = CellPlan {
        library: Some(50.0),
        dropout: 0.5,
        velocity: true,
        ..plan(60, 5.0)
    };
    let [one, two] = [1, 2].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads");
        pool.install(|| run::<2>(&plan, &toggle(), 0.1))
    });
    assert_eq!(one, two);
}

#[test]
fn a_birth_and_death_population_has_the_mean_and_variance_of_poisson_numbers() {
    // 100 molecules on average: half of full level 2, in units of 100 molecules
    let (n, omega) = (3000.0_f64, 100.0_f64);
    let noise = Noise {
        strength: omega.sqrt().recip(),
        longest_step: Some(0.02),
    };
    let plan = CellPlan {
        snapshots: vec![0.0, 12.0],
        initial: 0.5,
        ..plan(2 * n as usize, 12.0)
    };
    let data = plan.run(&constitutive(1), &[None], &noise, Seed(4));
    for half in 0..2 {
        let levels = &data.levels.col_as_slice(0)[half * n as usize..][..n as usize];
        let molecules: Vec<f64> = levels.iter().map(|level| omega * level).collect();
        let (mean, variance) = (mean(&molecules), standard_deviation(&molecules).powi(2));
        assert!((mean - 100.0).abs() < 3.0 * (100.0 / n).sqrt(), "{mean}");
        let error = 100.0 * (2.0 / n).sqrt();
        assert!((variance - 100.0).abs() < 3.0 * error, "{variance}");
    }
}

#[test]
fn the_library_is_the_mean_number_of_molecules_in_a_cell() {
    let plan = CellPlan {
        library: Some(500.0),
        ..plan(2000, 10.0)
    };
    let data = run::<3>(&plan, &chain(), 0.05);
    let counted: f64 = (0..2000)
        .map(|i| data.expression.row(i).iter().sum::<f64>())
        .sum();
    assert!((counted / 2000.0 / 500.0 - 1.0).abs() < 0.05);
    let libraries = data.cells.iter().filter_map(|cell| cell.library);
    let mean = libraries.sum::<f64>() / 2000.0;
    // 3 standard errors of a coefficient of variation of 0.4
    assert!((mean / 500.0 - 1.0).abs() < 3.0 * 0.4 / 2000f64.sqrt());
    let [counts, levels] =
        [&data.expression, &data.levels].map(|table| table.col(2).iter().sum::<f64>());
    let ratio = counts / levels;
    assert!((ratio / data.capture - 1.0).abs() < 0.05);
}

#[test]
fn velocities_are_the_slopes_of_the_path_without_noise() {
    let h = 1e-3;
    let plan = CellPlan {
        snapshots: vec![2.0 - h, 2.0, 2.0 + h],
        velocity: true,
        ..plan(3, 4.0)
    };
    let data = run::<3>(&plan, &chain(), 0.0);
    let splicing = data.splicing.expect("asked for");
    for j in 0..3 {
        let slope = (data.levels[(2, j)] - data.levels[(0, j)]) / (2.0 * h);
        let velocity = splicing.velocity[(1, j)];
        assert!((slope - velocity).abs() < 1e-5 * (1.0 + slope.abs()), "{j}");
        // half-life a fifth of that of mRNA: splicing = 5 decays
        let formula = 5.0 * splicing.unspliced[(1, j)] - data.levels[(1, j)];
        assert!((formula - velocity).abs() < 1e-12);
    }
}

#[test]
fn a_coarse_step_of_the_model_is_refined_for_the_added_splicing() {
    let coarse = Noise {
        strength: 0.05,
        longest_step: Some(0.5),
    };
    let plan = CellPlan {
        velocity: true,
        ..plan(200, 8.0)
    };
    let data = plan.run(&chain(), &[None; 3], &coarse, Seed(1));
    let unspliced = data.splicing.expect("asked for").unspliced;
    assert!((0..200).all(|i| unspliced[(i, 0)] < 0.5));
}

#[test]
fn without_splicing_nothing_is_unspliced() {
    assert!(run::<3>(&plan(5, 2.0), &chain(), 0.1).splicing.is_none());
}

#[test]
fn settings_out_of_range_are_named() {
    let sound = CellPlan {
        snapshots: vec![0.0, 5.0],
        library: Some(10.0),
        ..plan(10, 8.0)
    };
    assert!(sound.check().is_ok());
    let cases = [
        (
            CellPlan {
                dropout: 2.0,
                ..sound.clone()
            },
            "`dropout` is 2; it must be between 0 and 1",
        ),
        (
            CellPlan {
                snapshots: vec![9.0],
                ..sound.clone()
            },
            "`snapshots` is 9; it must be between 0 and `duration`",
        ),
        (
            CellPlan {
                snapshots: vec![5.0, 5.0],
                ..sound.clone()
            },
            "`snapshots` is 5; it must be later than the one before it",
        ),
        (
            CellPlan {
                library: Some(0.0),
                ..sound.clone()
            },
            "`library` is 0; it must be above 0",
        ),
        (
            CellPlan {
                library_spread: -1.0,
                ..sound.clone()
            },
            "`library_spread` is -1; it must be between 0 and 5",
        ),
        (
            CellPlan {
                count: 0,
                ..sound.clone()
            },
            "`count` is 0; it must be above 0",
        ),
        (
            CellPlan {
                count: 1,
                ..sound.clone()
            },
            "`count` is 1; it must be at least the number of `snapshots`",
        ),
    ];
    for (plan, expected) in cases {
        let fault = plan.check().expect_err("a fault");
        assert_eq!(fault.to_string(), expected);
    }
}

#[test]
fn a_faulty_setting_in_a_file_is_named_with_its_line() {
    let [faulty, sound] = ["2", "0"].map(|dropout| {
        format!(
            "name = \"one\"\ntime_unit = \"h\"\n\n[cells]\ncount = 4\nduration = 2.0\n\
             initial = 0.1\ndropout = {dropout}\n\n[[gene]]\nname = \"a\"\nbasal = 0.0\n\
             maximal = 1.0\nmrna_half_life = 1.0\n"
        )
    });
    let error = Model::read("model.toml", &faulty).expect_err("a fault");
    assert_eq!(
        error.to_string(),
        "model.toml, line 4: `dropout` is 2; it must be between 0 and 1"
    );
    let model = Model::read("model.toml", &sound).expect("valid");
    let cells = model.cells(Seed(1)).expect("a plan of cells").cells;
    assert_eq!(cells.len(), 4);
}
