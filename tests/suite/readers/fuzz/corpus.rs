//! Small valid files, each with the reader that is meant for it.

use std::fs;
use std::path::Path;

use cistron::expression::{Data, Expression, Scale};
use cistron::genes::Genes;
use cistron::io::read::pair_list::read_pairs;
use cistron::io::read::pairs::{PairOptions, PairUse};
use cistron::io::read::{read_half_lives, read_loci};
use cistron::io::text::{TextOptions, read_sif};
use cistron::io::{
    Orientation, SeriesOptions, SteadyRows, choose_regulators, read_activities, read_batch,
    read_beeline, read_curves, read_edges, read_groups, read_interventions, read_known_pairs,
    read_metrics, read_model, read_names, read_nodes, read_paths, read_prior, read_series,
    read_states, read_steady_states, read_times,
};
use cistron::prior::{PriorMode, Regulators};
use cistron::run::Settings;
use cistron_truth::io::{read_known_network, read_perturbed_states, read_scored_edges};
use cistron_truth::simulate::Model;

/// What readers of tables beside the data are told of these.
pub(super) struct Known {
    pub(super) genes: Genes,
    pub(super) expression: Expression,
}

/// A file and its reader, which says whether the file is sound.
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) read: Reader,
}

const SERIES: &str = "series\ttime\tcondition\tA\tB\tC\nx\t0\tc\t1\t2\t0.5\nx\t1\tc\t2\t1.5\t0.7\nx\t2\td\t3\t1\t0.9\n\
                      x\t3\td\t3.5\t0.5\t0.4\ny\t0\tc\t1\t2\t0.5\ny\t1\tc\t0.2\t2.5\t1.7\ny\t2\tc\tNA\t3\t1.9\n\
                      y\t3\tc\t0.1\t3.5\t1.4\n";

pub(super) fn known() -> Known {
    let read = read_series(SERIES.as_bytes(), "f", None, &SeriesOptions::default());
    let expression = read.expect("a table of series").value;
    Known {
        genes: expression.genes().clone(),
        expression,
    }
}

fn series(bytes: &[u8], genes: Orientation) -> bool {
    let mut options = SeriesOptions::default();
    options.genes = genes;
    read_series(bytes, "f", None, &options).is_ok()
}

fn steady(bytes: &[u8], known: &Known) -> bool {
    let read = |rows| read_steady_states(bytes, "s", rows, &known.genes).is_ok();
    let (wild_type, some) = (read(SteadyRows::WildType), read(SteadyRows::Multifactorial));
    read(SteadyRows::Changed { level: 0.0 }) || wild_type || some
}

fn prior(bytes: &[u8], known: &Known) -> bool {
    let read = |mode| {
        let all = Regulators::all(&known.genes);
        read_prior(bytes, "p", mode, all, &known.genes).is_ok()
    };
    let forbidden = read(PriorMode::Forbidden);
    read(PriorMode::Weighted) || forbidden
}

fn pairs(bytes: &[u8], known: &Known) -> bool {
    let options = PairOptions::default();
    let with_genes = read_known_network(bytes, "p", &options, Some(&known.genes)).is_ok();
    let ranked = read_scored_edges(bytes, "p", &options).is_ok();
    let plain = read_pairs(bytes, "p", PairUse::Known, &options, None).is_ok();
    with_genes || ranked || plain || read_sif(bytes, "p").is_ok()
}

fn names(bytes: &[u8], known: &Known) -> bool {
    read_names(bytes, "n").is_ok_and(|names| choose_regulators(&names, "n", &known.genes).is_ok())
}

pub(super) type Reader = fn(&[u8], &Known) -> bool;

