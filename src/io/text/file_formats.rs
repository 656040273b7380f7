//! Formats that are not text tables, known by their first bytes, and what to do about each.

use super::read_error::{Fault, Place, ReadError};

/// How many bytes of a file are looked at.
pub(super) const HEAD: usize = 512;

/// A format, what it is called, and the cure.
struct KnownFormat {
    name: &'static str,
    cure: &'static str,
}

const SHEET: &str = "save the sheet as csv or tsv";
const EXPORT: &str = "export the table as csv or tsv";
const UNPACK: &str = "unpack it, or pack it with gzip";
const R: &str = "in R, write the table: write.csv(readRDS(FILE), \"table.csv\")";
const PANDAS: &str = "in Python, write the table: DataFrame.to_csv";
const MATRIX: &str = "in Python: scanpy.read_10x_mtx(FOLDER).to_df().T.to_csv(\"table.csv\")";
const ANNDATA: &str = "in Python, write the table: anndata.read_h5ad(FILE).to_df().T.to_csv";

/// Formats that begin with these bytes.
const MAGIC: [(&[u8], KnownFormat); 21] = [
    (
        b"\xd0\xcf\x11\xe0",
        format("an Excel workbook of the old kind (xls)", SHEET),
    ),
    (
        b"\xff\xfe",
        format("UTF-16 text", "save the table as UTF-8 text"),
    ),
    (
        b"\xfe\xff",
        format("UTF-16 text", "save the table as UTF-8 text"),
    ),
    (b"BZh", format("a bzip2 archive", UNPACK)),
    (b"\xfd7zXZ", format("an xz archive", UNPACK)),
    (b"\x28\xb5\x2f\xfd", format("a zstd archive", UNPACK)),
    (b"7z\xbc\xaf", format("a 7z archive", UNPACK)),
    (b"Rar!", format("a rar archive", UNPACK)),
    (
        b"RDX",
        format(
            "saved objects of R (RData)",
            "in R: load(FILE), then write.csv(OBJECT, \"table.csv\")",
        ),
    ),
    (b"X\n\0\0", format("an object of R (rds)", R)),
    (b"A\n2\n", format("an object of R (rds, as text)", R)),
    (
        b"\x93NUMPY",
        format(
            "an array of NumPy (npy)",
            "in Python: numpy.savetxt(\"table.tsv\", ARRAY, delimiter=\"\\t\"), with a header of genes",
        ),
    ),
    (
        b"MATLAB ",
        format(
            "a MATLAB file (mat)",
            "in MATLAB, write the table: writetable",
        ),
    ),
    (b"PAR1", format("a Parquet file", PANDAS)),
    (b"ARROW1", format("an Arrow or Feather file", PANDAS)),
    (b"FEA1", format("a Feather file", PANDAS)),
    (b"SQLite format 3", format("an SQLite database", EXPORT)),
    (
        b"%PDF",
        format(
            "a PDF document",
            "give the table as csv or tsv, not a picture of it",
        ),
    ),
    (
        b"{\\rtf",
        format(
            "a document of a word processor (rtf)",
            "save the table as plain text",
        ),
    ),
    (b"\x80", format("a pickle of Python", PANDAS)),
    (
        b"%%MatrixMarket",
        format("a sparse matrix (Matrix Market, as of 10x)", MATRIX),
    ),
];

const fn format(name: &'static str, cure: &'static str) -> KnownFormat {
    KnownFormat { name, cure }
}

/// Refuses a file whose first bytes are those of another format.
///
/// * `head`: up to [`HEAD`] bytes, unpacked if they were packed with gzip
pub(super) fn refuse_other_format(head: &[u8], file: &str) -> Result<(), ReadError> {
    let magic = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    let known = match magic {
        Some((_, format)) => Some((format.name, format.cure)),
        None if head.starts_with(b"PK\x03\x04") => Some(of_zip(head)),
        None if head.starts_with(b"\x89HDF") => Some(of_hdf5(file)),
        None if head.get(257..262) == Some(b"ustar") => Some(("a tar archive", "unpack it")),
        None => of_text(head),
    };
    match known {
        Some((found, cure)) => {
            let at = Place::row(file, 1);
            Err(ReadError::new(Fault::Format, at, format!("found {found}"))
                .expecting("UTF-8 text")
                .cured_by(cure))
        }
        None => Ok(()),
    }
}

fn contains(head: &[u8], wanted: &[u8]) -> bool {
    head.windows(wanted.len()).any(|part| part == wanted)
}

