//! Pictures of runs hold what the runs hold.

use faer::Mat;

use super::influence::InfluenceMap;
use super::*;
use cistron::expression::Scale;
use cistron::field::{Component, Fitted, SparseField};
use cistron::genes::Genes;
use cistron::io::{Curve, TargetPath};
use cistron::network::{Edge, Network, Selection, Sign};
use cistron::run::Run;
use cistron_truth::evaluate::{EdgeList, UniverseSettings};

const NASTY: [&str; 6] = [
    "<&>'\"/",
    "tab\tand\nline",
    "bell\u{7}\u{ffff}",
    "ß→λ遺伝子",
    "a name that is far longer than any place that a picture has for the name of a gene",
    "g",
];

fn edge(source: usize, target: usize, evidence: f64) -> Edge {
    let signs = [Sign::Activation, Sign::Repression, Sign::Unknown];
    let mut edge = Edge::new(Gene(source), Gene(target));
    edge.weight = 0.1;
    edge.sign = signs[(source + target) % 3];
    edge.probability = evidence.min(1.0);
    edge.evidence = evidence;
    edge.dynamic = evidence;
    edge.frequency = evidence.min(1.0);
    edge.sign_agreement = 1.0;
    edge.influence = evidence - 0.5;
    edge
}

fn curve(genes: usize, level: impl Fn(usize, usize) -> f64) -> Curve {
    let observed = Mat::from_fn(4, genes, &level);
    let fitted = Mat::from_fn(4, genes, |k, j| level(k, j) + 0.01 * (j * k) as f64);
    let times = vec![0.0, 1.0, 2.5, 4.0];
    let mut curve = Curve::new("series <1>".to_owned(), times, observed, fitted);
    curve.forecast = Some(Mat::from_fn(4, genes, |_, _| 1.0));
    curve
}

/// A run of these genes and edges.
fn run(names: &[&str], edges: Vec<Edge>) -> Run {
    let genes = Genes::new(names.iter().copied()).expect("distinct");
    let p = names.len();
    let component = Component {
        regulators: vec![],
        units: vec![],
        intercept: 0.0,
        decay: 1.0,
        covariates: vec![],
    };
    let field = SparseField::new(genes.clone(), Scale::IDENTITY, vec![], vec![component; p]);
    let path = TargetPath {
        target: Gene(p - 1),
        chosen: 0.1,
        lambda_ratios: vec![0.9, 0.3, 0.1, 0.03],
        regulators: (0..p)
            .map(|j| (Gene(j), vec![0.0, 0.0, 0.1 * j as f64, -0.3]))
            .collect(),
    };
    let model = Fitted::new(field.expect("sound"), vec![0.0; p], (0.0, 4.0));
    let mut run = Run::new(Network::from_edges(genes, edges).expect("sound"), model);
    run.metrics.genes = p;
    run.metrics.converged_genes = p;
    run.curves = vec![curve(p, |k, j| (k * (j + 1)) as f64)];
    run.paths = vec![path];
    run
}

fn all_of(run: &Run) -> Vec<Picture> {
    let settings = PictureSettings {
        targets: run.genes().iter().collect(),
        genes: run.genes().iter().collect(),
        ..PictureSettings::default()
    };
    run_pictures(run, &settings)
}

fn of<'a>(pictures: &'a [Picture], file: &str) -> &'a Picture {
    let found = pictures.iter().find(|picture| picture.file == file);
    found.expect("the picture is there")
}

/// Reads the picture as XML, and draws it.
fn sound(picture: &Picture) {
    let svg = picture.svg();
    let mut reader = quick_xml::Reader::from_str(&svg);
    while reader.read_event().expect("well-formed") != quick_xml::events::Event::Eof {}
    assert!(!picture.svg().contains("NaN") && !picture.svg().contains("inf\""));
    assert!(!picture.title.is_empty() && !picture.description.is_empty());
    let (file, bytes) = picture.png().expect("it can be drawn");
    assert!(file.ends_with(".png"));
    let map = tiny_skia::Pixmap::decode_png(&bytes).expect("a PNG");
    let size = format!(
        "width=\"{}\" height=\"{}\"",
        map.width() / 2,
        map.height() / 2
    );
    assert!(picture.svg().contains(&size), "{}: {size}", picture.file);
}