/// Files as people have them.
const FILES: &[(&str, &str, Reader)] = &[
    ("series", SERIES, |b, _| series(b, Orientation::Auto)),
    (
        "series with names of samples",
        "gene,WT_0h_rep1,WT_0h_rep2,WT_2h_rep1,WT_2h_rep2,ko_0h_rep1\nA,1,2,3,4,5\nB,2,1.5,2,2,1\nC,0,1,\"2\",3,NA\n",
        |b, _| series(b, Orientation::Auto),
    ),
    (
        "series across",
        "Time\t0\t1\t2.5\t4\nA\t1\t2\t3\t4\nB\t5\t4\t3\t2\n",
        |b, _| series(b, Orientation::Rows),
    ),
    (
        "tidy table",
        "gene;time;value;series\nA;0;1,5;x\nA;1;2,5;x\nB;0;1,25;x\nB;1;3;x\n",
        |b, _| series(b, Orientation::Columns),
    ),
    (
        "series matrix",
        "!Series_title\t\"x\"\n!Sample_geo_accession\t\"S1\"\t\"S2\"\t\"S3\"\n!series_matrix_table_begin\n\
         \"ID_REF\"\t\"S1\"\t\"S2\"\t\"S3\"\n\"A\"\t1\t2\t3\n\"B\"\t3\t2\t1\n!series_matrix_table_end\n",
        |b, _| {
            let times = read_times(&b"sample\ttime\nS1\t0\nS2\t1\nS3\t2\n"[..], "t");
            let times = times.expect("a table of times").value;
            read_series(b, "f", Some(&times), &SeriesOptions::default()).is_ok()
        },
    ),
    (
        "times",
        "sample\ttime\tseries\tcondition\ns1\t0 h\tx\tc\ns2\t2 h\tx\tc\ns3\t1 d\ty\td\n",
        |b, _| read_times(b, "t").is_ok(),
    ),
    (
        "steady states",
        "perturbed\tlevel\tA\tB\tC\nWT\t1\t1\t2\t3\nA\t0\t0\t2\t3\nA+B\t0.5\t0.1\t0.2\t3\n",
        steady,
    ),
    (
        "mutants across",
        ",WT,A_KO,siB,ΔC\nA,1,0,2,3\nB,1,2,0,3\nC,1,2,3,0\n",
        steady,
    ),
    (
        "prior",
        "tf\ttarget\tconfidence\tmor\nA\tB\tA\t1\nB\tC\tC\t-1\nC\tA\tB\t1\n",
        prior,
    ),
    (
        "matrix of pairs",
        "regulator,A,B,C\nA,0,1,-1\nB,0.5,0,0\nC,1,1,0\n",
        prior,
    ),
    (
        "pairs",
        "source,target,weight,sign,pvalue\nA,B,0.9,+,0.01\nB,C,0.5,-,0.2\nC,A,1e-3,?,1\n",
        pairs,
    ),
    (
        "pairs by arrows",
        "A -> B\nB -| C\nC\tactivates\tA\n",
        pairs,
    ),
    ("names", "# regulators\nA, B\nC\n", names),
    (
        "table of names",
        "gene,family,is_TF\nA,bZIP,1\nB,HD,0\n",
        names,
    ),
    (
        "interventions",
        "series\tgene\tkind\tlevel\tt_on\tt_off\nx\tA\tko\t\t1\t2\ny\tB\tset\t0.5\t\t2\n",
        |b, known| read_interventions(b, "i", &known.expression).is_ok(),
    ),
    (
        "batch",
        "sample\tgene\tkind\tlevel\tt_on\tt_off\n1\tA\tko\t\t\t\n1\tB\toe\t2\t1\t2\n2\tC\tset\t0.5\t\t\n",
        |b, known| read_batch(b, "b", &known.genes, Scale::IDENTITY).is_ok(),
    ),
    (
        "half-lives",
        "gene,half_life (min)\nA,5\nB,\"1,440\"\nC,\n",
        |b, known| {
            let text = TextOptions::default();
            read_half_lives(b, "h", text, &known.genes, Some("hours")).is_ok()
        },
    ),
    (
        "loci",
        "gene\tchromosome\tposition\nA\tI\t100\nB\tI\t2,500\nC\tII\t7\n",
        |b, _| read_loci(b, "l").is_ok(),
    ),
    (
        "cells",
        ",c1,c2,c3,c4\nA,1,0,2,3\nB,0,1,2,3\nC,5,4,3,2\n",
        |b, _| {
            let times = b",PseudoTime1,PseudoTime2\nc1,0,NA\nc2,0.1,0.2\nc3,0.2,0.3\nc4,1,1\n";
            read_beeline(b, "e", &times[..], "p").is_ok()
        },
    ),
    (
        "pseudotime",
        ",PseudoTime1,PseudoTime2\nc1,0,NA\nc2,0.1,0.2\nc3,0.2,0.3\nc4,1,1\n",
        |b, _| {
            let cells = b",c1,c2,c3,c4\nA,1,0,2,3\nB,0,1,2,3\nC,5,4,3,2\n";
            read_beeline(&cells[..], "e", b, "p").is_ok()
        },
    ),
    (
        "measured states",
        "sample\tperturbed\tA\tB\n1\tA\t0\t1\n2\t\t1\t2\n3\tA+B\t0\t0.1\n",
        |b, _| read_perturbed_states(b, "m").is_ok(),
    ),
    (
        "model of a simulation",
        "name = \"two\"\n\
         time_unit = \"min\"\n\
         seed = 1\n\
         [defaults]\n\
         basal = 0.1\n\
         maximal = 1.0\n\
         mrna_half_life = 2.0\n\
         translation = 1.0\n\
         protein_half_life = 10.0\n\
         k = 1.0\n\
         n = 2.0\n\
         [series]\n\
         design = { kind = \"relaxation\", lead = 4.0 }\n\
         count = 1\n\
         points = 5\n\
         interval = 6.0\n\
         [[gene]]\n\
         name = \"A\"\n\
         basal = 0.5\n\
         [[gene]]\n\
         name = \"B\"\n\
         rule = \"A and not B\"\n\
         sites = { A = { k = 0.5 } }\n",
        |b, _| Model::read("m", &String::from_utf8_lossy(b)).is_ok(),
    ),
];

