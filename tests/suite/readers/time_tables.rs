//! Tables of times: columns are judged as those of DATA, and options name them.

use crate::run::{Folder, Ran};

/// Levels of four genes in 18 samples, and a table of their times: three series at 0, 1, 2, 4, 8, 12 h.
fn check(header: &str, cells: &dyn Fn(usize, usize) -> String, args: &[&str]) -> Ran {
    let steps = [0, 1, 2, 4, 8, 12];
    let samples: Vec<String> = (0..18).map(|at| format!("S{at:02}")).collect();
    let mut data = format!("gene\t{}\n", samples.join("\t"));
    for gene in 0..4 {
        let levels = (0..18).map(|at| {
            let level = 5.0 + ((at % 6 + 2 * gene) as f64).sin() + at as f64 / 50.0;
            format!("{level:.3}")
        });
        data += &format!("GEN{gene}\t{}\n", levels.collect::<Vec<_>>().join("\t"));
    }
    let mut times = format!("sample\ttime_h\t{header}\n");
    for (at, sample) in samples.iter().enumerate() {
        times += &format!("{sample}\t{}\t{}\n", steps[at % 6], cells(at / 6, at % 6));
    }
    let folder = Folder::with(&[("d.tsv", data.as_bytes()), ("t.tsv", times.as_bytes())]);
    folder.cistron(&[&["check", "d.tsv", "--times", "t.tsv"], args].concat())
}

fn series(ran: Ran, count: usize) -> String {
    let ran = ran.with_code(0);
    let said = format!("4 genes, {count} series, 18 samples");
    assert!(ran.out.contains(&said), "{said}: {}", ran.out);
    ran.out
}

#[test]
fn batches_and_accessions_of_runs_do_not_cut_series() {
    let batch = |k: usize, i: usize| format!("{}\tB{}", k + 1, i / 2);
    let out = series(check("replicate\tbatch", &batch, &[]), 3);
    assert!(out.contains("left out") && out.contains("`batch`"), "{out}");
    let run = |k: usize, i: usize| format!("C{k}\tSRR{}", 10_000 + 6 * k + i);
    let out = series(check("condition\tRun", &run, &[]), 3);
    assert!(out.contains("`Run`"), "{out}");
    // where replicates have the same numbers in every batch, the batch tells them apart
    let again = |k: usize, _: usize| format!("1\tB{k}");
    series(check("replicate\tbatch", &again, &[]), 3);
}

#[test]
fn a_number_of_the_time_point_is_not_a_second_time() {
    let points = |k: usize, i: usize| format!("{}\t{}", i + 1, k + 1);
    let out = series(check("timepoint\treplicate", &points, &[]), 3);
    assert!(
        out.contains("time 0 to 12") && out.contains("numbers the times: `timepoint`"),
        "{out}"
    );
}

#[test]
fn two_times_are_refused_and_the_cure_works() {
    let minutes = |k: usize, i: usize| format!("{}\t{}", 5 * i + 3, k + 1);
    let ran = check("elapsed_time\treplicate", &minutes, &[]);
    let ran = ran.with_code(2).says("found times twice");
    assert!(
        ran.log.contains("`--ignore elapsed_time`") && !ran.log.contains("=gene"),
        "{}",
        ran.log
    );
    let args = ["--ignore", "elapsed_time"];
    let out = series(check("elapsed_time\treplicate", &minutes, &args), 3);
    assert!(!out.contains("there is no column"), "{out}");
    series(
        check(
            "elapsed_time\treplicate",
            &minutes,
            &["--columns", "elapsed_time=ignore"],
        ),
        3,
    );
}

#[test]
fn a_strain_that_all_samples_share_says_nothing_and_others_have_to_be_genes() {
    let same = |k: usize, _: usize| format!("{}\tJR1", k + 1);
    let out = series(check("replicate\tstrain", &same, &[]), 3);
    assert!(
        out.contains("one genotype, `JR1`, which is left out"),
        "{out}"
    );
    let strains = |k: usize, _: usize| format!("{}\tJR{k}", k + 1);
    let ran = check("replicate\tstrain", &strains, &[]);
    ran.with_code(2).says("found `JR0`, expected a genotype");
    for args in [["--columns", "strain=condition"], ["--ignore", "strain"]] {
        series(check("replicate\tstrain", &strains, &args), 3);
    }
    let ran = check(
        "replicate\tstrain",
        &strains,
        &["--columns", "breed=condition"],
    );
    ran.with_code(2).says("found no column `breed`");
}
