//! Exports: golden bytes of every format, what a selection holds, and the way back through the
//! tables.

use std::fs;
use std::path::{Path, PathBuf};

use cistron::genes::{Gene, Genes};
use cistron::io::GroupInfluence;
use cistron::io::{
    Delimiter, FORMATS, Format, NetworkView, Writer, read_prior, write_edges, write_graphml,
    write_sif_edges, write_sif_nodes,
};
use cistron::network::{Edge, Network, Selection, Sign};
use cistron::prior::{PriorMode, Regulators};
use cistron_truth::evaluate::{Ranking, Scores, UniverseSettings};
use cistron_truth::io::{read_edge_list, read_gold};

use crate::outputs::run_files::{edge, fitted, network, nodes, written};

const GOLDEN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/suite/golden/exports"
);

/// The text of a view in a format; that of the model of the other tests if it is one of a model.
pub(crate) fn text_in(format: &Format, view: &NetworkView<'_>) -> Vec<u8> {
    match format.writer {
        Writer::Network(write) => written(|sink| write(view, sink)),
        Writer::Table(write) => written(|sink| write(view, Delimiter::Comma, sink)),
        Writer::Model(write) => written(|sink| write(&fitted(), sink)),
    }
}

/// Where the first two edges act, and one that the network does not have.
fn groups(network: &Network) -> Vec<GroupInfluence> {
    let of = |group: &str, source, target, influence| GroupInfluence {
        group: group.to_owned(),
        source,
        target,
        influence,
        effect: 2.0 * influence,
    };
    let pair = |at: usize| (network.edges()[at].source, network.edges()[at].target);
    vec![
        of("cold", pair(0).0, pair(0).1, 0.5),
        of("heat & \"dry\"", pair(0).0, pair(0).1, -0.25),
        of("heat & \"dry\"", pair(1).0, pair(1).1, 1.5),
        of("heat & \"dry\"", pair(2).0, pair(2).1, 0.0),
        of("heat & \"dry\"", Gene(4), Gene(0), 7.0),
    ]
}

fn in_group<'a>(
    network: &'a Network,
    groups: &'a [GroupInfluence],
    selection: &Selection,
) -> NetworkView<'a> {
    NetworkView::in_group(network, &[], groups, "heat & \"dry\"", selection).expect("a group")
}

/// Names of files and their bytes.
fn all_files() -> Vec<(String, Vec<u8>)> {
    let (network, nodes) = (network(), nodes());
    let groups = groups(&network);
    let view = NetworkView::best(&network, &nodes, usize::MAX);
    let group = in_group(&network, &groups, &Selection::default());
    let mut files: Vec<_> = FORMATS
        .iter()
        .map(|format| (format!("network.{}", format.name), text_in(format, &view)))
        .collect();
    files.extend([
        (
            "network.sif.nodes.tsv".to_owned(),
            written(|sink| write_sif_nodes(&view, sink)),
        ),
        (
            "network.sif.edges.tsv".to_owned(),
            written(|sink| write_sif_edges(&view, sink)),
        ),
    ]);
    for name in ["csv", "cx2", "decoupler", "graphml"] {
        let format = Format::named(name).expect("a format");
        files.push((format!("group.{name}"), text_in(format, &group)));
    }
    files
}

/// A file that differs is left in the folder for temporary files of the tests, to be looked at and
/// copied over the golden one if it is right.
#[test]
fn every_export_keeps_its_bytes() {
    let mut changed: Vec<PathBuf> = Vec::new();
    for (name, found) in all_files() {
        let expected = fs::read(Path::new(GOLDEN).join(&name)).unwrap_or_default();
        if found != expected {
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
            fs::create_dir_all(&folder).expect("a temporary folder");
            fs::write(folder.join(&name), found).expect("a temporary file");
            changed.push(folder.join(name));
        }
    }
    assert!(
        changed.is_empty(),
        "these differ from the golden files: {changed:?}"
    );
}

#[test]
fn without_a_selection_an_export_is_the_graph_of_the_run() {
    let (network, nodes) = (network(), nodes());
    let selected = NetworkView::selected(&network, &nodes, &Selection::default()).expect("a view");
    assert_eq!(selected.edges().len(), network.default_edges());
    assert_eq!(
        selected.nodes().len(),
        4,
        "without the gene that has no edge"
    );
    let all = Selection {
        isolated: true,
        ..Selection::default()
    };
    let selected = NetworkView::selected(&network, &nodes, &all).expect("a view");
    let best = NetworkView::best(&network, &nodes, network.default_edges());
    assert_eq!(
        written(|sink| write_graphml(&selected, sink)),
        written(|sink| write_graphml(&best, sink))
    );
}