/// Files of a run, with the reader of each.
const RUN_FILES: &[(&str, Reader)] = &[
    ("edges.tsv", |b, known| {
        read_edges(b, "e", &known.genes).is_ok()
    }),
    ("nodes.tsv", |b, known| {
        read_nodes(b, "n", &known.genes).is_ok()
    }),
    ("curves.tsv", |b, known| {
        read_curves(b, "c", &known.genes).is_ok()
    }),
    ("paths.tsv", |b, known| {
        read_paths(b, "p", &known.genes).is_ok()
    }),
    ("groups.tsv", |b, known| {
        read_groups(b, "g", &known.genes).is_ok()
    }),
    ("states.tsv", |b, known| {
        let activities = read_activities(b, "a", &known.genes).is_ok();
        let pairs = read_known_pairs(b, "k", &known.genes).is_ok();
        read_states(b, "s", &known.genes).is_ok() || activities || pairs
    }),
    ("metrics.json", |b, _| read_metrics(b, "m").is_ok()),
    ("model.json", |b, _| read_model(b, "m").is_ok()),
];

/// All files and their readers.
pub(super) fn inputs(known: &Known, folder: &Path) -> Vec<Input> {
    let mut settings = Settings::default();
    settings.fit.pairs = 1;
    let data = Data::from(known.expression.clone());
    let run = cistron::infer(&data, &settings).expect("eight samples");
    run.write(folder).expect("a folder");
    let of_run = RUN_FILES.iter().map(|&(name, read)| {
        let bytes = fs::read(folder.join(name)).expect("written");
        Input { name, bytes, read }
    });
    let files = FILES.iter().map(|&(name, text, read)| Input {
        name,
        bytes: text.as_bytes().to_vec(),
        read,
    });
    files.chain(of_run).collect()
}