#[test]
fn every_run_has_its_pictures_and_each_is_sound() {
    let edges = vec![
        edge(0, 1, 1.0),
        edge(1, 0, 0.8),
        edge(2, 2, 0.6),
        edge(3, 4, 0.4),
    ];
    let pictures = all_of(&run(&NASTY, edges));
    let files: Vec<&str> = pictures.iter().map(|one| one.file.as_str()).collect();
    assert_eq!(
        files[..4],
        ["network.svg", "stability.svg", "influence.svg", "fits.svg"]
    );
    assert_eq!(files.len(), 4 + 6 + 6);
    pictures.iter().for_each(sound);
    let distinct: BTreeSet<&str> = files.iter().copied().collect();
    assert_eq!(distinct.len(), files.len(), "{files:?}");
}

#[test]
fn a_run_of_one_gene_without_edges_has_sound_pictures_that_say_so() {
    let pictures = all_of(&run(&["g"], vec![]));
    pictures.iter().for_each(sound);
    for file in ["network.svg", "stability.svg"] {
        assert!(
            of(&pictures, file)
                .svg()
                .contains("The network has no edges.")
        );
    }
    assert!(
        of(&pictures, "influence.svg")
            .svg()
            .contains("The model has no edges")
    );
}

#[test]
fn missing_infinite_and_constant_levels_are_drawn_as_far_as_they_are_numbers() {
    let mut run = run(&["a", "b", "c"], vec![]);
    let level = |k: usize, j: usize| match (k, j) {
        (1, 0) => f64::NAN,
        (2, 0) => f64::INFINITY,
        (_, 1) => 3.0,
        (_, 2) => f64::NAN,
        _ => 1.0 + k as f64,
    };
    run.curves = vec![curve(3, level)];
    let pictures = all_of(&run);
    pictures.iter().for_each(sound);
    let dots = of(&pictures, "gene_a.svg").svg().matches("<circle").count();
    // two samples, and three in the legend
    assert_eq!(dots, 2 + 3);
    run.curves.clear();
    all_of(&run).iter().for_each(sound);
    run.paths.clear();
    all_of(&run).iter().for_each(sound);
}

#[test]
fn the_drawing_has_one_line_per_edge_and_one_box_per_gene_of_an_edge() {
    let edges: Vec<Edge> = (1..5).map(|j| edge(0, j, 1.0 / j as f64)).collect();
    let run = run(&["a", "b", "c", "d", "e", "alone"], edges);
    let svg = |top, isolated| {
        let selection = Selection {
            top,
            isolated,
            ..Selection::default()
        };
        let settings = PictureSettings {
            selection,
            ..PictureSettings::default()
        };
        of(&run_pictures(&run, &settings), "network.svg").svg()
    };
    let all = svg(None, false);
    assert_eq!(all.matches("<path").count(), 4);
    // the ground, one in the legend, one per gene
    assert_eq!(all.matches("<rect").count(), 1 + 1 + 5);
    assert!(!all.contains("alone") && all.contains("<title>a represses b: rank 1"));
    let two = svg(Some(2), false);
    assert_eq!(two.matches("<path").count(), 2);
    assert_eq!(two.matches(">e</text>").count(), 0);
    // genes without an edge only where they are wished for
    assert!(svg(None, true).contains(">alone</text>"));
}

/// A drawing of a run in which these numbers of edges are expected to be false.
fn drawing(edges: usize, share: f64) -> Picture {
    let names: Vec<String> = (0..=edges).map(|gene| format!("g{gene}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let edges = (1..=edges).map(|rank| {
        let mut one = edge(0, rank, 1.0 / rank as f64);
        one.probability = 1.0 - share;
        one.expected_false = share * rank as f64;
        one
    });
    let pictures = run_pictures(&run(&names, edges.collect()), &PictureSettings::default());
    of(&pictures, "network.svg").clone()
}

