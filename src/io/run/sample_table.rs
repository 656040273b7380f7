//! `samples.tsv`: what was recognised of every sample, for correction.

use std::io::{self, Write};

use super::columns::{CellFormat, ColumnFormat, TableFormat, place};
use crate::io::read::{SHEET_COLUMNS, SampleRow, SampleSheet};

/// The table of samples.
pub(crate) const SAMPLES: TableFormat<SampleRow> = TableFormat {
    file: "samples.tsv",
    rows: "one sample of the data, as `cistron samples` writes it for correction and `--times` reads it",
    columns: &COLUMNS,
    tail: None,
    blank: blank_sample,
};

const COLUMNS: [ColumnFormat<SampleRow>; 6] = [
    ColumnFormat {
        name: SHEET_COLUMNS[0],
        unit: "",
        text: "name of the sample in the data (`row N` for one without a name, `0h.1` for a second `0h`); not to be changed",
        field: CellFormat::Text(place!(row.sample)),
    },
    ColumnFormat {
        name: SHEET_COLUMNS[1],
        unit: "that of the data",
        text: "when it was taken, with or without a unit (`30 min`); empty for a steady state",
        field: CellFormat::ExactOrEmpty(place!(row.time)),
    },
    ColumnFormat {
        name: SHEET_COLUMNS[2],
        unit: "",
        text: "its series: samples of one series follow one another, those of one series and time are averaged; \
               empty for a steady state",
        field: CellFormat::Text(place!(row.series)),
    },
    ColumnFormat {
        name: SHEET_COLUMNS[3],
        unit: "",
        text: "which of the samples of one time and condition it is, for people; to make replicates series of their \
               own, give them different names in `series`",
        field: CellFormat::Text(place!(row.replicate)),
    },
    ColumnFormat {
        name: SHEET_COLUMNS[4],
        unit: "",
        text: "its condition; may be empty",
        field: CellFormat::Text(place!(row.condition)),
    },
    ColumnFormat {
        name: SHEET_COLUMNS[5],
        unit: "",
        text: "what was done to genes: `GATA1=ko`, `GATA1=0.3x`, `GATA1=set:0.8`, several separated by `;`; empty for \
               the wild type",
        field: CellFormat::Text(place!(row.intervention)),
    },
];

fn blank_sample() -> SampleRow {
    SampleRow {
        sample: String::new(),
        time: f64::NAN,
        series: String::new(),
        replicate: String::new(),
        condition: String::new(),
        intervention: String::new(),
    }
}

/// Writes the table of samples.
///
/// # Errors   what the sink reports.
pub fn write_samples(sheet: &SampleSheet, sink: &mut dyn Write) -> io::Result<()> {
    SAMPLES.write(&sheet.genes, &[], &sheet.rows, sink)
}
