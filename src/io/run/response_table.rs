//! What a simulation of interventions found, as tables: `response.tsv`, `doses.tsv`, `effects.tsv`.

use std::io::{self, Write};

use super::columns::{CellFormat, ColumnFormat, TableFormat, place};
use crate::genes::{Gene, Genes};
use crate::io::text::{exact, short};
use crate::perturb::{Effect, Response};

/// Levels of a gene at a time, or at a dose.
pub(crate) struct ResponseRow {
    /// The time or the dose.
    at: String,
    gene: Gene,
    wild_type: f64,
    perturbed: f64,
    log2_fold_change: f64,
    low: f64,
    high: f64,
    start: String,
}

/// What the interventions do to one gene.
pub(crate) struct EffectRow {
    rank: usize,
    gene: Gene,
    time: String,
    wild_type: f64,
    perturbed: f64,
    change: f64,
    log2_fold_change: f64,
    low: f64,
    high: f64,
    kind: String,
    path: String,
    start: String,
}

/// The table of a response.
pub(crate) const RESPONSE: TableFormat<ResponseRow> = TableFormat {
    file: "response.tsv",
    rows: "one gene at one time",
    columns: &RESPONSE_COLUMNS,
    tail: None,
    blank: blank_response,
};

/// The table of the responses to the doses of an intervention.
pub(crate) const DOSES: TableFormat<ResponseRow> = TableFormat {
    file: "doses.tsv",
    rows: "one gene at one dose, at the end of the response",
    columns: &DOSE_COLUMNS,
    tail: None,
    blank: blank_response,
};

/// The table of the largest changes.
pub(crate) const EFFECTS: TableFormat<EffectRow> = TableFormat {
    file: "effects.tsv",
    rows: "one gene, the largest change first",
    columns: &EFFECT_COLUMNS,
    tail: None,
    blank: blank_effect,
};

const RESPONSE_COLUMNS: [ColumnFormat<ResponseRow>; 8] = [
    ColumnFormat {
        name: "time",
        unit: "that of the data",
        text: "time; `steady` for a steady state",
        field: CellFormat::Text(place!(row.at)),
    },
    GENE,
    WILD_TYPE,
    PERTURBED,
    FOLD_CHANGE,
    LOW,
    HIGH,
    START,
];

const DOSE_COLUMNS: [ColumnFormat<ResponseRow>; 8] = [
    ColumnFormat {
        name: "dose",
        unit: "",
        text: "dose, as a factor of the regulated synthesis of the gene",
        field: CellFormat::Text(place!(row.at)),
    },
    GENE,
    WILD_TYPE,
    PERTURBED,
    FOLD_CHANGE,
    LOW,
    HIGH,
    START,
];

const GENE: ColumnFormat<ResponseRow> = ColumnFormat {
    name: "gene",
    unit: "",
    text: "the gene",
    field: CellFormat::Gene(place!(row.gene)),
};

const WILD_TYPE: ColumnFormat<ResponseRow> = ColumnFormat {
    name: "wild_type",
    unit: "that of the data",
    text: "level without the interventions, by the model",
    field: CellFormat::Short(place!(row.wild_type)),
};

const PERTURBED: ColumnFormat<ResponseRow> = ColumnFormat {
    name: "perturbed",
    unit: "that of the data",
    text: "level under the interventions, by the model",
    field: CellFormat::Short(place!(row.perturbed)),
};

const FOLD_CHANGE: ColumnFormat<ResponseRow> = ColumnFormat {
    name: "log2_fold_change",
    unit: "",
    text: "binary logarithm of perturbed over wild_type on the linear scale, both raised by a \
           thousandth of the median wild-type level; empty for negative levels and where the data \
           are logarithms of an unknown base",
    field: CellFormat::ShortOrEmpty(place!(row.log2_fold_change)),
};

const LOW: ColumnFormat<ResponseRow> = ColumnFormat {
    name: "low",
    unit: "that of the data",
    text: "wild_type plus the smallest change among the model and the members of its \
           ensemble; empty without members",
    field: CellFormat::ShortOrEmpty(place!(row.low)),
};