#[test]
fn where_no_edge_stands_out_twenty_are_drawn_in_grey_under_a_banner() {
    let colours = ["#0072b2", "#d55e00"];
    let sure = drawing(30, 0.1);
    assert!(colours.iter().all(|colour| sure.svg().contains(colour)));
    assert_eq!(sure.svg().matches("<path").count(), 30);
    assert!(!sure.svg().contains("No edge stands out"));
    let about = "The 30 of 30 candidate edges that stand out; expected number of false edges among them: 3.0.";
    assert!(sure.description.contains(about), "{}", sure.description);

    let uncertain = drawing(30, 0.5);
    let svg = uncertain.svg();
    assert!(!colours.iter().any(|colour| svg.contains(colour)), "{svg}");
    assert_eq!(svg.matches("<path").count(), 20);
    assert!(
        svg.contains(">No edge stands out: more than 20 % "),
        "{svg}"
    );
    assert!(uncertain.description.starts_with("No edge stands out: "));
    assert!(
        !uncertain
            .description
            .contains("Genes with the most targets")
    );
    sound(&uncertain);
}

#[test]
fn of_very_many_edges_that_stand_out_the_best_hundred_are_drawn() {
    let many = drawing(120, 0.1);
    assert_eq!(many.svg().matches("<path").count(), 100);
    let about = "The top 100 of 120 that stand out, of 120 candidate edges";
    assert!(many.description.contains(about), "{}", many.description);
}

