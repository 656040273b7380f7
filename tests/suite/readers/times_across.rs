//! Times in the header: told from times in a column, with units, and refused where both readings are as good.

use cistron::io::{Orientation, SeriesOptions};

use super::time_columns::{GENES, genes, level, notes, read, read_with};

fn across(first: &str, times: &[String], ids: &[String]) -> String {
    let mut text = format!("{first};{}\n", times.join(";"));
    for (j, id) in ids.iter().enumerate() {
        let levels = (0..times.len()).map(|i| format!("{:.4}", level(0, i, j)));
        text += &format!("{id};{}\n", levels.collect::<Vec<_>>().join(";"));
    }
    text
}

fn numbers(numbers: impl Iterator<Item = usize>) -> Vec<String> {
    numbers.map(|number| number.to_string()).collect()
}

#[test]
fn times_across_are_told_from_times_down_where_both_are_numbers() {
    let times = numbers((0..11).map(|i| 2 * i));
    let ids = numbers(1017..1025);
    let text = across("Time", &times, &ids);
    let reading = read(&text).expect("times across");
    assert_eq!(genes(&reading), ids);
    assert_eq!(reading.value.series()[0].times()[1], 2.0);
    notes(&reading, "the header after `Time` is a row of times");
    // the same the other way round: ids across, times down
    let rows: Vec<Vec<String>> = text
        .lines()
        .map(|line| line.split(';').map(str::to_owned).collect())
        .collect();
    let turned = (0..rows[0].len()).map(|column| {
        let cells: Vec<&str> = rows.iter().map(|row| row[column].as_str()).collect();
        cells.join(";")
    });
    let turned = turned.collect::<Vec<_>>().join("\n");
    let down = read(&turned).expect("times down");
    assert_eq!(down.value.genes(), reading.value.genes());
    assert_eq!(
        down.value.series()[0].values(),
        reading.value.series()[0].values()
    );
    // names of genes below a header of times
    let names: Vec<String> = GENES.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(
        genes(&read(&across("Time (h)", &times, &names)).expect("names")),
        GENES
    );
}

#[test]
fn numbers_on_both_sides_without_a_sign_of_time_are_refused_with_both_readings_and_either_flag_works()
 {
    let text = "time;5;9;14\n3;1.1;2.5;1.7\n8;2.2;1.4;1.9\n11;1.3;2.1;2.8\n";
    let found = read(text).expect_err("either may be");
    assert!(
        found.contains(
            "the times are in the header (`5`, `9`, `14`) or in column 1 (`3`, `8`, `11`)"
        ),
        "{found}"
    );
    let mut options = SeriesOptions::default();
    options.genes = Orientation::Rows;
    let rows = read_with(text, &options).expect("as asked");
    assert_eq!(
        (genes(&rows), rows.value.series()[0].times()),
        (vec!["3", "8", "11"], &[5.0, 9.0, 14.0][..])
    );
    options.genes = Orientation::Columns;
    let columns = read_with(text, &options).expect("as asked");
    assert_eq!(
        (genes(&columns), columns.value.series()[0].times()),
        (vec!["5", "9", "14"], &[3.0, 8.0, 11.0][..])
    );
}

#[test]
fn a_header_of_times_may_have_units_and_genes_may_be_described() {
    for header in [
        "gene\t0h\t2h\t4h",
        "\tX0\tX2\tX4",
        "Symbol\tDay 0\tDay 2\tDay 4",
        "gene\tT0\tT2\tT4",
    ] {
        let text = format!("{header}\nTP53\t1.5\t2\t3\nMYC\t3\t2\t1.5\n");
        let reading = read(&text).expect(header);
        assert_eq!(genes(&reading), ["TP53", "MYC"], "{header}");
        assert_eq!(
            reading.value.series()[0].times(),
            [0.0, 2.0, 4.0],
            "{header}"
        );
    }
    let text =
        "gene\tchr\tlength\t0\t2\t4\nTP53\tchr17\t900\t1.5\t2\t3\nMYC\tchr8\t700\t3\t2\t1.5\n";
    let reading = read(text).expect("described genes");
    assert_eq!(reading.value.series()[0].times(), [0.0, 2.0, 4.0]);
    notes(&reading, "left out, as they describe genes: `length`");
    // names of genes in a header are not times
    let text = "sample\tP53\tP21\tP16\na\t1\t2\t3\nb\t2\t3\t1\n";
    assert!(
        read(text)
            .expect_err("no time")
            .contains("found no time column")
    );
    let text = "time,X1,X2,X3\n0,1,2,3\n1,2,3,1\n2,2,1,1\n";
    assert_eq!(genes(&read(text).expect("X is a gene")), ["X1", "X2", "X3"]);
}

