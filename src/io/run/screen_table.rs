//! Screens of knockouts as tables: `screen.tsv` and `pairs.tsv`.

use std::io::{self, Write};

use super::columns::{CellFormat, ColumnFormat, TableFormat, TailFormat, place};
use super::response_table::START_TEXT;
use crate::genes::{Gene, Genes};
use crate::io::text::short;
use crate::perturb::{InitialState, Knockout, Moved, Pair};

/// One knockout of a screen.
pub(crate) struct KnockoutRow {
    rank: usize,
    gene: Gene,
    effect: f64,
    top: String,
    start: String,
    changes: Vec<f64>,
}

/// One pair of knockouts of a screen.
pub(crate) struct PairRow {
    rank: usize,
    first: Gene,
    second: Gene,
    effect: f64,
    additive: f64,
    epistasis: f64,
    top: String,
    start: String,
}

/// The table of a screen of knockouts.
pub(crate) const SCREEN: TableFormat<KnockoutRow> = TableFormat {
    file: "screen.tsv",
    rows: "one knockout, the largest effect first",
    columns: &KNOCKOUT_COLUMNS,
    tail: Some(TailFormat {
        name: "TARGET",
        unit: "that of the data",
        text: "change of the chosen target",
        values: place!(row.changes),
    }),
    blank: blank_knockout,
};

/// The table of a screen of pairs.
pub(crate) const PAIRS: TableFormat<PairRow> = TableFormat {
    file: "pairs.tsv",
    rows: "two knockouts together, the largest epistasis first",
    columns: &PAIR_COLUMNS,
    tail: None,
    blank: blank_pair,
};

const KNOCKOUT_COLUMNS: [ColumnFormat<KnockoutRow>; 5] = [
    ColumnFormat {
        name: "rank",
        unit: "",
        text: "rank by effect, counted from 1",
        field: CellFormat::Count(place!(row.rank)),
    },
    ColumnFormat {
        name: "gene",
        unit: "",
        text: "the gene that is knocked out",
        field: CellFormat::Gene(place!(row.gene)),
    },
    ColumnFormat {
        name: "effect",
        unit: "that of the data",
        text: "root mean square change of the steady state over the targets",
        field: CellFormat::Short(place!(row.effect)),
    },
    ColumnFormat {
        name: "top",
        unit: "",
        text: "the targets that change most, as GENE:change",
        field: CellFormat::Text(place!(row.top)),
    },
    ColumnFormat {
        name: "start",
        unit: "",
        text: START_TEXT,
        field: CellFormat::Text(place!(row.start)),
    },
];

const PAIR_COLUMNS: [ColumnFormat<PairRow>; 8] = [
    ColumnFormat {
        name: "rank",
        unit: "",
        text: "rank by epistasis, counted from 1",
        field: CellFormat::Count(place!(row.rank)),
    },
    ColumnFormat {
        name: "gene_i",
        unit: "",
        text: "the first gene that is knocked out",
        field: CellFormat::Gene(place!(row.first)),
    },
    ColumnFormat {
        name: "gene_j",
        unit: "",
        text: "the second gene that is knocked out",
        field: CellFormat::Gene(place!(row.second)),
    },
    ColumnFormat {
        name: "effect",
        unit: "that of the data",
        text: "root mean square change of the steady state over the targets, under both knockouts",
        field: CellFormat::Short(place!(row.effect)),
    },
    ColumnFormat {
        name: "additive",
        unit: "that of the data",
        text: "the same of the sum of the changes under each knockout",
        field: CellFormat::Short(place!(row.additive)),
    },
    ColumnFormat {
        name: "epistasis",
        unit: "that of the data",
        text: "the same of the difference of the two",
        field: CellFormat::Short(place!(row.epistasis)),
    },
    ColumnFormat {
        name: "top",
        unit: "",
        text: "the targets with the largest difference, as GENE:difference",
        field: CellFormat::Text(place!(row.top)),
    },
    ColumnFormat {
        name: "start",
        unit: "",
        text: START_TEXT,
        field: CellFormat::Text(place!(row.start)),
    },
];

fn blank_knockout() -> KnockoutRow {
    KnockoutRow {
        rank: 0,
        gene: Gene(0),
        effect: 0.0,
        top: String::new(),
        start: String::new(),
        changes: Vec::new(),
    }
}

fn blank_pair() -> PairRow {
    PairRow {
        rank: 0,
        first: Gene(0),
        second: Gene(0),
        effect: 0.0,
        additive: 0.0,
        epistasis: 0.0,
        top: String::new(),
        start: String::new(),
    }
}

/// Writes `rank gene effect top start`, and one column with the change of each chosen target.
///
/// `effect` is the root of the mean square change over the targets, in units of the file; `top`
/// names the targets that change most, as `GENE:change`.
///
/// # Errors   what the sink reports.
/// # Cost     `O(rows · targets)`, nothing kept in memory.
pub fn write_screen(
    rows: &[Knockout],
    start: &InitialState,
    targets: &[Gene],
    genes: &Genes,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let names = targets.iter().map(|gene| genes.name(*gene).to_owned());
    let named: Vec<String> = names.collect();
    let rows = (1..).zip(rows).map(|(rank, row)| KnockoutRow {
        rank,
        gene: row.gene,
        effect: row.effect,
        top: moved(&row.top, genes),
        start: start.word().to_owned(),
        changes: row.targets.iter().take(targets.len()).copied().collect(),
    });
    SCREEN.write(genes, &named, rows, sink)
}

/// Writes `rank gene_i gene_j effect additive epistasis top`, the largest epistasis first.
///
/// All three are roots of mean squares over the targets, in units of the file: of the change under
/// both knockouts, of the sum of the changes under each, and of the difference of the two. `top`
/// names the targets with the largest difference, as `GENE:difference`.
///
/// # Errors   what the sink reports.
/// # Cost     `O(rows)`, nothing kept in memory.
pub fn write_pair_screen(
    rows: &[Pair],
    start: &InitialState,
    genes: &Genes,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let rows = (1..).zip(rows).map(|(rank, row)| PairRow {
        rank,
        first: row.genes.0,
        second: row.genes.1,
        effect: row.effect,
        additive: row.additive,
        epistasis: row.epistasis,
        top: moved(&row.top, genes),
        start: start.word().to_owned(),
    });
    PAIRS.write(genes, &[], rows, sink)
}

fn moved(top: &[Moved], genes: &Genes) -> String {
    let one = |m: &Moved| format!("{}:{}", genes.name(m.gene), short(m.change));
    top.iter().map(one).collect::<Vec<_>>().join(" ")
}