#[test]
fn the_map_brings_blocks_together_and_keeps_every_influence() {
    let names: Vec<String> = (0..12).map(|j| format!("g{j}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut edges = Vec::new();
    for source in 0..6 {
        for target in 6..12 {
            if source % 2 == target % 2 {
                edges.push(edge(source, target, 1.0));
            }
        }
    }
    let run = run(&names, edges);
    let map = InfluenceMap::new(&run.network).expect("influences");
    let parity = |genes: &[Gene]| {
        let changes = genes
            .windows(2)
            .filter(|pair| pair[0].0 % 2 != pair[1].0 % 2);
        changes.count()
    };
    assert_eq!((parity(&map.targets), parity(&map.regulators)), (1, 1));
    for (i, target) in map.targets.iter().enumerate() {
        for (j, source) in map.regulators.iter().enumerate() {
            let expected = if source.0 % 2 == target.0 % 2 {
                0.5
            } else {
                0.0
            };
            assert_eq!(map.cells[i][j], expected);
        }
    }
}

#[test]
fn genes_are_ordered_by_their_error_relative_to_their_spread() {
    let names = ["exact", "far", "near", "constant"];
    let mut run = run(&names, vec![]);
    let level = |k: usize, j: usize| if j == 3 { 2.0 } else { (k * k) as f64 };
    run.curves = vec![curve(4, level)];
    let shift = [0.0, 3.0, 0.5, 1.0];
    run.curves[0].fitted = Mat::from_fn(4, 4, |k, j| level(k, j) + shift[j]);
    let pictures = all_of(&run);
    let svg = of(&pictures, "fits.svg").svg();
    let at = |text: &str| svg.find(text).unwrap_or_else(|| panic!("{text} in {svg}"));
    assert!(
        at(">far: 0.86 sd") < at(">near: 0.14 sd") && at(">near: 0.14 sd") < at(">exact: 0.00 sd")
    );
    assert!(!svg.contains(">constant"));
}

#[test]
fn every_gene_has_short_file_names_of_its_own_whatever_else_is_drawn() {
    let long = "x".repeat(300);
    let names = [
        "a.b",
        "a_b",
        "A-B",
        "a_b_2",
        &long,
        &format!("{long}y"),
        "µ",
    ];
    let run = run(&names, vec![]);
    let mut files = Vec::new();
    for gene in run.genes().iter() {
        let settings = PictureSettings {
            targets: vec![gene],
            genes: vec![gene],
            ..PictureSettings::default()
        };
        let pictures = run_pictures(&run, &settings);
        let own = pictures
            .iter()
            .filter(|p| p.file.starts_with("gene_") || p.file.starts_with("path_"));
        files.extend(own.map(|picture| picture.file.clone()));
    }
    assert_eq!(files.len(), 2 * names.len());
    assert!(files.iter().all(|file| file.len() < 150));
    files.sort();
    files.dedup();
    assert_eq!(files.len(), 2 * names.len(), "{files:?}");
}

#[test]
fn a_path_names_the_strongest_regulators_and_marks_the_chosen_lambda() {
    let run = run(&["a", "b", "c", "t"], vec![edge(0, 3, 1.0)]);
    let picture = &run_pictures(&run, &PictureSettings::default())[4];
    assert_eq!(picture.file, "path_t.svg");
    assert!(picture.svg().contains("chosen by held-out data"));
    for name in ["a", "b", "c", "t"] {
        assert!(picture.svg().contains(&format!(">{name}</text>")), "{name}");
    }
    assert!(
        picture.description.contains("the strongest are t, c, b"),
        "{}",
        picture.description
    );
}

#[test]
fn rankings_are_drawn_with_their_areas_beside_the_random_line() {
    let gold =
        cistron_truth::io::read_gold("a b +\nb c -\n".as_bytes(), "gold").expect("a gold standard");
    let ranking = |text: &str| {
        let list: EdgeList =
            cistron_truth::io::read_edge_list(text.as_bytes(), "edges").expect("edges");
        Ranking::new(&gold, &list, &UniverseSettings::default()).expect("the same genes")
    };
    let settings = PictureSettings {
        rankings: vec![
            ("cistron".to_owned(), ranking("a b 3\nb c 2\nc a 1\n")),
            ("peer <1>".to_owned(), ranking("c a 3\nb c 2\n")),
        ],
        ..PictureSettings::default()
    };
    let pictures = run_pictures(&run(&["a", "b", "c"], vec![]), &settings);
    let curves = [
        of(&pictures, "precision_recall.svg"),
        of(&pictures, "roc.svg"),
    ];
    curves.into_iter().for_each(sound);
    assert!(curves[0].svg().contains("AUPR 1.000") && curves[1].svg().contains("AUROC 1.000"));
    assert!(curves[0].svg().contains("AUPR 0.333") && curves[1].svg().contains("AUROC 0.500"));
    assert!(curves[0].svg().contains("peer &lt;1&gt;"));
    assert!(curves[0].description.contains("2 true edges among 6 pairs"));
}

#[test]
fn a_thousand_genes_are_drawn_in_seconds() {
    let names: Vec<String> = (0..1_000).map(|j| format!("gene{j}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let pairs = (0..100).flat_map(|source| (0..1_000).map(move |target| (source, target)));
    let edges = pairs.map(|(source, target)| {
        let mixed = (source * 7_919 + target * 104_729) % 99_991;
        edge(source, target, (mixed + 1) as f64 / 99_991.0)
    });
    let mut run = run(&names, edges.collect());
    run.curves = (0..10)
        .map(|_| curve(1_000, |k, j| ((k * j) as f64).sin() + 2.0))
        .collect();
    let start = std::time::Instant::now();
    let pictures = run_pictures(&run, &PictureSettings::default());
    for picture in &pictures {
        picture.png().expect("it can be drawn");
    }
    let taken = start.elapsed();
    assert!(taken.as_secs_f64() < 10.0, "{taken:?}");
    let selection = Selection {
        top: Some(1_000),
        ..Selection::default()
    };
    let settings = PictureSettings {
        selection,
        ..PictureSettings::default()
    };
    let pictures = run_pictures(&run, &settings);
    let lines = of(&pictures, "network.svg").svg().matches("<path").count();
    assert_eq!(lines, 1_000);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let edges = vec![edge(0, 1, 1.0), edge(1, 2, 0.9)];
    let run = run(&["a", "b", "c"], edges);
    assert_eq!(all_of(&run), all_of(&run));
}