fn of_zip(head: &[u8]) -> (&'static str, &'static str) {
    if contains(head, b"[Content_Types].xml") || contains(head, b"xl/") {
        ("an Excel workbook (xlsx)", SHEET)
    } else if contains(head, b"opendocument.spreadsheet") {
        ("an OpenDocument spreadsheet (ods)", SHEET)
    } else if contains(head, b".npy") {
        ("arrays of NumPy (npz)", PANDAS)
    } else {
        (
            "a zip archive or spreadsheet",
            "unpack it, or save the sheet as csv or tsv",
        )
    }
}

/// All of these are HDF5: only the name tells them apart.
fn of_hdf5(file: &str) -> (&'static str, &'static str) {
    let name = file.to_ascii_lowercase();
    if name.ends_with(".h5ad") {
        ("an AnnData file (HDF5, h5ad)", ANNDATA)
    } else if name.ends_with(".loom") {
        (
            "a Loom file (HDF5)",
            "in Python: scanpy.read_loom(FILE).to_df().T.to_csv(\"table.csv\")",
        )
    } else if name.ends_with(".h5mu") {
        ("a MuData file (HDF5, h5mu)", EXPORT)
    } else if name.ends_with(".mat") {
        (
            "a MATLAB file (HDF5, mat)",
            "in MATLAB, write the table: writetable",
        )
    } else {
        ("an HDF5 file (such as of 10x, AnnData or Loom)", EXPORT)
    }
}

/// Formats that are text and not tables.
fn of_text(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower = text.to_ascii_lowercase();
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.starts_with('^') {
        let cure = "give the series matrix of the same record (GSE…_series_matrix.txt.gz)";
        return Some(("a SOFT file of GEO", cure));
    }
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return Some((
            "a web page (HTML)",
            "download the file itself, not the page that shows it",
        ));
    }
    if lower.starts_with("<?xml") || lower.starts_with("<graphml") || lower.starts_with("<gexf") {
        let name = match () {
            () if lower.contains("<graphml") => "a GraphML network",
            () if lower.contains("<gexf") => "a GEXF network",
            () if lower.contains("miniml") => "a MINiML file of GEO",
            () if lower.contains("spreadsheet") => "an Excel workbook as XML",
            () => "an XML file",
        };
        return Some((name, EXPORT));
    }
    if compact.contains("\"CXVersion\"") {
        return Some((
            "a CX2 network (Cytoscape)",
            "export its edges as a table (sif, csv or tsv)",
        ));
    }
    let json = ["{\"", "[{", "[[", "[\"", "{}", "[]"];
    let json = json.iter().any(|start| compact.starts_with(start));
    json.then_some(("JSON", EXPORT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_bytes_and_not_by_their_names() {
        let npy: &[u8] = b"\x93NUMPY\x01\0v\0";
        let cases: [(&[u8], &str, &str); 14] = [
            (b"PK\x03\x04\x14\0[Content_Types].xml", "t.csv", "xlsx"),
            (b"PK\x03\x04\x14\0arr_0.npy", "t.npz", "npz"),
            (b"PK\x03\x04\x14\0a.csv", "t.zip", "zip"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "t.csv", "xls"),
            (b"X\n\0\0\0\x03", "t.rds", "rds"),
            (b"\xfd7zXZ\0", "t.txt", "xz"),
            (npy, "t.npy", "npy"),
            (b"\x89HDF\r\n", "a.h5ad", "AnnData"),
            (b"\x89HDF\r\n", "a.h5", "10x"),
            (b"^DATABASE = GeoMiame\n", "GSE1_family.soft", "SOFT"),
            (b"[{\"CXVersion\":\"2.0\"}]", "n.cx2", "CX2"),
            (b"%%MatrixMarket matrix", "matrix.mtx", "Matrix Market"),
            (b"\n <!DOCTYPE html>", "t.tsv", "web page"),
            (b"<?xml version=\"1.0\"?><graphml>", "n.xml", "GraphML"),
        ];
        for (head, file, says) in cases {
            let error = refuse_other_format(head, file).expect_err(says);
            assert!(error.to_string().contains(says), "{error}");
        }
        for table in ["time\tA\n", "\"gene\",\"x\"\n", "[1] 5\n", "<NA>\tA\n"] {
            assert!(
                refuse_other_format(table.as_bytes(), "t").is_ok(),
                "{table}"
            );
        }
    }
}