const HIGH: ColumnFormat<ResponseRow> = ColumnFormat {
    name: "high",
    unit: "that of the data",
    text: "wild_type plus the largest change among the model and the members of its ensemble; \
           empty without members",
    field: CellFormat::ShortOrEmpty(place!(row.high)),
};

const START: ColumnFormat<ResponseRow> = ColumnFormat {
    name: "start",
    unit: "",
    text: START_TEXT,
    field: CellFormat::Text(place!(row.start)),
};

/// What the column `start` says, in all tables of simulations.
pub(super) const START_TEXT: &str = "where simulations start: `steady`, in a steady state of the model; `reference`, in the \
    mean state of the reference samples, as the model has no steady state in the measured range: levels without \
    interventions and changes are those of the unperturbed course from there at the same time; `given`, in the state \
    of `--from`";

const EFFECT_COLUMNS: [ColumnFormat<EffectRow>; 12] = [
    ColumnFormat {
        name: "rank",
        unit: "",
        text: "rank by the size of the change, counted from 1",
        field: CellFormat::Count(place!(row.rank)),
    },
    ColumnFormat {
        name: "gene",
        unit: "",
        text: "the gene",
        field: CellFormat::Gene(place!(row.gene)),
    },
    ColumnFormat {
        name: "time",
        unit: "that of the data",
        text: "time at which the change is largest; `steady` for a steady state",
        field: CellFormat::Text(place!(row.time)),
    },
    ColumnFormat {
        name: "wild_type",
        unit: "that of the data",
        text: "level without the interventions, by the model",
        field: CellFormat::Short(place!(row.wild_type)),
    },
    ColumnFormat {
        name: "perturbed",
        unit: "that of the data",
        text: "level under the interventions, by the model",
        field: CellFormat::Short(place!(row.perturbed)),
    },
    ColumnFormat {
        name: "change",
        unit: "that of the data",
        text: "perturbed minus wild_type",
        field: CellFormat::Short(place!(row.change)),
    },
    ColumnFormat {
        name: "log2_fold_change",
        unit: "",
        text: "binary logarithm of perturbed over wild_type on the linear scale, both raised by a \
               thousandth of the median wild-type level; empty for negative levels and where the \
               data are logarithms of an unknown base",
        field: CellFormat::ShortOrEmpty(place!(row.log2_fold_change)),
    },
    ColumnFormat {
        name: "low",
        unit: "that of the data",
        text: "smallest change among the model and the members of its ensemble; empty without \
               members",
        field: CellFormat::ShortOrEmpty(place!(row.low)),
    },
    ColumnFormat {
        name: "high",
        unit: "that of the data",
        text: "largest change among the model and the members of its ensemble; empty without \
               members",
        field: CellFormat::ShortOrEmpty(place!(row.high)),
    },
    ColumnFormat {
        name: "kind",
        unit: "",
        text: "perturbed: the gene itself was changed; direct: a regulator of it was; downstream: \
               further along the edges; none: there is no path",
        field: CellFormat::Text(place!(row.kind)),
    },
    ColumnFormat {
        name: "path",
        unit: "",
        text: "genes from a perturbed one over `>` to this one",
        field: CellFormat::Text(place!(row.path)),
    },
    ColumnFormat {
        name: "start",
        unit: "",
        text: START_TEXT,
        field: CellFormat::Text(place!(row.start)),
    },
];

fn blank_response() -> ResponseRow {
    ResponseRow {
        at: String::new(),
        gene: Gene(0),
        wild_type: 0.0,
        perturbed: 0.0,
        log2_fold_change: 0.0,
        low: 0.0,
        high: 0.0,
        start: String::new(),
    }
}

fn blank_effect() -> EffectRow {
    EffectRow {
        rank: 0,
        gene: Gene(0),
        time: String::new(),
        wild_type: 0.0,
        perturbed: 0.0,
        change: 0.0,
        log2_fold_change: 0.0,
        low: 0.0,
        high: 0.0,
        kind: String::new(),
        path: String::new(),
        start: String::new(),
    }
}

