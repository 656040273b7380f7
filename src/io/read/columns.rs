//! What the name of a column says: time, series, condition, sample, measured quantity, or a gene.

use super::time_unit::TimeUnit;
use crate::io::text::{Keep, Table};
pub(super) use crate::io::text::{names_genes, plain_name as plain};

/// What a name in a header can stand for besides a gene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Time: `time`, `time_min`, `Time (h)`, `timepoint`, `hours`, `hpf`.
    Time,
    /// Time if nothing else is: `t`, `h`, `ZT`, `day`, `age`.
    PerhapsTime,
    /// A series or replicate.
    Series,
    /// A condition.
    Condition,
    /// What was done to genes.
    Intervention,
    /// The name of the sample.
    Sample,
    /// Nothing known: a gene, as far as the header tells.
    Other,
}

const SERIES: [&str; 38] = [
    "series",
    "series_id",
    "replicate",
    "replicates",
    "replicate_id",
    "rep",
    "reps",
    "repl",
    "bio_rep",
    "biorep",
    "biological_replicate",
    "experiment",
    "experiment_id",
    "exp",
    "run",
    "run_id",
    "trajectory",
    "trajectory_id",
    "batch",
    "batch_id",
    "donor",
    "donor_id",
    "patient",
    "patient_id",
    "subject",
    "subject_id",
    "individual",
    "participant",
    "animal",
    "animal_id",
    "mouse",
    "mouse_id",
    "culture",
    "flask",
    "clone",
    "time_series",
    "timeseries",
    "course",
];
const CONDITION: [&str; 21] = [
    "condition",
    "conditions",
    "cond",
    "treatment",
    "treatments",
    "treated",
    "treat",
    "group",
    "arm",
    "stimulus",
    "stimulation",
    "stim",
    "medium",
    "media",
    "drug",
    "compound",
    "ligand",
    "stress",
    "diet",
    "environment",
    "agent",
];
const INTERVENTION: [&str; 2] = ["intervention", "interventions"];
const SAMPLE: [&str; 20] = [
    "sample",
    "samples",
    "sample_id",
    "sampleid",
    "sample_name",
    "samplename",
    "sample_names",
    "label",
    "labels",
    "id",
    "cell",
    "cells",
    "cell_id",
    "cellid",
    "cell_name",
    "barcode",
    "barcodes",
    "row",
    "index",
    "unnamed_0",
];
/// Times that no gene is called.
const TIME: [&str; 23] = [
    "timepoint",
    "timepoints",
    "times",
    "hour",
    "hours",
    "hrs",
    "hr",
    "minute",
    "minutes",
    "mins",
    "days",
    "weeks",
    "months",
    "seconds",
    "secs",
    "zeit",
    "stunden",
    "minuten",
    "tage",
    "zeitgeber",
    "day_of_differentiation",
    "time_point",
    "developmental_stage",
];
/// Times that a gene may be called as well: *E. coli* has a gene `hpt`, *Drosophila* `dpp` and `h`.
const PERHAPS_TIME: [&str; 53] = [
    "hpf",
    "hpc",
    "dpf",
    "hpi",
    "dpi",
    "hpt",
    "dpt",
    "wpi",
    "wpf",
    "hapf",
    "dai",
    "hai",
    "dag",
    "dpa",
    "dpc",
    "day",
    "week",
    "weeks_old",
    "wks",
    "month",
    "year",
    "years",
    "age",
    "stage",
    "dpp",
    "dpn",
    "dap",
    "das",
    "dat",
    "hat",
    "hpa",
    "hph",
    "hps",
    "dps",
    "dpo",
    "wpa",
    "hal",
    "daa",
    "mpi",
    "mpf",
    "elapsed",
    "min",
    "sec",
    "zt",
    "ct",
    "tp",
    "wk",
    "t",
    "h",
    "d",
    "m",
    "w",
    "s",
];

/// Whether no gene has this name, though the column may be called like a series or a time.
pub(super) fn never_gene(name: &str) -> bool {
    const NEVER: [&str; 20] = [
        "age",
        "weeks_old",
        "series",
        "replicate",
        "replicates",
        "biological_replicate",
        "experiment",
        "trajectory",
        "batch",
        "donor",
        "patient",
        "subject",
        "individual",
        "participant",
        "animal",
        "mouse",
        "culture",
        "flask",
        "time_series",
        "timeseries",
    ];
    let name = plain(name);
    NEVER.contains(&name.as_str()) || name.ends_with("_id")
}

/// Whether a column of this name is a time or nothing: no gene is called so.
pub(super) fn is_time_word(name: &str) -> bool {
    // not `year`: *E. coli* has a gene yeaR
    let words = ["day", "week", "wks", "month", "stage", "elapsed"];
    words.contains(&plain(name).as_str())
}

/// Whether a column of this name may number the times.
pub(super) fn is_time_point(name: &str) -> bool {
    let points = [
        "timepoint",
        "timepoints",
        "time_point",
        "time_points",
        "time_index",
    ];
    points.contains(&plain(name).as_str())
}

