//! `cistron score`: a ranked list of edges against a known network.

use std::error::Error;
use std::path::{Path, PathBuf};

use cistron::genes::{Genes, NameMatch};
use cistron::io::read::pair_words::ScoreOrder;
use cistron::io::read::pairs::PairOptions;
use cistron::io::text::{DecimalSign, TextOptions, name_some};
use cistron::io::{Orientation, ReadError, Reading, read_names};
use cistron_truth::evaluate::{EdgeList, Ranking, Scores, Universe, UniverseSettings};
use cistron_truth::io::{read_known_network, read_scored_edges, write_curve};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::files;
use crate::input_words::DecimalMark;
use crate::judged_pairs::{Judged, JudgedList, judged_pairs};
use crate::score_perturb::{self, PredictionArgs, StateTables};
use crate::side::Side;

const EXAMPLES: &str = "\
Examples:
  cistron score RUN known.tsv                                the edges of a run against known ones
  cistron score genie3.tsv known.tsv --score-column 3        another program's list
  cistron score RUN known.tsv --curve curve.tsv              with the points of both curves
  cistron score --perturb ANSWER measured.tsv                predicted against measured mutants";

/// Score a ranked list of edges against a known network, or predicted against measured states.
///
/// Self edges are ignored. Pairs that are not in the list are tied last. If the gold standard lists
/// non-edges (column `edge` of 0 and 1), only the listed pairs are scored.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ScoreArgs {
    /// Edges: regulator, target, score and optionally sign; a larger score means more certain.
    /// Tables of decoupler, SCENIC, BEELINE, CellOracle and DREAM are read too. A column `weight`
    /// with values below 0 is ranked by absolute value, and its sign is the sign of the edge. `-`
    /// reads the standard input.
    edges: PathBuf,
    /// The known network: 0/1 for all pairs, true edges with signs, or BEELINE's refNetwork.csv.
    gold: PathBuf,
    /// Score only pairs whose regulator is named in this file.
    #[arg(long, value_name = "FILE")]
    regulators: Option<PathBuf>,
    /// Pairs to score if the gold standard lists true edges only.
    #[arg(long, value_enum, default_value = "auto")]
    universe: UniverseArg,
    /// The column of EDGES that ranks, by name or number; default: recognised, and printed
    #[arg(long, value_name = "COLUMN")]
    score_column: Option<String>,
    /// Which numbers of that column are the surest; default: the smallest of p-values and ranks, the largest of
    /// others
    #[arg(long, value_enum, value_name = "ORDER", requires = "score_column")]
    best: Option<BestArg>,
    /// The column of GOLD that says which pairs are edges, by name or number, or `none` if all pairs are; default:
    /// recognised, and printed
    #[arg(long, value_name = "COLUMN")]
    edge_column: Option<String>,
    /// Decimal sign of the numbers in both lists (the other sign separates thousands); default: recognised
    #[arg(long, value_name = "SIGN")]
    decimal: Option<DecimalMark>,
    /// Which side of a matrix names the regulators; default: recognised
    #[arg(long, value_enum, value_name = "SIDE")]
    matrix_regulators: Option<Side>,
    /// Also print BEELINE's precision-recall area by the trapezoid rule (JSON always includes it).
    #[arg(long)]
    trapezoid: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Write the points of the precision-recall and ROC curves to this file.
    #[arg(long, value_name = "FILE.tsv")]
    curve: Option<PathBuf>,
    #[command(flatten)]
    prediction: PredictionArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum BestArg {
    /// The smallest numbers.
    Smallest,
    /// The largest numbers.
    Largest,
}