/// 30 edges of both signs, each of which is false with a probability of one half.
fn doubtful() -> Network {
    let names: Vec<String> = (0..31).map(|gene| format!("g{gene}")).collect();
    let edges = (1..31).map(|rank| {
        let sign = [Sign::Activation, Sign::Repression][rank % 2];
        let mut one = edge(0, rank, 1.0, sign, 1.0 / rank as f64);
        (one.probability, one.expected_false) = (0.5, 0.5 * rank as f64);
        one
    });
    Network::from_edges(Genes::new(names).expect("distinct"), edges.collect()).expect("sound")
}

#[test]
fn where_no_edge_stands_out_exports_hold_twenty_in_grey_and_the_same_sentence() {
    let (network, sure) = (doubtful(), network());
    let caution = network.caution().expect("nothing stands out");
    let view = NetworkView::selected(&network, &[], &Selection::default()).expect("a view");
    assert_eq!((view.edges().len(), view.nodes().len()), (20, 21));
    assert_eq!(view.expected_false(), 10.0);
    let sure = NetworkView::selected(&sure, &[], &Selection::default()).expect("a view");
    let text = |name: &str, view: &NetworkView<'_>| {
        let format = Format::named(name).expect("a format");
        String::from_utf8(text_in(format, view)).expect("text")
    };
    for name in ["graphml", "cx2", "cyjs", "gexf", "dot", "csv"] {
        assert!(text(name, &view).contains(&caution), "{name}");
        assert!(!text(name, &sure).contains("No edge stands out"), "{name}");
    }
    let sif = |view: &NetworkView<'_>| {
        String::from_utf8(written(|sink| write_sif_edges(view, sink))).expect("text")
    };
    assert_eq!(sif(&view).matches(&caution).count(), 20);
    assert!(
        sif(&view)
            .lines()
            .all(|line| line.split('\t').count() == 14)
    );
    assert!(!sif(&sure).contains("note"));
    for name in ["cx2", "cyjs", "dot"] {
        for colour in ["#0072B2", "#D55E00"] {
            assert!(!text(name, &view).contains(colour), "{name}: {colour}");
            assert!(
                name == "dot" || text(name, &sure).contains(colour),
                "{name}: {colour}"
            );
        }
    }
    let colours = |view: &NetworkView<'_>| {
        text("gexf", view)
            .matches("r=\"0\" g=\"114\" b=\"178\"")
            .count()
    };
    assert!(colours(&view) == 0 && colours(&sure) > 0);
}

#[test]
fn a_selection_has_the_genes_of_its_edges_and_the_gene_in_its_middle() {
    let network = network();
    let of = |selection: &Selection| {
        let view = NetworkView::selected(&network, &[], selection).expect("a view");
        let genes: Vec<usize> = view.nodes().iter().map(|node| node.gene.index()).collect();
        (genes, view.edges().len())
    };
    let top = Selection {
        top: Some(1),
        ..Selection::default()
    };
    assert_eq!(of(&top), (vec![0, 1], 1));
    let alone = Selection {
        neighbourhood: Some("\u{1}bell:3".parse().expect("a neighbourhood")),
        ..Selection::default()
    };
    assert_eq!(of(&alone), (vec![4], 0));
}

#[test]
fn a_group_has_the_edges_that_act_there_with_their_weights_and_signs() {
    let network = network();
    let groups = groups(&network);
    let view = in_group(&network, &groups, &Selection::default());
    let found: Vec<_> = view
        .edges()
        .iter()
        .map(|one| (one.edge.rank, one.edge.weight, one.edge.sign, one.strength))
        .collect();
    // the larger effect first; the edge that does nothing and the one of the model alone are out
    assert_eq!(
        found,
        [
            (2, 1.5, Sign::Activation, 1.0),
            (1, -0.25, Sign::Repression, 0.5 / 3.0)
        ]
    );
    let error = NetworkView::in_group(&network, &[], &groups, "hot", &Selection::default());
    assert_eq!(
        error.expect_err("no such group").to_string(),
        "the run has no group `hot`; its groups are `cold`, `heat & \"dry\"`"
    );
}

