//! `activities.tsv` and `known_pairs.tsv`: activities of regulators, and how the known pairs agree with them.

use std::io::{self, Read, Write};

use super::columns::{CellFormat, ColumnFormat, TableFormat, TailFormat, place};
use super::run_file::other_genes;
use crate::activity::EdgeAgreement;
use crate::genes::{Gene, Genes};
use crate::io::text::ReadError;

/// Activities in one sample.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleActivities {
    /// `SERIES@TIME`, or the name of a steady state.
    pub name: String,
    /// The series; empty for a steady state.
    pub group: String,
    /// The time; NaN for a steady state.
    pub time: f64,
    /// Activity of every regulator that has one.
    pub activities: Vec<f64>,
}

/// Activities of the regulators with known targets, in all samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActivityTables {
    /// The regulators that have an activity.
    pub regulators: Vec<Gene>,
    /// The samples, in the order of the data.
    pub samples: Vec<SampleActivities>,
    /// The known pairs that were used, by target and then by regulator.
    pub pairs: Vec<EdgeAgreement>,
}

/// The table of activities.
pub(crate) const ACTIVITIES: TableFormat<SampleActivities> = TableFormat {
    file: "activities.tsv",
    rows: "one sample; the table is there only if known pairs gave activities",
    columns: &SAMPLE_COLUMNS,
    tail: Some(TailFormat {
        name: "REGULATOR",
        unit: "standard deviations",
        text: "activity of the regulator by its known targets: mean 0, variance 1",
        values: place!(sample.activities),
    }),
    blank: blank_sample,
};

const SAMPLE_COLUMNS: [ColumnFormat<SampleActivities>; 3] = [
    ColumnFormat {
        name: "name",
        unit: "",
        text: "SERIES@TIME, or the name of a steady state",
        field: CellFormat::Text(place!(sample.name)),
    },
    ColumnFormat {
        name: "group",
        unit: "",
        text: "the series; empty for a steady state",
        field: CellFormat::Text(place!(sample.group)),
    },
    ColumnFormat {
        name: "time",
        unit: "that of the data",
        text: "time of the sample; empty for a steady state",
        field: CellFormat::ShortOrEmpty(place!(sample.time)),
    },
];

/// The table of known pairs.
pub(crate) const KNOWN_PAIRS: TableFormat<EdgeAgreement> = TableFormat {
    file: "known_pairs.tsv",
    rows: "one known pair whose regulator has an activity; the table is there only beside activities.tsv",
    columns: &PAIR_COLUMNS,
    tail: None,
    blank: blank_pair,
};

const PAIR_COLUMNS: [ColumnFormat<EdgeAgreement>; 5] = [
    ColumnFormat {
        name: "source",
        unit: "",
        text: "the regulator",
        field: CellFormat::Gene(place!(pair.regulator)),
    },
    ColumnFormat {
        name: "target",
        unit: "",
        text: "the gene that is known to be regulated",
        field: CellFormat::Gene(place!(pair.target)),
    },
    ColumnFormat {
        name: "weight",
        unit: "standard deviations of the target for one of the activity",
        text: "weight of the pair beside the target's other known regulators",
        field: CellFormat::Short(place!(pair.weight)),
    },
    ColumnFormat {
        name: "correlation",
        unit: "",
        text: "correlation of the target with the activity that is estimated without it",
        field: CellFormat::Short(place!(pair.correlation)),
    },
    ColumnFormat {
        name: "rank",
        unit: "",
        text: "share of the targets of other regulators whose correlation is weaker: .5 or less if the target \
               does not follow",
        field: CellFormat::Short(place!(pair.rank)),
    },
];

fn blank_sample() -> SampleActivities {
    SampleActivities {
        name: String::new(),
        group: String::new(),
        time: f64::NAN,
        activities: Vec::new(),
    }
}

fn blank_pair() -> EdgeAgreement {
    EdgeAgreement {
        regulator: Gene(0),
        target: Gene(0),
        weight: 0.0,
        correlation: 0.0,
        rank: 0.0,
    }
}

/// Writes one sample per row: `name`, `group`, `time`, then one column per regulator.
///
/// # Errors   what the sink reports.
pub fn write_activities(
    genes: &Genes,
    tables: &ActivityTables,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let names = tables.regulators.iter();
    let names: Vec<String> = names.map(|gene| genes.name(*gene).to_owned()).collect();
    ACTIVITIES.write(genes, &names, &tables.samples, sink)
}

/// Writes one known pair per row.
///
/// # Errors   what the sink reports.
pub fn write_known_pairs(
    genes: &Genes,
    tables: &ActivityTables,
    sink: &mut dyn Write,
) -> io::Result<()> {
    KNOWN_PAIRS.write(genes, &[], &tables.pairs, sink)
}

/// Reads what [`write_activities`] wrote, for the genes of a model; there are no pairs yet.
///
/// # Errors   [`ReadError`] with row and column, and for genes of another model.
pub fn read_activities(
    input: impl Read,
    file: &str,
    genes: &Genes,
) -> Result<ActivityTables, ReadError> {
    let (named, samples) = ACTIVITIES.read(input, file, genes)?;
    let regulators: Option<Vec<Gene>> = named.iter().map(|name| genes.find(name)).collect();
    Ok(ActivityTables {
        regulators: regulators.ok_or_else(|| other_genes(file, &named, genes))?,
        samples,
        pairs: Vec::new(),
    })
}

/// Reads what [`write_known_pairs`] wrote.
///
/// # Errors   [`ReadError`] with row and column, and for genes of another model.
pub fn read_known_pairs(
    input: impl Read,
    file: &str,
    genes: &Genes,
) -> Result<Vec<EdgeAgreement>, ReadError> {
    Ok(KNOWN_PAIRS.read(input, file, genes)?.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activities_and_pairs_come_back_as_they_were_written() {
        let genes = Genes::new(["a", "b", "c"]).expect("distinct");
        let sample = |name: &str, group: &str, time: f64| SampleActivities {
            name: name.to_owned(),
            group: group.to_owned(),
            time,
            activities: vec![0.5, -1.25],
        };
        let pair = EdgeAgreement {
            regulator: Gene(2),
            target: Gene(1),
            weight: -0.25,
            correlation: 0.75,
            rank: 0.875,
        };
        let tables = ActivityTables {
            regulators: vec![Gene(0), Gene(2)],
            samples: vec![sample("s@5", "s", 5.0), sample("s@9", "s", 9.0)],
            pairs: vec![pair],
        };
        let (mut samples, mut pairs) = (Vec::new(), Vec::new());
        write_activities(&genes, &tables, &mut samples).expect("memory takes all");
        write_known_pairs(&genes, &tables, &mut pairs).expect("memory takes all");
        assert!(samples.starts_with(b"name\tgroup\ttime\ta\tc\ns@5\ts\t5\t0.5\t-1.25\n"));
        let mut back = read_activities(samples.as_slice(), "activities.tsv", &genes).expect("ours");
        back.pairs = read_known_pairs(pairs.as_slice(), "known_pairs.tsv", &genes).expect("ours");
        assert_eq!(back, tables);
        let other = Genes::new(["a", "b"]).expect("distinct");
        let error = read_activities(samples.as_slice(), "activities.tsv", &other);
        let error = error.expect_err("no gene `c`").to_string();
        assert!(
            error.starts_with("activities.tsv: found the columns"),
            "{error}"
        );
    }
}