/// Whether programs and people give this name to a column that numbers the rows.
pub(super) fn is_counter(name: &str) -> bool {
    const COUNTERS: [&str; 21] = [
        "x",
        "v1",
        "no",
        "nr",
        "num",
        "number",
        "n",
        "i",
        "",
        "index",
        "idx",
        "ix",
        "row",
        "rows",
        "rownames",
        "row_names",
        "row_number",
        "obs",
        "rn",
        "unnamed",
        "unnamed_0",
    ];
    COUNTERS.contains(&plain(name).as_str())
}

/// Whether a name is `time_0`, `Time 60` or `time_2h`: a sample at this time rather than the column of times.
pub(super) fn is_numbered_time(name: &str) -> bool {
    let name = plain(name);
    let mut words = name.split('_');
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    words.next() == Some("time") && words.next().is_some_and(number)
}

/// Whether a column of series is called like a replicate.
pub(super) fn is_replicate(name: &str) -> bool {
    let name = plain(name);
    name.starts_with("rep") || name.contains("replicate") || name.ends_with("rep")
}

/// Whether a column of series is called like a batch or run of the instrument, in which several units are.
pub(super) fn is_technical(name: &str) -> bool {
    const TECHNICAL: [&str; 4] = ["batch", "batch_id", "run", "run_id"];
    TECHNICAL.contains(&plain(name).as_str())
}

/// The role of a name; capitals do not matter.
pub fn role(name: &str) -> Role {
    let name = plain(name);
    let known = |list: &[&str]| list.contains(&name.as_str());
    if known(&SERIES) {
        return Role::Series;
    }
    if is_time(&name) {
        return Role::Time;
    }
    match () {
        () if known(&PERHAPS_TIME) => Role::PerhapsTime,
        () if known(&CONDITION) => Role::Condition,
        () if known(&INTERVENTION) => Role::Intervention,
        () if known(&SAMPLE) => Role::Sample,
        () => Role::Other,
    }
}

/// Whether a name of a time is so short that another one is the likelier time.
pub(super) fn is_short_time(name: &str) -> bool {
    plain(name).len() <= 2
}

/// Whether a plain name is surely a time.
fn is_time(name: &str) -> bool {
    if TIME.contains(&name) {
        return true;
    }
    let words: Vec<&str> = name.split('_').collect();
    let unit = |word: &str| TimeUnit::of_word(word).is_some();
    match words.as_slice() {
        [] => false,
        ["time", ..] => true,
        // `t_h`, `t (min)`, `age_days`
        [
            "t" | "age" | "tp" | "timepoint" | "timepoints" | "zeit",
            last,
        ] => unit(last),
        // `hours_post_infection`
        [first, "post" | "after" | "since" | "of" | "in" | "p", ..] => unit(first),
        // `Elapsed time (min)`
        [.., "time", last] if unit(last) => !is_process(words[0]),
        // `sampling_day`, `culture_days`
        [
            "sampling" | "sample" | "collection" | "harvest" | "culture" | "treatment",
            last,
        ] if unit(last) => last.len() > 2,
        // `sampling_time`, `zeitgeber_time`, `time` behind something else
        [.., "time"] => !is_process(words[0]),
        _ => false,
    }
}

/// Whether a time is one of cells in a process, and not that of a sample.
fn is_process(word: &str) -> bool {
    ["pseudo", "latent", "doubling", "diffusion"].contains(&word)
}

/// What to keep of a column: nothing of an ignored one, text of names, numbers of the rest.
/// The first column may hold names of genes or samples.
pub fn kind(at: usize, name: &str, ignore: &[String]) -> Keep {
    if is_ignored(name, ignore) {
        return Keep::Skip;
    }
    match role(name) {
        Role::Time | Role::PerhapsTime => Keep::Number,
        Role::Series | Role::Condition | Role::Intervention | Role::Sample => Keep::Text,
        Role::Other if at == 0 => Keep::Text,
        Role::Other => Keep::Number,
    }
}

/// Whether the user asked to pass over a column of this name.
pub(super) fn is_ignored(name: &str, ignore: &[String]) -> bool {
    let name = name.to_lowercase();
    ignore.iter().any(|other| other.to_lowercase() == name)
}

/// A warning for every name that is to be ignored and is not there.
///
/// * `others`: names of columns of the table of times
pub fn ignored_in_vain(table: &Table, others: &[String], ignore: &[String]) -> Vec<String> {
    let absent = ignore.iter().filter(|name| {
        let name = name.to_lowercase();
        let mut header = table.header().iter().chain(others);
        header.all(|other| other.to_lowercase() != name)
    });
    absent
        .map(|name| format!("{}: there is no column `{name}` to ignore", table.file()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_known_by_name_and_genes_are_not_taken_for_them() {
        for name in [
            "time",
            "Time",
            "TIME_min",
            "Time (h)",
            "timepoint",
            "time.h",
            "hours",
            "Hours post infection",
            "t (min)",
            "sampling_time",
            "age_days",
            "Elapsed time (min)",
            "sampling_day",
            "Collection time",
        ] {
            assert_eq!(role(name), Role::Time, "{name}");
        }
        for name in ["timeless", "TIMP1", "G1", "", "pseudo_time", "hopscotch"] {
            assert_eq!(role(name), Role::Other, "{name}");
        }
        for name in ["T", "ZT", "day", "age", "h", "hpf", "hpt", "hpc"] {
            assert_eq!(role(name), Role::PerhapsTime, "{name}");
        }
    }
}
