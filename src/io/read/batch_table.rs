//! A list of interventions to be simulated, one set a row.

use std::io::{self, Read, Write};

use super::columns::{Role, role};
use super::faults::mismatch;
use super::interventions::InterventionColumns;
use super::perturbed::Labels;
use crate::expression::{Intervention, InterventionError, Scale, check_interventions};
use crate::genes::Genes;
use crate::io::run::columns::table_writer;
use crate::io::text::{Keep, Place, ReadError, Reading, Table, name_some, short};
use crate::perturb::BatchStates;

/// Sets of interventions, with the columns that name them.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Names of the columns that are repeated in the answer.
    pub header: Vec<String>,
    /// The sets, in the order of the file.
    pub sets: Vec<BatchSet>,
}

/// One set of interventions.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchSet {
    /// What the repeated columns say.
    pub marks: Vec<String>,
    /// What is done.
    pub interventions: Vec<Intervention>,
}

impl AsRef<[Intervention]> for BatchSet {
    fn as_ref(&self) -> &[Intervention] {
        &self.interventions
    }
}

/// Reads sets of interventions.
///
/// Either one set a row, as in tables of steady states: columns `gene_i` and `gene_j`, or one
/// called `perturbed` (genes joined by `+`), and perhaps `level`; without it they are knocked out.
/// Columns of genes are passed over, so that a table of measured states is a query too; of a table with times, the rows
/// of one series with the same interventions are one set, whose columns that differ between its rows are dropped. Or one
/// intervention a row, with `gene` (or several joined by `+`), `kind` (`ko`, `kd`, `oe`, `set`), `level`, `t_on`,
/// `t_off` and `sample`: rows of one sample are one set; without that column each row is a set, named by its number.
///
/// * `scale`: that of the model, on which doses must have a meaning
///
/// # Errors   [`ReadError`] with the cell, and what to do.
/// # Cost     one pass over the text.
pub fn read_batch(
    input: impl Read,
    file: &str,
    genes: &Genes,
    scale: Scale,
) -> Result<Reading<Batch>, ReadError> {
    let table = Table::read(input, file, |_, name| match genes.find(name) {
        Some(_) => Keep::Skip,
        None => Keep::Text,
    })?;
    let names: Vec<String> = table.header().iter().map(|n| n.to_lowercase()).collect();
    let named = |wanted: &str| names.iter().position(|name| name == wanted);
    refuse_edges(&table, &names)?;
    let batch = match (named("gene"), named("kind").or(named("type"))) {
        (Some(_), Some(_)) => one_intervention_a_row(&table, named("sample"), genes, scale)?,
        _ => one_set_a_row(&table, genes, scale)?,
    };
    let mut reading = Reading::new(batch);
    reading.notes.push(table.note());
    Ok(reading)
}

/// A list of edges names genes, but not genes to change.
fn refuse_edges(table: &Table, names: &[String]) -> Result<(), ReadError> {
    let regulators = ["source", "regulator", "tf"];
    let source = names
        .iter()
        .find(|name| regulators.contains(&name.as_str()));
    match (source, names.iter().find(|name| *name == "target")) {
        (Some(source), Some(target)) => Err(mismatch(
            table.file(),
            format!("found columns `{source}` and `{target}`, which are those of a list of edges"),
            "a column `perturbed`, or `gene_i` and `gene_j`, or `gene` and `kind`",
            "give the table of the genes to change",
        )),
        _ => Ok(()),
    }
}

fn one_set_a_row(table: &Table, genes: &Genes, scale: Scale) -> Result<Batch, ReadError> {
    let labels = Labels::find(table, genes, None)?.ok_or_else(|| {
        mismatch(
            table.file(),
            format!(
                "found no column that names the genes to change (header: {})",
                name_some(table.header())
            ),
            "a column `perturbed`, or `gene_i` and `gene_j`, or `gene` and `kind`",
            "add one of them",
        )
    })?;
    // those that the answer has itself
    let repeated = |at: &usize| {
        let name = table.header()[*at].as_str();
        name != START && role(name) != Role::Time
    };
    let columns: Vec<usize> = table
        .columns(Keep::Text)
        .into_iter()
        .filter(repeated)
        .collect();
    let interventions = (0..table.len()).map(|row| {
        let interventions = labels.interventions(table, row, genes)?;
        in_row(
            table,
            row,
            check_interventions(&interventions, genes, Some(scale)),
        )?;
        Ok(interventions)
    });
    let interventions: Vec<Vec<Intervention>> = interventions.collect::<Result<_, _>>()?;
    let sets = rows_of_sets(table, &interventions);
    let columns: Vec<usize> = columns
        .into_iter()
        .filter(|at| {
            let cells = table.text(*at);
            let mut rows = sets
                .iter()
                .flat_map(|rows| rows.iter().map(|&row| (rows[0], row)));
            labels.columns().contains(at) || rows.all(|(first, row)| cells[first] == cells[row])
        })
        .collect();
    let names = columns.iter().map(|&at| table.header()[at].clone());
    let sets = sets.iter().map(|rows| BatchSet {
        marks: columns
            .iter()
            .map(|&at| table.text(at)[rows[0]].clone())
            .collect(),
        interventions: interventions[rows[0]].clone(),
    });
    Ok(Batch {
        header: names.collect(),
        sets: sets.collect(),
    })
}