/// Writes `time gene wild_type perturbed log2_fold_change low high start`, one row a time and gene.
///
/// Levels are in units of the file. `low` and `high` are the wild type plus the least and the
/// largest change among the model and the members of its ensemble, empty without members. The one
/// time of a state at rest is called `steady`.
///
/// # Errors   what the sink reports.
/// # Cost     `O(times · genes · members)`, nothing kept in memory.
pub fn write_response(response: &Response, sink: &mut dyn Write) -> io::Result<()> {
    let rows = (0..response.rows()).flat_map(|row| {
        let time = time(response, row);
        levels(response, row, time)
    });
    RESPONSE.write(response.genes(), &[], rows, sink)
}

/// Writes `dose gene wild_type perturbed log2_fold_change low high start`, one row a dose and gene: the
/// last state of each response, as in [`write_response`].
///
/// # Errors   what the sink reports.
/// # Panics   if there is no response, or one of other genes (a bug in the caller).
/// # Cost     as [`write_response`].
pub fn write_doses(
    factors: &[f64],
    responses: &[Response],
    sink: &mut dyn Write,
) -> io::Result<()> {
    let genes = responses.first().expect("one dose at least").genes();
    let doses = factors.iter().zip(responses);
    let rows =
        doses.flat_map(|(factor, response)| levels(response, response.rows() - 1, exact(*factor)));
    DOSES.write(genes, &[], rows, sink)
}

fn time(response: &Response, row: usize) -> String {
    match response.times().get(row) {
        Some(time) => short(*time),
        None => "steady".to_owned(),
    }
}

/// Levels of all genes in a row of a response.
fn levels(response: &Response, row: usize, at: String) -> impl Iterator<Item = ResponseRow> + '_ {
    response.genes().iter().map(move |gene| {
        let (low, high) = response.possible(row, gene).unwrap_or(MISSING);
        ResponseRow {
            at: at.clone(),
            gene,
            wild_type: response.wild_type(row, gene),
            perturbed: response.perturbed(row, gene),
            log2_fold_change: response.log2_fold_change(row, gene),
            low,
            high,
            start: response.start().word().to_owned(),
        }
    })
}

/// The band of a model without members.
const MISSING: (f64, f64) = (f64::NAN, f64::NAN);

/// Writes `rank gene time wild_type perturbed change log2_fold_change low high kind path start`, the
/// largest change first, each at the time at which it is largest.
///
/// `low` and `high` are the band of the change. `kind` is `perturbed` for a gene that was itself
/// changed, `direct`, `downstream` or `none`; `path` leads from such a gene over `>` to this one.
///
/// # Errors   what the sink reports.
/// # Cost     `O(genes · members)`, nothing kept in memory.
pub fn write_effects(
    effects: &[Effect],
    response: &Response,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let rows = (1..)
        .zip(effects)
        .map(|(rank, effect)| effect_row(rank, effect, response));
    EFFECTS.write(response.genes(), &[], rows, sink)
}

fn effect_row(rank: usize, effect: &Effect, response: &Response) -> EffectRow {
    let (row, gene) = (effect.row, effect.gene);
    let (low, high) = response.band(row, gene).unwrap_or(MISSING);
    EffectRow {
        rank,
        gene,
        time: time(response, row),
        wild_type: response.wild_type(row, gene),
        perturbed: response.perturbed(row, gene),
        change: effect.change,
        log2_fold_change: response.log2_fold_change(row, gene),
        low,
        high,
        kind: effect.reach.name().to_owned(),
        path: path_text(effect.reach.path(), response.genes()),
        start: response.start().word().to_owned(),
    }
}

/// `G1>G7>G12`.
#[must_use]
pub fn path_text(path: &[Gene], genes: &Genes) -> String {
    let names: Vec<&str> = path.iter().map(|gene| genes.name(*gene)).collect();
    names.join(">")
}
