//! Simulated cells go through the commands as files that BEELINE would have.

use std::io::{self, Write};

use crate::run::Folder;
use cistron::io::read_beeline;
use cistron::seed::Seed;
use cistron_truth::io::{write_expression, write_pseudotime, write_ref_network};
use cistron_truth::simulate::{CellData, Model};

/// A gene that switches two others on, which keep each other off.
const BRANCHING: &str = r#"
name = "branching"
time_unit = "h"

[defaults]
basal = 0.01
maximal = 1.0
mrna_half_life = 1.0

[noise]
strength = 0.1

[cells]
count = 300
duration = 15.0
initial = 0.02
library = 200.0
dropout = 0.3

[[gene]]
name = "source"

[[gene]]
name = "left"
rule = "source and not right"
sites = { right = { k = 0.4, n = 4.0 } }

[[gene]]
name = "right"
rule = "source and not left"
sites = { left = { k = 0.4, n = 4.0 } }
"#;

fn model() -> Model {
    Model::read("model.toml", BRANCHING).expect("a valid model")
}

fn cells(model: &Model) -> CellData {
    model.cells(Seed(1)).expect("a plan of cells")
}

fn bytes(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes all");
    bytes
}

#[test]
fn what_is_written_is_what_the_reader_of_beeline_folders_finds() {
    let data = cells(&model());
    let expression = bytes(|sink| write_expression(&data, sink));
    let pseudotime = bytes(|sink| write_pseudotime(&data, sink));
    let read = read_beeline(&expression[..], "expression", &pseudotime[..], "times")
        .expect("readable")
        .value;
    let direct = data.on_lineages().expect("cells enough");
    assert_eq!(read.genes(), direct.genes());
    assert_eq!(read.names(), direct.names());
    assert_eq!(read.values(), direct.values(), "counts are written in full");
    assert_eq!(read.lineages().len(), 2);
    for (read, direct) in read.lineages().iter().zip(direct.lineages()) {
        assert_eq!(read.name, direct.name);
        for (a, b) in read.pseudotime.iter().zip(&direct.pseudotime) {
            assert!((a - b).abs() < 1e-5 || (a.is_nan() && b.is_nan()));
        }
    }
}

#[test]
fn the_commands_take_the_folder_and_its_network() {
    let model = model();
    let data = cells(&model);
    let (genes, truth) = (model.kinetics.genes(), model.kinetics.edges());
    let folder = Folder::with(&[
        (
            "in/ExpressionData.csv",
            &bytes(|sink| write_expression(&data, sink)),
        ),
        (
            "in/PseudoTime.csv",
            &bytes(|sink| write_pseudotime(&data, sink)),
        ),
        (
            "in/refNetwork.csv",
            &bytes(|sink| write_ref_network(genes, &truth, sink)),
        ),
    ]);
    let ran = folder.infer(&["in", "--pairs", "5"]).with_code(0);
    assert!(ran.out.contains("300 cells, 2 lineages"), "{}", ran.out);
    folder
        .cistron(&["score", "out/edges.tsv", "in/refNetwork.csv"])
        .with_code(0);
}