#[test]
fn no_edge_and_one_gene_are_a_network_in_every_format() {
    let genes = Genes::new(["<&\"\u{1}\t'/é"]).expect("one name");
    let network = Network::from_edges(genes, Vec::new()).expect("no edges");
    let alone = Selection {
        isolated: true,
        ..Selection::default()
    };
    let view = NetworkView::selected(&network, &[], &alone).expect("a view");
    for format in &FORMATS {
        let text = String::from_utf8(text_in(format, &view)).expect("text");
        match format.name {
            "cx2" | "cyjs" => {
                let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                assert!(value.to_string().contains("<&\\\"\\u0001\\t'/é"), "{text}");
            }
            "dream" => assert!(text.is_empty()),
            "sif" => assert_eq!(text, "<&\"__'/é\n"),
            "graphml" | "gexf" | "dot" | "antimony" => assert!(!text.contains('\u{1}'), "{text}"),
            _ => assert_eq!(text.lines().count(), 1, "a header: {text}"),
        }
    }
}

#[test]
fn names_that_sif_cannot_tell_apart_get_numbers() {
    let genes = Genes::new(["a b", "a\tb", "a\nb", "\t"]).expect("distinct");
    let network = Network::from_edges(genes, vec![edge(1, 2, 1.0, Sign::Repression, 1.0)]);
    let network = network.expect("sound");
    let view = NetworkView::best(&network, &[], 1);
    let text = text_in(Format::named("sif").expect("a format"), &view);
    let text = String::from_utf8(text).expect("text");
    assert_eq!(text, "a b_2\trepresses\ta b_3\na b\nunnamed\n");
}

#[test]
fn a_table_of_a_group_says_what_is_about_the_group_and_no_agreement_on_another_sign() {
    let network = network();
    let groups = groups(&network);
    let view = in_group(&network, &groups, &Selection::default());
    let text = text_in(Format::named("csv").expect("a format"), &view);
    let mut rows = csv::Reader::from_reader(text.as_slice());
    let header = rows.headers().expect("a header").clone();
    let rows: Vec<_> = rows.records().map(|row| row.expect("a row")).collect();
    let cell = |row: usize, name: &str| {
        let at = header.iter().position(|one| one == name);
        rows[row][at.expect("a column")].to_owned()
    };
    assert_eq!(
        (cell(0, "effect"), cell(0, "strength")),
        ("3".to_owned(), "1".to_owned())
    );
    assert_eq!(
        (cell(1, "effect"), cell(1, "sign")),
        ("-0.5".to_owned(), "-".to_owned())
    );
    // the run says that both go the other way
    assert_eq!(network.edges()[0].sign, Sign::Activation);
    for row in 0..2 {
        assert_eq!(cell(row, "sign_agreement"), "");
    }
    assert_eq!(
        (cell(0, "rank"), cell(1, "rank")),
        ("2".to_owned(), "1".to_owned())
    );
}

#[test]
fn a_sif_without_edges_is_read_back_as_one_without_edges() {
    let genes = Genes::new(["a pd b", "a_pd_b", "x\u{a0}y z", "c"]).expect("distinct");
    let network = Network::from_edges(genes, Vec::new()).expect("no edges");
    let view = NetworkView::best(&network, &[], 0);
    let text = text_in(Format::named("sif").expect("a format"), &view);
    let error = read_edge_list(text.as_slice(), "net.sif").expect_err("no edges");
    assert!(error.to_string().contains("no row"), "{error}");
    let text = String::from_utf8(text).expect("text");
    assert_eq!(text, "a_pd_b\na_pd_b_2\nx_y_z\nc\n");
}

/// 12 genes, 60 edges of mixed signs whose evidence falls, every third of them true.
fn many() -> (Network, String) {
    let names: Vec<String> = (0..12).map(|i| format!("G{i}")).collect();
    let mut edges: Vec<Edge> = Vec::new();
    let mut gold = "regulator\ttarget\tedge\n".to_owned();
    for source in 0..12 {
        for target in (0..12).filter(|target| *target != source) {
            let mixed = (source * 7 + target * 11) % 60;
            let sign = match mixed % 4 {
                0 => Sign::Repression,
                _ => Sign::Activation,
            };
            if (source + target) % 2 == 0 {
                // the slope is no measure of the evidence
                let weight = if sign == Sign::Repression { -3.0 } else { 2.0 };
                let evidence = 1.0 / (1.0 + mixed as f64).sqrt();
                edges.push(edge(source, target, weight, sign, evidence));
            }
            let label = usize::from(mixed % 3 == 0 || mixed < 9);
            gold += &format!("G{source}\tG{target}\t{label}\n");
        }
    }
    let network = Network::from_edges(Genes::new(names).expect("distinct"), edges);
    (network.expect("sound"), gold)
}