/// The rows of each set: one row, or of a table with times those of a series with the same interventions.
fn rows_of_sets(table: &Table, interventions: &[Vec<Intervention>]) -> Vec<Vec<usize>> {
    let of_role = |wanted| {
        let mut header = table.header().iter();
        header.position(|name| role(name) == wanted)
    };
    let rows = 0..table.len();
    if of_role(Role::Time).is_none() {
        return rows.map(|row| vec![row]).collect();
    }
    let series = of_role(Role::Series);
    let is_same = |a: usize, b: usize| {
        let sorted = |row: usize| {
            let mut done = interventions[row].clone();
            done.sort_by_key(|one| one.gene);
            done
        };
        series.is_none_or(|at| table.text(at)[a] == table.text(at)[b]) && sorted(a) == sorted(b)
    };
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for row in rows {
        match sets.iter_mut().find(|rows| is_same(rows[0], row)) {
            Some(rows) => rows.push(row),
            None => sets.push(vec![row]),
        }
    }
    sets
}

fn one_intervention_a_row(
    table: &Table,
    sample: Option<usize>,
    genes: &Genes,
    scale: Scale,
) -> Result<Batch, ReadError> {
    let columns = InterventionColumns::find(table)?;
    let mut sets: Vec<BatchSet> = Vec::new();
    for row in 0..table.len() {
        let number = (row + 1).to_string();
        let name = sample.map_or(number.as_str(), |column| table.text(column)[row].as_str());
        let at = match sets.iter().position(|set| set.marks[0] == name) {
            Some(at) => at,
            None => {
                sets.push(BatchSet {
                    marks: vec![name.to_owned()],
                    interventions: Vec::new(),
                });
                sets.len() - 1
            }
        };
        sets[at]
            .interventions
            .extend(columns.interventions(table, row, genes)?);
        let checked = check_interventions(&sets[at].interventions, genes, Some(scale));
        in_row(table, row, checked)?;
    }
    for set in &mut sets {
        let mut changed: Vec<&str> = set
            .interventions
            .iter()
            .map(|one| genes.name(one.gene))
            .collect();
        changed.dedup();
        set.marks.push(changed.join("+"));
    }
    Ok(Batch {
        header: vec!["sample".to_owned(), "perturbed".to_owned()],
        sets,
    })
}

/// An error about the interventions of a row, with its place.
fn in_row<T>(
    table: &Table,
    row: usize,
    found: Result<T, InterventionError>,
) -> Result<T, ReadError> {
    found.map_err(|source| ReadError::invalid(Place::row(table.file(), table.lines()[row]), source))
}

/// The column that says where simulations start.
const START: &str = "start";