impl From<BestArg> for ScoreOrder {
    fn from(best: BestArg) -> Self {
        match best {
            BestArg::Smallest => Self::Ascending,
            BestArg::Largest => Self::Descending,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum UniverseArg {
    /// The same as all.
    Auto,
    /// All ordered pairs of different genes of the gold standard.
    All,
    /// Only pairs whose regulator has a true edge.
    Regulators,
    /// Only pairs whose regulator and whose target have a true edge: for networks of which only some
    /// edges are known.
    Known,
}

impl From<UniverseArg> for Universe {
    fn from(chosen: UniverseArg) -> Self {
        match chosen {
            UniverseArg::Auto => Self::Auto,
            UniverseArg::All => Self::All,
            UniverseArg::Regulators => Self::Regulators,
            UniverseArg::Known => Self::Known,
        }
    }
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &ScoreArgs) -> Result<(), Box<dyn Error>> {
    if args.prediction.perturb {
        let tables = StateTables {
            predicted: &args.edges,
            measured: &args.gold,
        };
        return score_perturb::run(&args.prediction, &tables, args.json);
    }
    let of_run = args.edges.is_dir();
    let path = if of_run {
        args.edges.join("edges.tsv")
    } else {
        args.edges.clone()
    };
    let (edges, gold) = (path.display(), args.gold.display());
    let options = args.pair_options();
    let read = if of_run {
        files::read_part(&args.edges, "edges.tsv", |input, name| {
            read_scored_edges(input, name, &options).map_err(ReadError::in_run)
        })
    } else {
        files::read_listed(&path, |input, name| {
            read_scored_edges(input, name, &options)
        })
    };
    let list = noted(read?);
    let known = noted(files::read(&args.gold, |input, name| {
        read_known_network(input, name, &options, Some(list.genes()))
    })?);
    refuse_other_capitals(known.genes(), list.genes(), &args.gold)?;
    let regulators = args.regulators.as_ref();
    let regulators = regulators.map(|path| files::read(path, read_names));
    let settings = UniverseSettings {
        universe: args.universe.into(),
        regulators: regulators.transpose()?,
        ..UniverseSettings::default()
    };
    let judged = judged_pairs(&known, &list, &settings)
        .map_err(|error| format!("{edges} against {gold}: {error}"))?;
    let Judged { ranking, .. } = &judged.first;
    if ranking.predicted() == 0 {
        return Err(format!(
            "{edges} against {gold}: the list contains none of the scored pairs: its genes are {}, those of the known \
             network {}; give a list and a network of the same genes",
            name_some(list.genes().names()),
            name_some(known.genes().names())
        )
        .into());
    }
    note_negative(&list);
    if let Some(path) = &args.curve {
        files::replace(path, |sink| write_curve(ranking, sink))?;
    }
    if args.json {
        return files::print_json(&EdgeScoreJson::new(
            edges.to_string(),
            gold.to_string(),
            judged,
        ));
    }
    let title = format!("{edges} against {gold}");
    files::print(&text_report(&title, &judged, args.trapezoid))
}

/// The value of a reading; how it was read is printed.
fn noted<T>(reading: Reading<T>) -> T {
    reading.notes.iter().for_each(|note| files::note(note));
    reading.warnings.iter().for_each(|text| files::warn(text));
    reading.value
}

impl ScoreArgs {
    fn pair_options(&self) -> PairOptions {
        PairOptions {
            score_column: self.score_column.clone(),
            direction: self.best.map(ScoreOrder::from),
            edge_column: self.edge_column.clone(),
            text: TextOptions {
                decimal: self.decimal.map(DecimalSign::from),
                ..TextOptions::default()
            },
            matrix_regulators: self
                .matrix_regulators
                .map_or(Orientation::Auto, Orientation::from),
            ..PairOptions::default()
        }
    }
}

/// The scores of a list of edges with the files that were compared.
#[derive(Serialize)]
struct EdgeScoreJson {
    edges: String,
    gold: String,
    judged: &'static str,
    #[serde(flatten)]
    scores: Scores,
    n_self: usize,
    n_outside: usize,
    other: Option<OtherScoreJson>,
}

impl EdgeScoreJson {
    fn new(edges: String, gold: String, judged: JudgedList) -> Self {
        let JudgedList { first, other } = judged;
        Self {
            edges,
            gold,
            judged: first.pairs,
            scores: first.scores,
            n_self: first.ranking.self_edges(),
            n_outside: first.ranking.outside(),
            other: other.map(|other| OtherScoreJson {
                judged: other.pairs,
                scores: other.scores,
            }),
        }
    }
}

/// The scores on other pairs.
#[derive(Serialize)]
struct OtherScoreJson {
    judged: &'static str,
    #[serde(flatten)]
    scores: Scores,
}

/// Genes of the known network that the list spells in other capitals would count as other genes.
fn refuse_other_capitals(known: &Genes, list: &Genes, gold: &Path) -> Result<(), Box<dyn Error>> {
    let loose = list.matching(NameMatch::NoCase);
    let names = known
        .names()
        .iter()
        .filter(|name| list.find(name).is_none());
    let other = |name: &String| {
        let gene = loose.find(name)?;
        let spelled = list.name(gene);
        known
            .find(spelled)
            .is_none()
            .then(|| format!("{name} ({spelled})"))
    };
    let others: Vec<String> = names.filter_map(other).collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{}: found {} gene(s) that the list of edges spells in other capitals: {}, expected the same names in both; \
         spell the genes alike",
        gold.display(),
        others.len(),
        name_some(&others)
    )
    .into())
}

/// Notes negative scores, which often are mistakes.
fn note_negative(list: &EdgeList) {
    let negative = list.edges().iter().filter(|edge| edge.score < 0.0).count();
    if negative > 0 {
        files::note(&format!(
            "{negative} of {} scores are negative and rank below zero; if negative scores mean \
             repression, name the column `weight`, or give absolute values with a column `sign`",
            list.edges().len()
        ));
    }
}

/// A line of the report for people.
struct Line {
    name: &'static str,
    value: String,
    remark: String,
}

impl Line {
    fn new(name: &'static str, value: impl ToString, remark: impl Into<String>) -> Self {
        Self {
            name,
            value: value.to_string(),
            remark: remark.into(),
        }
    }