const TABLES: [&str; 6] = [
    "csv",
    "decoupler",
    "scenic",
    "beeline",
    "celloracle",
    "dream",
];

#[test]
fn every_table_scores_as_the_run_that_it_is_from() {
    let (network, gold) = many();
    let known = read_gold(gold.as_bytes(), "gold").expect("a gold standard");
    let scores = |table: &[u8], name: &str| {
        let list = read_edge_list(table, name).expect("an edge list");
        let ranking = Ranking::new(&known, &list, &UniverseSettings::default());
        Scores::new(&ranking.expect("the same genes"))
    };
    let own = scores(
        &written(|sink| write_edges(&network, usize::MAX, sink)),
        "edges.tsv",
    );
    assert!(own.aupr > 0.4 && own.aupr < 0.9, "{}", own.aupr);
    for signed in [false, true] {
        let selection = Selection {
            top: Some(usize::MAX),
            signed,
            ..Selection::default()
        };
        let view = NetworkView::selected(&network, &[], &selection).expect("a view");
        for name in TABLES {
            let format = Format::named(name).expect("a format");
            let found = scores(&text_in(format, &view), name);
            assert_eq!(found.aupr.to_bits(), own.aupr.to_bits(), "{name}");
            assert_eq!(found.aupr_dream, own.aupr_dream, "{name}");
        }
    }
}

#[test]
fn signs_come_back_from_the_tables_that_have_them() {
    let (network, _) = many();
    let selection = Selection {
        top: Some(usize::MAX),
        signed: true,
        ..Selection::default()
    };
    let view = NetworkView::selected(&network, &[], &selection).expect("a view");
    for name in ["csv", "decoupler", "beeline", "celloracle", "sif"] {
        let table = text_in(Format::named(name).expect("a format"), &view);
        let list = read_edge_list(table.as_slice(), &format!("net.{name}")).expect("a list");
        assert_eq!(list.edges().len(), network.edges().len(), "{name}");
        for (read, edge) in list.edges().iter().zip(network.edges()) {
            assert_eq!(read.sign, edge.sign, "{name}");
            let target = network.genes().name(edge.target);
            assert_eq!(list.genes().name(read.target), target, "{name}");
        }
    }
}

#[test]
fn every_table_is_the_same_prior() {
    let (network, _) = many();
    let view = NetworkView::best(&network, &[], usize::MAX);
    let genes = network.genes();
    let factors = |table: &[u8], name: &str| -> Vec<Option<f64>> {
        let all = Regulators::all(genes);
        let prior = read_prior(table, name, PriorMode::Weighted, all, genes);
        let prior = prior
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .value;
        let pairs = genes.iter().flat_map(|t| genes.iter().map(move |r| (t, r)));
        pairs.map(|(t, r)| prior.penalty_factor(t, r)).collect()
    };
    let own = factors(
        &written(|sink| write_edges(&network, usize::MAX, sink)),
        "edges.tsv",
    );
    assert!(own.iter().flatten().any(|factor| *factor < 0.6));
    for name in TABLES {
        let table = text_in(Format::named(name).expect("a format"), &view);
        assert_eq!(factors(&table, name), own, "{name}");
    }
    let sif = text_in(Format::named("sif").expect("a format"), &view);
    let halves = factors(&sif, "net.sif");
    for (half, own) in halves.iter().zip(&own) {
        assert_eq!(*half == Some(0.5), *own != Some(1.0));
    }
}

#[test]
fn the_ending_of_a_file_tells_its_format() {
    let of = |name: &str| Format::of_file(name).map(|format| format.name);
    assert_eq!(of("a.b/net.GEXF"), Some("gexf"));
    assert_eq!(of("net.gv"), Some("dot"));
    assert_eq!((of("net.tsv"), of("net.csv")), (Some("csv"), Some("csv")));
    assert_eq!((of("net"), of("-"), of("net.txt")), (None, None, None));
    for format in &FORMATS {
        for ending in format.endings {
            assert_eq!(of(&format!("x.{ending}")), Some(format.name));
        }
    }
}
