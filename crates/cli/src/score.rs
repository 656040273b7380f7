//! `cistron score EDGES GOLD`

use std::error::Error;
use std::path::PathBuf;

use cistron::io::read_names;
use cistron_truth::evaluate::{EdgeList, Ranking, Scores, SignScores, Universe, UniverseSettings};
use cistron_truth::io::{read_gold, read_scored_edges, write_curve};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::files;
use super::score_perturb::{self, PerturbArgs};

/// Score a ranked list of edges against a known network, or predicted against measured states.
///
/// Self edges are ignored. Pairs that the list leaves out count as tied last. A gold standard that
/// lists non-edges (column `edge` of 0 and 1) is judged on its listed pairs only.
#[derive(Args)]
pub(crate) struct ScoreArgs {
    /// Edges: regulator, target, score, perhaps sign; the larger the score, the surer. Tables of
    /// decoupler, SCENIC, BEELINE, CellOracle and DREAM are read as they are; a column `weight`
    /// with values below 0 ranks by size, and its sign is the sign. `-` reads the standard input.
    edges: PathBuf,
    /// The known network: 0/1 for all pairs, true edges with signs, or BEELINE's refNetwork.csv.
    gold: PathBuf,
    /// Judge only pairs whose regulator is named in this file.
    #[arg(long, value_name = "FILE")]
    regulators: Option<PathBuf>,
    /// Pairs to judge if the gold standard lists true edges only.
    #[arg(long, value_enum, default_value = "auto")]
    universe: UniverseArg,
    /// Show BEELINE's precision-recall area by the trapezoid rule too (JSON always has it).
    #[arg(long)]
    trapezoid: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Write the points of the precision-recall and ROC curves to this file.
    #[arg(long, value_name = "FILE.tsv")]
    curve: Option<PathBuf>,
    #[command(flatten)]
    perturb: PerturbArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum UniverseArg {
    /// The same as all.
    Auto,
    /// All ordered pairs of different genes of the gold standard.
    All,
    /// Only pairs whose regulator has a true edge.
    Regulators,
}

impl From<UniverseArg> for Universe {
    fn from(chosen: UniverseArg) -> Self {
        match chosen {
            UniverseArg::Auto => Self::Auto,
            UniverseArg::All => Self::All,
            UniverseArg::Regulators => Self::Regulators,
        }
    }
}

pub(crate) fn run(args: &ScoreArgs) -> Result<(), Box<dyn Error>> {
    if args.perturb.perturb {
        return score_perturb::run(&args.perturb, (&args.edges, &args.gold), args.json);
    }
    let list = match &args.edges {
        folder if folder.is_dir() => folder.join("edges.tsv"),
        file => file.clone(),
    };
    let (edges, gold) = (list.display(), args.gold.display());
    let read = read_scored_edges(files::open(&list)?, &edges.to_string())?;
    read.notes.iter().for_each(|note| files::note(note));
    let list = read.value;
    let known = read_gold(files::open(&args.gold)?, &gold.to_string())?;
    let settings = UniverseSettings {
        universe: args.universe.into(),
        regulators: match &args.regulators {
            None => None,
            Some(path) => {
                let name = path.display().to_string();
                Some(read_names(files::open(path)?, &name)?)
            }
        },
    };
    let ranking = Ranking::new(&known, &list, &settings)
        .map_err(|error| format!("{edges} against {gold}: {error}"))?;
    warn_of_doubtful(&ranking, &list);
    if let Some(path) = &args.curve {
        files::replace(path, |sink| write_curve(&ranking, sink))?;
    }
    let scores = Scores::new(&ranking);
    let text = if args.json {
        let report = JsonReport {
            edges: edges.to_string(),
            gold: gold.to_string(),
            n_self: ranking.self_edges(),
            n_outside: ranking.outside(),
            scores,
        };
        serde_json::to_string(&report)? + "\n"
    } else {
        let title = format!("{edges} against {gold}");
        text_report(&title, &ranking, &scores, args.trapezoid)
    };
    files::print(&text)
}

/// The scores and what they are about.
#[derive(Serialize)]
struct JsonReport {
    edges: String,
    gold: String,
    #[serde(flatten)]
    scores: Scores,
    n_self: usize,
    n_outside: usize,
}

/// Says what makes scores doubtful without making them wrong.
fn warn_of_doubtful(ranking: &Ranking, list: &EdgeList) {
    let negative = list.edges().iter().filter(|edge| edge.score < 0.0).count();
    if negative > 0 {
        files::note(&format!(
            "{negative} of {} scores are negative and rank below zero; if negative means \
             repression, call the column `weight`, or give the absolute value as score and a column \
             `sign`",
            list.edges().len()
        ));
    }
    if ranking.predicted() == 0 {
        files::note("none of the pairs to judge is in the list: all of them are tied");
    }
}

/// Name, value, remark.
type Line = (&'static str, String, String);

fn text_report(title: &str, ranking: &Ranking, scores: &Scores, trapezoid: bool) -> String {
    let measures = measure_lines(scores)
        .into_iter()
        .filter(|line| trapezoid || line.0 != TRAPEZOID);
    let mut text = format!("{title}\n");
    for (name, value, remark) in count_lines(ranking).into_iter().chain(measures) {
        text += format!("  {name:<20}{value:>9}   {remark}").trim_end();
        text += "\n";
    }
    text
}

fn count_lines(ranking: &Ranking) -> Vec<Line> {
    let (own, outside) = (ranking.self_edges(), ranking.outside());
    let chance = format!("{:.2} % of the pairs", 100.0 * ranking.density());
    let ignored = format!("self edges {own}, other pairs not judged {outside}");
    let left_out = ranking.pairs() - ranking.predicted();
    vec![
        ("pairs judged", ranking.pairs().to_string(), String::new()),
        ("true edges", ranking.edges().to_string(), chance),
        (
            "left out of list",
            left_out.to_string(),
            "they count as tied last".to_owned(),
        ),
        ("ignored", (own + outside).to_string(), ignored),
    ]
}

const TRAPEZOID: &str = "AUPR, trapezoid";

fn measure_lines(scores: &Scores) -> Vec<Line> {
    let times = |ratio: f64| format!("{ratio:.2} times chance");
    let early = format!(
        "{}, among the best {}",
        times(scores.early_precision_ratio),
        scores.edges
    );
    let listed = "ties in the order of the list";
    let mut lines: Vec<Line> = vec![
        ("AUPR", number(scores.aupr), times(scores.aupr_ratio)),
        (
            TRAPEZOID,
            number(scores.aupr_trapezoid),
            "as BEELINE does".to_owned(),
        ),
        ("AUROC", number(scores.auroc), "chance is 0.5".to_owned()),
        ("early precision", number(scores.early_precision), early),
        ("AUPR, DREAM", number(scores.aupr_dream), listed.to_owned()),
        (
            "AUROC, DREAM",
            number(scores.auroc_dream),
            listed.to_owned(),
        ),
    ];
    lines.extend(sign_lines(&scores.signs));
    lines
}

/// Four decimals, or two digits and the power of ten if that would hide the value.
fn number(value: f64) -> String {
    if value > 0.0 && value < 1e-3 {
        format!("{value:.1e}")
    } else {
        format!("{value:.4}")
    }
}

fn sign_lines(signs: &SignScores) -> [Line; 2] {
    let line = |name, share: Option<f64>, compared, place| match share {
        Some(share) => {
            let remark = format!("of {compared} true edges {place}");
            (name, number(share), remark)
        }
        None => (name, "-".to_owned(), "no sign to compare".to_owned()),
    };
    [
        line(
            "correct signs, best",
            signs.top,
            signs.top_compared,
            "among the best",
        ),
        line(
            "correct signs, all",
            signs.all,
            signs.all_compared,
            "in the list",
        ),
    ]
}
