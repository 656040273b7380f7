//! What spreadsheets, R, pandas and NumPy put around numbers, and files that are no tables.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use cistron::expression::Expression;
use cistron::io::text::{DecimalSign, TextOptions};
use cistron::io::{Reading, SeriesOptions, read_series};

use crate::run::Folder;

fn read_as(text: &str, options: &SeriesOptions) -> Result<Reading<Expression>, String> {
    read_series(text.as_bytes(), "d", None, options).map_err(|error| error.to_string())
}

fn read(text: &str) -> Reading<Expression> {
    read_as(text, &SeriesOptions::default()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn refused(text: &str) -> String {
    read_as(text, &SeriesOptions::default()).expect_err(text)
}

fn says(reading: &Reading<Expression>, text: &str) {
    let notes = &reading.notes;
    assert!(
        notes.iter().any(|note| note.contains(text)),
        "{text}: {notes:?}"
    );
}

/// Whether two tables hold the same.
fn same(text: &str, plain: &str) -> Reading<Expression> {
    let (reading, plain) = (read(text), read(plain));
    assert_eq!(reading.value.genes(), plain.value.genes(), "{text}");
    let (left, right) = (reading.value.series(), plain.value.series());
    assert_eq!(left.len(), right.len(), "{text}");
    for (left, right) in left.iter().zip(right) {
        assert_eq!(
            (left.name(), left.times()),
            (right.name(), right.times()),
            "{text}"
        );
        let bits = |x: f64| if x.is_nan() { None } else { Some(x.to_bits()) };
        for row in 0..left.len() {
            for gene in 0..plain.value.genes().len() {
                let (x, y) = (left.values()[(row, gene)], right.values()[(row, gene)]);
                assert_eq!(bits(x), bits(y), "{text}: row {row}, gene {gene}: {x}, {y}");
            }
        }
    }
    reading
}

const PLAIN: &str = "series\ttime\tA\tB\ns1\t0\t1.5\t2\ns1\t1\t2.5\t3\ns1\t2\t3\t5\n";

#[test]
fn words_for_missing_values_are_missing_and_are_listed() {
    for word in [
        "#N/A", "None", "<NA>", "-", "null", "N/A", "#DIV/0!", "n.a.", "--", "\u{2013}", "#NV",
        "-1.#IND", "NAN", "nil", "?",
    ] {
        let text = PLAIN.replace("2.5", word);
        let reading = same(&text, &PLAIN.replace("2.5", ""));
        says(
            &reading,
            &format!("1 cell(s) say by a word or code that the value is missing: `{word}`"),
        );
    }
    // below the limit of detection is low, not unknown
    for word in ["ND", "<0.1", "BDL", "x"] {
        let message = refused(&PLAIN.replace("2.5", word));
        assert!(
            message.starts_with(&format!("d, row 3, column 3 (`A`): found `{word}`")),
            "{message}"
        );
    }
}

#[test]
fn a_row_whose_first_cell_is_missing_is_no_comment() {
    let text = "A\ttime\tB\n1\t0\t2\n#N/A\t1\t3\n4\t2\t5\n";
    same(text, &text.replace("#N/A", ""));
    let gene = "# made by hand\ngene\t0\t1\t2\n#A\t1\t2\t3\nB\t4\t5\t6\n";
    assert_eq!(read(gene).value.genes().names(), ["#A", "B"]);
    let reading = same(&format!("# a note\n{PLAIN}# the end, at last\n"), PLAIN);
    says(&reading, "passed over: 1 comment(s) below the header");
    let message = refused(&format!("{PLAIN}#A\t1\n"));
    assert!(message.contains("row 5: found 2 cells"), "{message}");
}

const COUNTS: &str = "time\tA\tB\n0\t3005\t995\n1\t2536\t1694\n2\t870\t1151\n";

#[test]
fn thousands_are_recognised_whatever_separates_them() {
    let with = |mark: &str| {
        let text = COUNTS.replace("3005", &format!("3{mark}005"));
        let text = text.replace("2536", &format!("2{mark}536"));
        text.replace("1694", &format!("1{mark}694"))
            .replace("1151", &format!("1{mark}151"))
    };
    says(&same(&with(","), COUNTS), "`3,005` is 3005");
    says(&same(&with("."), COUNTS), "points separate thousands");
    for mark in ["\u{a0}", "'", " ", "\u{202f}"] {
        same(&with(mark), COUNTS);
    }
    // quoted, in a table that commas separate
    let quoted = with(",").replace('\t', "\",\"").replace('\n', "\"\n\"");
    same(
        quoted
            .strip_suffix('"')
            .map(|text| format!("\"{text}"))
            .expect("a last line")
            .as_str(),
        COUNTS,
    );
    // with decimals
    let decimals = "time;A\n0;1,234.5\n1;2,000.25\n2;3,005\n";
    same(decimals, "time;A\n0;1234.5\n1;2000.25\n2;3005\n");
    let german = "time;A\n0;1.234,5\n1;2.000,25\n2;3.005\n";
    let reading = same(german, "time;A\n0;1234.5\n1;2000.25\n2;3005\n");
    assert!(reading.warnings[0].contains("a comma is read as decimal sign here"));
}

#[test]
fn decimals_of_three_digits_stay_decimals() {
    let points = "time\tA\tB\n0\t4.656\t3.005\n1\t5\t2.115\n2\t4.25\t1.001\n";
    same(&points.replace('.', ","), points);
    let fixed = "time\tA\n0\t4.656\n1\t5.125\n2\t4.250\n";
    assert_eq!(read(fixed).value.series()[0].values()[(0, 0)], 4.656);
    let zero = "time\tA\n0\t0,656\n1\t5,125\n2\t4,250\n";
    assert_eq!(read(zero).value.series()[0].values()[(0, 0)], 0.656);
}

#[test]
fn commas_that_may_be_either_are_refused_and_the_flag_decides() {
    let text = "time\tA\tB\n0\t4,656\t1\n1\t5,125\t3\n2\t4,250\t2\n";
    let message = refused(text);
    assert!(
        message.starts_with(
            "d, row 2, column 2 (`A`): found `4,656`, which is 4.656 with a decimal comma and 4656 \
             with commas between thousands"
        ),
        "{message}"
    );
    for (sign, expected) in [(DecimalSign::Comma, 4.656), (DecimalSign::Point, 4656.0)] {
        let mut options = SeriesOptions::default();
        options.text = TextOptions {
            decimal: Some(sign),
            ..TextOptions::default()
        };
        let reading = read_as(text, &options).expect("the flag decides");
        assert_eq!(reading.value.series()[0].values()[(0, 0)], expected);
    }
    let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
    folder
        .infer(&["d.tsv", "--pairs", "1"])
        .with_code(2)
        .says("--decimal comma");
    folder
        .infer(&["d.tsv", "--pairs", "1", "--decimal", "comma"])
        .with_code(0);
}

#[test]
fn thousands_in_times_and_beside_the_data_are_read_and_said() {
    let minutes = ["0", "60", "720", "1,440", "2,880"];
    let body = |unit: &str, comma: bool| -> String {
        let rows = minutes.iter().enumerate().map(|(row, time)| {
            let time = if comma {
                (*time).to_owned()
            } else {
                time.replace(',', "")
            };
            format!("{time}{unit}\t{}.5\t{}.25\n", 3 + row * row, 9 - row)
        });
        rows.collect()
    };
    for unit in ["", " min"] {
        let marked = format!("time\tA\tB\n{}", body(unit, true));
        let plain = format!("time\tA\tB\n{}", body(unit, false));
        same(&marked, &plain);
    }
    let across =
        |times: &str| format!("gene\t{times}\nA\t3.5\t4.5\t7.5\t12.5\nB\t9.25\t8.25\t7.25\t6.25\n");
    same(
        &across("0\t720\t1,440\t2,880"),
        &across("0\t720\t1440\t2880"),
    );
    // the data decide where the times cannot
    same(
        "time\tA\n1,000\t0.5\n2,000\t1.5\n",
        "time\tA\n1000\t0.5\n2000\t1.5\n",
    );
    let either = "time\tA\tB\n1,000\t3\t4\n2,000\t5\t2\n3,000\t7\t3\n4,000\t8\t5\n";
    let folder = Folder::with(&[("d.tsv", either.as_bytes())]);
    folder
        .cistron(&["check", "d.tsv"])
        .with_code(2)
        .says("1.000 with a decimal comma and 1000 with commas")
        .says("--decimal point");
    let asked = folder.cistron(&["check", "d.tsv", "--decimal", "point"]);
    assert!(asked.with_code(0).out.contains("time 1000 to 4000"));
}

#[test]
fn empty_columns_and_rows_are_passed_over_with_a_note() {
    let trailing = PLAIN.replace('\n', "\t\n");
    says(
        &same(&trailing, PLAIN),
        "passed over: 1 empty column(s) without a name",
    );
    // in the header only, in the rows only, twice, and with rows of empty cells
    same(&PLAIN.replacen('\n', "\t\t\n", 1), PLAIN);
    let rows_only = PLAIN.replace('\n', "\t\n").replacen("\t\n", "\n", 1);
    same(&rows_only, PLAIN);
    let commas = PLAIN.replace('\t', ",").replace('\n', ",,,\n") + ",,,,,,\n,,,,,,\n";
    says(&same(&commas, PLAIN), "2 empty row(s)");
    let middle = PLAIN.replace("\tA", "\t\tA").replace("\t1.5", "\t\t1.5");
    let middle = middle
        .replace("\t2.5", "\t\t2.5")
        .replace("\t3\t5", "\t\t3\t5");
    same(&middle, PLAIN);
    // content far below, and content at once
    let many: String = (3..90)
        .map(|time| format!("s1\t{time}\t1\t2\t\n"))
        .collect();
    let filled = format!("{trailing}{many}s1\t90\t1\t2\t9\n");
    assert_eq!(
        refused(&filled),
        "d, row 92, column 5 (no name): found `9`, expected nothing, as the column has no name and is \
         empty above; name the column in the header, or empty the cell"
    );
    let message = refused(&format!("{trailing}s1\t3\t1\t2\t9\n"));
    assert!(
        message.contains("column 5 (no name): the name of the gene is empty"),
        "{message}"
    );
}

#[test]
fn row_names_and_row_numbers_of_r_and_pandas_are_read() {
    let number = |start: usize| {
        let mut lines = PLAIN.lines();
        let header = lines.next().expect("a header").to_owned();
        let rows = lines
            .enumerate()
            .map(|(at, row)| format!("\"{}\"\t{row}\n", start + at));
        (header, rows.collect::<String>())
    };
    let (header, rows) = number(1);
    same(&format!("{header}\n{rows}"), PLAIN);
    same(&format!("\"\"\t{header}\n{rows}"), PLAIN);
    let (header, rows) = number(0);
    same(
        &format!("Unnamed: 0\t{header}\n{}", rows.replace('"', "")),
        PLAIN,
    );
    // a part of a table of R keeps the numbers of its rows
    let (header, rows) = number(5);
    same(&format!("{header}\n{rows}"), PLAIN);
    let genes = "gene\t0\t1\t5\nA\t1\t2\t3\nB\t3\t5\t4\n";
    let numbered = ",gene,0,1,5\n0,A,1,2,3\n1,B,3,5,4\n";
    says(&same(numbered, genes), "column of row numbers");
    let of_r = "\"gene\" \"0\" \"1\" \"5\"\n\"1\" \"A\" 1 2 3\n\"2\" \"B\" 3 5 4\n";
    same(of_r, genes);
    // a missing name in the header is no row name
    let message = refused("time\tA\n0\t1\t2\n5\t2\t3\n9\t4\t3\n");
    assert!(
        message.contains("row 2: found 3 cells, expected 2 as in the header"),
        "{message}"
    );
}

#[test]
fn headers_in_comments_and_hints_for_spreadsheets_are_read() {
    let plain = "time,A,B\n0,1,2\n1,2,3\n2,3,5\n";
    says(
        &same(&format!("# {plain}"), plain),
        "the comment in row 1 is the header",
    );
    same(&format!("#{}", plain.replace(',', " ")), plain);
    let reading = same(&format!("# of the lab, 2020\n{plain}"), plain);
    assert!(reading.notes.iter().all(|note| !note.contains("comment")));
    same(&format!("sep=;\n{}", plain.replace(',', ";")), plain);
    // a comment with as many words does not take the place of a header of times
    let times = "gene 0 5 20\nA 1 2 3\nB 5 4 3\n";
    same(&format!("# measured by hand twice\n{times}"), times);
}

#[test]
fn a_table_without_a_header_is_refused_with_the_cure() {
    let rising = "TP53\t4.8511\t4.9617\t5.0739\nMYC\t5.9001\t5.5459\t4.6565\n";
    let counts = "TP53\t4\t9\t13\nMYC\t59\t55\t46\n";
    let samples = "s1\t0\t7.5\t4.6\ns1\t2\t6.3\t4.0\ns1\t4\t5.5\t4.2\n";
    let numbers = "0\t7.5\t4.6\n2\t6.3\t4.0\n4\t5.5\t4.2\n";
    for text in [rising, counts, samples, numbers] {
        let message = refused(text);
        assert!(
            message.starts_with("d, row 1: the first row holds"),
            "{message}"
        );
        assert!(message.contains("say `--no-header`"), "{message}");
    }
    // the cure: a name for the corner
    read(&format!("gene\t0\t1\t2\n{rising}"));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn other_formats_are_named_for_what_they_are() {
    let rds = gzip(b"X\n\0\0\0\x03\0\x04\x02\0");
    let cases: [(&str, &[u8], &str); 9] = [
        ("d.rds", &rds, "found an object of R (rds)"),
        ("d.tsv", b"\xfd7zXZ\0\0", "found an xz archive"),
        (
            "d.csv",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "found an Excel workbook of the old kind (xls)",
        ),
        (
            "d.txt",
            b"^SERIES = GSE1\n!Series_title = x\n",
            "found a SOFT file of GEO",
        ),
        ("d.h5ad", b"\x89HDF\r\n\x1a\n", "found an AnnData file"),
        (
            "d.mtx",
            b"%%MatrixMarket matrix coordinate real general\n",
            "found a sparse matrix",
        ),
        (
            "d.npy",
            b"\x93NUMPY\x01\0v\0{'descr'",
            "found an array of NumPy (npy)",
        ),
        ("d.tsv", b"<!DOCTYPE html><html>", "found a web page (HTML)"),
        (
            "d.cx2",
            b"[{\"CXVersion\": \"2.0\"}]",
            "found a CX2 network",
        ),
    ];
    for (name, bytes, message) in cases {
        let folder = Folder::with(&[(name, bytes)]);
        folder
            .infer(&[name, "--pairs", "1"])
            .with_code(2)
            .says(message);
    }
}