    /// The share of correct signs among some true edges; none if no sign can be compared.
    fn of_signs(name: &'static str, share: Option<f64>, edges: &str) -> Self {
        match share {
            Some(share) => Self::new(name, number(share), edges),
            None => Self::new(name, "-", "no sign to compare"),
        }
    }
}

fn text_report(title: &str, judged: &JudgedList, trapezoid: bool) -> String {
    let Judged {
        pairs,
        ranking,
        scores,
    } = &judged.first;
    let measures = measure_lines(scores)
        .into_iter()
        .filter(|line| trapezoid || line.name != TRAPEZOID);
    let mut text = format!("{title}, {pairs}\n");
    for Line {
        name,
        value,
        remark,
    } in count_lines(ranking).into_iter().chain(measures)
    {
        text += format!("  {name:<20}{value:>9}   {remark}").trim_end();
        text += "\n";
    }
    if let Some(other) = &judged.other {
        text += &format!(
            "on {} ({}, {} true edges): AUPR {}, AUROC {}\n",
            other.pairs,
            other.ranking.pairs(),
            other.ranking.edges(),
            number(other.scores.aupr),
            number(other.scores.auroc)
        );
    }
    text
}

fn count_lines(ranking: &Ranking) -> Vec<Line> {
    let (own, outside) = (ranking.self_edges(), ranking.outside());
    let chance = format!("{:.2} % of the pairs", 100.0 * ranking.density());
    let ignored = format!("self edges {own}, other pairs that are not scored {outside}");
    let left_out = ranking.pairs() - ranking.predicted();
    vec![
        Line::new("pairs scored", ranking.pairs(), ""),
        Line::new("true edges", ranking.edges(), chance),
        Line::new("not in the list", left_out, "tied last"),
        Line::new("ignored", own + outside, ignored),
    ]
}

const TRAPEZOID: &str = "AUPR, trapezoid";

fn measure_lines(scores: &Scores) -> Vec<Line> {
    let early = format!(
        "{}, among the top {}",
        times_chance(scores.early_precision_ratio),
        scores.edges
    );
    let listed = "ties in the order of the list";
    let signs = &scores.signs;
    let top = format!("of {} true edges among the top", signs.top_compared);
    let all = format!("of {} true edges in the list", signs.all_compared);
    vec![
        Line::new("AUPR", number(scores.aupr), times_chance(scores.aupr_ratio)),
        Line::new(TRAPEZOID, number(scores.aupr_trapezoid), "as in BEELINE"),
        Line::new("AUROC", number(scores.auroc), "chance is 0.5"),
        Line::new("early precision", number(scores.early_precision), early),
        Line::new("AUPR, DREAM", number(scores.aupr_dream), listed),
        Line::new("AUROC, DREAM", number(scores.auroc_dream), listed),
        Line::of_signs("correct signs, top", signs.top, &top),
        Line::of_signs("correct signs, all", signs.all, &all),
    ]
}

fn times_chance(ratio: f64) -> String {
    format!("{ratio:.2} times chance")
}

/// Four decimals; small values as two digits and a power of ten.
fn number(value: f64) -> String {
    if value > 0.0 && value < 1e-3 {
        format!("{value:.1e}")
    } else {
        format!("{value:.4}")
    }
}