/// Writes the states under every set, one a row: the columns of the batch; `time`, if they are not steady states;
/// `start` (`steady`, `reference` or `given`, as [`InitialState`](crate::perturb::InitialState) says); then one a gene. Values have
/// six significant digits; they are left empty where there is no state.
///
/// # Errors   what the sink reports.
/// # Panics   if there are not states for each set (a bug in the caller).
/// # Cost     `O(sets · times · genes)`, nothing kept in memory.
pub fn write_batch(
    batch: &Batch,
    found: &BatchStates,
    genes: &Genes,
    sink: &mut dyn Write,
) -> io::Result<()> {
    assert_eq!(batch.sets.len(), found.states.len(), "states for each set");
    let mut table = table_writer(sink);
    let time = (!found.times.is_empty()).then_some("time");
    let names = batch.header.iter().map(String::as_str);
    let names = names.chain(time).chain([START]);
    table.write_record(names.chain(genes.names().iter().map(String::as_str)))?;
    for (set, states) in batch.sets.iter().zip(&found.states) {
        for row in 0..found.unperturbed.nrows() {
            let time = found.times.get(row).map(|time| short(*time));
            let marks = set.marks.iter().cloned().chain(time);
            let marks = marks.chain([found.start.word().to_owned()]);
            let cells = (0..genes.len()).map(|j| match states {
                Ok(levels) => short(levels[(row, j)]),
                Err(_) => String::new(),
            });
            table.write_record(marks.chain(cells))?;
        }
    }
    table.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Change, Span};
    use crate::genes::Gene;
    use crate::perturb::{InitialState, NoAnswer, StartKind};
    use faer::{Mat, mat};

    fn read(text: &str) -> Result<Batch, ReadError> {
        let genes = Genes::new(["a", "b", "c"]).expect("distinct");
        read_batch(text.as_bytes(), "q.tsv", &genes, Scale::SQRT).map(|reading| reading.value)
    }

    fn genes_of(set: &BatchSet) -> Vec<usize> {
        set.interventions
            .iter()
            .map(|one| one.gene.index())
            .collect()
    }

    #[test]
    fn pairs_labels_and_measured_states_are_sets_of_knockouts() {
        let pairs = read("gene_i\tgene_j\na\tc\nb\ta\n").expect("pairs");
        assert_eq!(pairs.header, ["gene_i", "gene_j"]);
        assert_eq!(genes_of(&pairs.sets[0]), [0, 2]);
        assert!(
            pairs.sets[0]
                .interventions
                .iter()
                .all(|one| one.change == Change::Knockout)
        );
        let labels = read("perturbed\tlevel\ta\tb\nb+c\t0.5\t1\t2\n\t\t1\t1\n").expect("labels");
        assert_eq!(labels.sets[0].marks, ["b+c", "0.5"]);
        assert_eq!(labels.sets[0].interventions[0].change, Change::Scaled(0.5));
        assert_eq!(labels.sets[1].interventions, []);
    }

    #[test]
    fn rows_of_one_sample_are_one_set() {
        let text = "gene\tkind\tlevel\tt_on\tt_off\tsample\na\tko\t\t\t\tx\nb\tset\t2\t1\t3\tx\n\
                    c\tkd\t0.3\t\t\ty\n";
        let batch = read(text).expect("interventions");
        assert_eq!(batch.sets[0].marks, ["x", "a+b"]);
        let second = batch.sets[0].interventions[1];
        assert_eq!((second.gene, second.change), (Gene(1), Change::Set(2.0)));
        let window = Span {
            start: 1.0,
            end: 3.0,
        };
        assert_eq!(second.window, Some(window));
        assert_eq!(batch.sets[1].interventions[0].change, Change::Scaled(0.3));
    }

    #[test]
    fn without_samples_each_row_is_a_question_of_one_gene_or_several() {
        let batch = read("gene\tkind\na\tko\nb+c\tko\n").expect("interventions");
        assert_eq!(batch.sets.len(), 2);
        assert_eq!(batch.sets[0].marks, ["1", "a"]);
        assert_eq!(batch.sets[1].marks, ["2", "b+c"]);
        assert_eq!(genes_of(&batch.sets[1]), [1, 2]);
    }

    #[test]
    fn the_columns_of_an_earlier_answer_are_not_repeated() {
        let batch = read("perturbed\ttime\tstart\ta\nb\t0\tsteady\t1\n").expect("labels");
        assert_eq!(batch.header, ["perturbed"]);
    }

    #[test]
    fn rows_of_one_course_are_one_set() {
        let text = "perturbed\tlevel\ttime\tseries\tnote\n\t\t0\t1\tx\na+b\t2\t0\t1\tx\n\t\t5\t1\ty\n\
                    b+a\t2\t5\t1\tx\na+b\t2\t5\t2\tx\na+b\t0\t5\t1\tx\n";
        let batch = read(text).expect("measured courses");
        assert_eq!(batch.header, ["perturbed", "level", "series"]);
        let marks: Vec<&[String]> = batch.sets.iter().map(|set| &set.marks[..]).collect();
        let sets = [
            ["", "", "1"],
            ["a+b", "2", "1"],
            ["a+b", "2", "2"],
            ["a+b", "0", "1"],
        ];
        assert_eq!(marks, sets);
        assert_eq!(batch.sets[1].interventions[0].change, Change::Scaled(2.0));
        // without times, rows are replicates
        let steady = read("perturbed\na\na\n").expect("states");
        assert_eq!(steady.sets.len(), 2);
    }

    #[test]
    fn faults_are_told_with_their_cell() {
        for (text, says) in [
            (
                "gene_i\tgene_j\na\tx\n",
                "q.tsv, row 2, column 2 (`gene_j`): found `x`",
            ),
            (
                "x\ty\n1\t2\n",
                "found no column that names the genes to change",
            ),
            (
                "gene_i\tgene_j\na\ta\n",
                "q.tsv, row 2: gene `a` is changed twice",
            ),
            (
                "perturbed\tlevel\na\t-1\n",
                "row 2, column 2 (`level`): found `-1`",
            ),
        ] {
            let error = read(text).expect_err(says).to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn the_answer_repeats_the_columns_and_has_these_bytes() {
        let genes = Genes::new(["a", "b", "c"]).expect("distinct");
        let batch = read("gene_i\tgene_j\na\tc\nb\ta\n").expect("pairs");
        let mut out = Vec::new();
        let found = BatchStates {
            start: InitialState {
                kind: StartKind::Reference,
                outside: vec![],
            },
            times: vec![0.0, 2.5],
            unperturbed: Mat::zeros(2, 3),
            states: vec![
                Ok(mat![[1.0, 1.0, 1.0], [0.0, 1.0 / 3.0, 2.0]]),
                Err(NoAnswer::Cancelled),
            ],
        };
        write_batch(&batch, &found, &genes, &mut out).expect("memory takes all");
        let expected = "gene_i\tgene_j\ttime\tstart\ta\tb\tc\na\tc\t0\treference\t1\t1\t1\n\
                        a\tc\t2.5\treference\t0\t0.333333\t2\nb\ta\t0\treference\t\t\t\n\
                        b\ta\t2.5\treference\t\t\t\n";
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }
}