fn named(letter: &str, numbers: &[usize]) -> String {
    let names: Vec<String> = numbers
        .iter()
        .map(|number| format!("{letter}{number}"))
        .collect();
    let ids: Vec<String> = GENES.iter().map(|&name| name.to_owned()).collect();
    across("gene", &names, &ids)
}

#[test]
fn a_letter_and_numbers_from_one_on_are_times_or_samples() {
    for letter in ["D", "H", "P", "E", "W", "CT"] {
        let message = read(&named(letter, &[1, 2, 3, 4, 5, 6])).expect_err("either");
        assert!(
            message.contains(&format!("found `{letter}1`"))
                && message.contains("or samples whose names are numbered")
                && message.contains("`--times FILE`")
                && message.contains("`--steady`"),
            "{message}"
        );
        // the cure: units behind the number
        let short = message
            .split("(`1")
            .nth(1)
            .and_then(|rest| rest.split('`').next());
        let short = short.expect("a unit");
        let text = named(letter, &[1, 2, 3, 4, 5, 6]);
        let (header, rest) = text.split_once('\n').expect("a header");
        let cells = header.split(';').enumerate().map(|(at, cell)| match at {
            0 => cell.to_owned(),
            _ => format!("{at}{short}"),
        });
        let cured = format!("{}\n{rest}", cells.collect::<Vec<_>>().join(";"));
        let reading = read(&cured).unwrap_or_else(|error| panic!("{letter}: {error}"));
        assert_eq!(reading.value.series()[0].times()[5], 6.0);
    }
    for (letter, numbers) in [
        ("T", vec![1, 2, 3, 4, 5]),
        ("D", vec![0, 1, 2, 3, 4]),
        ("D", vec![0, 2, 4, 7, 10]),
        ("CT", vec![1, 5, 9, 13, 17]),
        ("ZT", vec![1, 2, 3, 4, 5]),
        ("day", vec![1, 2, 3, 4, 5]),
    ] {
        let reading =
            read(&named(letter, &numbers)).unwrap_or_else(|error| panic!("{letter}: {error}"));
        let times: Vec<f64> = numbers.iter().map(|&number| number as f64).collect();
        assert_eq!(reading.value.series()[0].times(), times, "{letter}");
    }
    // the same in names of samples
    let message = read(&named("WT_D", &[1, 2, 3, 4])).expect_err("either");
    assert!(
        message.contains("or samples whose names are numbered"),
        "{message}"
    );
    assert_eq!(
        read(&named("WT_D", &[0, 1, 2, 4]))
            .expect("days")
            .value
            .series()[0]
            .len(),
        4
    );
}

#[test]
fn names_of_cell_lines_are_no_times() {
    let names = [
        "HAP1_D0_rep1",
        "HAP1_D2_rep1",
        "HAP1_D4_rep1",
        "HAP1_D0_rep2",
        "HAP1_D2_rep2",
        "HAP1_D4_rep2",
    ];
    let ids: Vec<String> = GENES.iter().map(|&name| name.to_owned()).collect();
    let reading = read(&across("gene", &names.map(str::to_owned), &ids)).expect("days");
    assert_eq!(reading.value.series()[0].times(), [0.0, 2.0, 4.0]);
}

#[test]
fn the_word_time_before_numbers_in_the_header_is_no_second_time() {
    for prefix in ["time_", "Time ", "time"] {
        for unit in ["", "h"] {
            let names = [0, 60, 120, 240].map(|time| format!("{prefix}{time}{unit}"));
            let ids: Vec<String> = GENES.iter().map(|&name| name.to_owned()).collect();
            let reading = read(&across("gene", &names, &ids));
            let reading = reading.unwrap_or_else(|error| panic!("{prefix}{unit}: {error}"));
            assert_eq!(genes(&reading), GENES);
            assert_eq!(reading.value.series()[0].times(), [0.0, 60.0, 120.0, 240.0]);
        }
    }
    // a second column of times stays one
    let message = read("time\ttime.1\tA\n0\t0\t1\n1\t3\t2\n2\t4\t4\n").expect_err("two");
    assert!(message.contains("found times twice"), "{message}");
}
