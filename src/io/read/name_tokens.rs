//! The parts of names of samples, and which of them is the time.

use super::columns::plain;
use super::time_unit::{TimeUnit, parse_time};

/// A part of a name and the character before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NameToken {
    pub(super) text: String,
    mark: Option<char>,
}

/// How surely a part of a name is a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sureness {
    /// A letter before the number: `T1`, `D0`, `P7`.
    Letter,
    /// A word before the number: `day2`, `ZT4`.
    Word,
    /// A unit behind the number: `2h`, `30min`, `24hpf`.
    Unit,
}

/// Most characters of a number behind a letter that is a time: `T1440` is one in minutes.
const MOST_DIGITS: usize = 4;

impl NameToken {
    /// How surely it is a time; none if it is not.
    pub(super) fn sureness(&self) -> Option<Sureness> {
        sureness_of(&self.text)
    }

    /// `rep1`, `r2`, `replicate3`, `biorep1`, a single letter `A`, or a small number.
    pub(super) fn is_replicate(&self) -> bool {
        let text = self.text.to_lowercase();
        let digits = |rest: &str| !rest.is_empty() && rest.len() <= 2 && is_number(rest);
        let words = ["replicate", "biorep", "techrep", "rep", "r", "br", "n", ""];
        let single = text.len() == 1 && text.bytes().all(|c| (b'a'..=b'h').contains(&c));
        let mut rests = words.iter().filter_map(|word| text.strip_prefix(word));
        single || rests.any(digits)
    }

    /// The letters before its number, if nothing is behind the number.
    pub(super) fn stem(&self) -> Option<&str> {
        let stem = self.text.trim_end_matches(|c: char| c.is_ascii_digit());
        let plain = stem.chars().all(char::is_alphabetic);
        (plain && stem.len() < self.text.len() && self.text.len() > 1).then_some(stem)
    }

    /// Whether it is called as a cell line may be, which `24h` and `day3` are not: `T47D`, `H9`.
    fn may_be_a_line(&self) -> bool {
        let letter = self.text.starts_with(|c: char| c.is_alphabetic());
        letter && self.sureness() != Some(Sureness::Word)
    }
}

/// How surely a part of a name is a time; none if it is not.
pub(super) fn sureness_of(text: &str) -> Option<Sureness> {
    parse_time(text)?;
    let text = text.trim_start_matches(['-', '+']);
    if text.parse::<f64>().is_ok() {
        return None;
    }
    let starts = text.chars().take_while(|c| c.is_alphabetic()).count();
    let ends = text.chars().rev().take_while(|c| c.is_alphabetic()).count();
    match (starts, ends) {
        (_, 1..) => Some(Sureness::Unit),
        // probes and proteins are called so: `A_23_P100001`, `P12345`
        (0 | 1, _) if text.len() > MOST_DIGITS + starts => None,
        (0 | 1, _) => Some(Sureness::Letter),
        _ => Some(Sureness::Word),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
}

/// The parts between separators; a number and its unit or `rep` and its number are one part.
pub(super) fn tokens(name: &str, marks: &[char]) -> Vec<NameToken> {
    let mut tokens: Vec<NameToken> = Vec::new();
    let (mut start, mut mark, mut minus) = (0, None, false);
    let ends = name.char_indices().filter(|(_, c)| marks.contains(c));
    for (at, c) in ends.chain([(name.len(), ' ')]) {
        let part = &name[start..at];
        start = at + c.len_utf8();
        if part.is_empty() {
            // the second of two marks is a sign: `WT--3h`
            minus = c == '-';
            continue;
        }
        let sign = minus && part.starts_with(|c: char| c.is_ascii_digit());
        let text = format!("{}{part}", if sign { "-" } else { "" });
        match tokens.last_mut().filter(|last| joins(&last.text, part)) {
            Some(last) => {
                // whether `day-3`, or `day.3` of R, is negative is seen beside the others
                let day = mark.filter(|mark| matches!(mark, '-' | '.'));
                last.text.extend(day.filter(|_| is_day_word(&last.text)));
                last.text.push_str(part);
            }
            None => tokens.push(NameToken { text, mark }),
        }
        (mark, minus) = (Some(c), false);
    }
    tokens
}

/// Whether a word before a number is one of times.
fn is_day_word(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && !plain(text).contains("rep")
}

/// Whether a number belongs to the word before it, or a unit to the number before it.
fn joins(before: &str, part: &str) -> bool {
    const WORDS: [&str; 9] = [
        "rep",
        "replicate",
        "biorep",
        "day",
        "time",
        "hour",
        "week",
        "timepoint",
        "min",
    ];
    let before = plain(before);
    let number = part.bytes().all(|c| c.is_ascii_digit() || c == b'.');
    let before_number =
        !before.is_empty() && before.bytes().all(|c| c.is_ascii_digit() || c == b'_');
    let unit = TimeUnit::of_word(&part.to_lowercase()).is_some();
    (number && WORDS.contains(&before.as_str())) || (unit && before_number)
}

/// Names without the `X` that R puts before a number, and with the minus for which it writes a point; none if there is
/// a name without an `X`, or `.5` follows 0, so that it may be a half.
pub(super) fn without_x(names: &[&str]) -> Option<Vec<String>> {
    let mut before_is_zero = false;
    let bare = names.iter().map(|name| {
        let rest = name.strip_prefix('X')?;
        let number = rest.strip_prefix('.');
        let half = number.is_some() && before_is_zero;
        let digits = number.unwrap_or(rest);
        let value = digits.trim_end_matches(|c: char| !c.is_ascii_digit());
        before_is_zero = number.is_none() && value.bytes().all(|c| matches!(c, b'0' | b'.'));
        let bare = match number {
            Some(number) => format!("-{number}"),
            None => rest.to_owned(),
        };
        (!half && digits.starts_with(|c: char| c.is_ascii_digit())).then_some(bare)
    });
    bare.collect()
}

/// Takes the letters of replicates off times: `0hA`, `D0B`; none where names are not made of both.
pub(super) fn split_letters(names: &mut [Vec<NameToken>]) -> Option<()> {
    let mut letters: Vec<String> = Vec::new();
    let mut times: Vec<String> = Vec::new();
    for tokens in names.iter_mut() {
        // `D2D` is day 2 of replicate D, or day 2 with its unit twice
        let lettered = |token: &NameToken| split_letter(token).is_some();
        let sure = tokens
            .iter()
            .position(|token| token.sureness().is_none() && lettered(token));
        let lettered = sure.or_else(|| tokens.iter().position(lettered))?;
        let (time, letter) = split_letter(&tokens[lettered])?;
        times.push(time.text.clone());
        letters.push(letter.text.clone());
        tokens.splice(lettered..=lettered, [time, letter]);
    }
    let count = letters.len();
    for list in [&mut letters, &mut times] {
        list.sort_unstable();
        list.dedup();
    }
    // several replicates of several times
    (letters.len() > 1 && times.len() > 2 && times.len() * letters.len() <= count + count / 3)
        .then_some(())
}

fn split_letter(token: &NameToken) -> Option<(NameToken, NameToken)> {
    let letter = token
        .text
        .chars()
        .next_back()
        .filter(|c| ('A'..='H').contains(c))?;
    let time = NameToken {
        text: token.text.strip_suffix(letter)?.to_owned(),
        mark: token.mark,
    };
    time.sureness()?;
    let letter = NameToken {
        text: letter.to_string(),
        mark: None,
    };
    Some((time, letter))
}

/// A number that may be the one before the point of the time behind it.
struct Decimal<'a> {
    name: usize,
    /// Position of the time.
    at: usize,
    whole: &'a str,
    digits: &'a str,
    mark: Option<char>,
}

fn decimals(names: &[Vec<NameToken>]) -> Vec<Decimal<'_>> {
    let found = |(name, tokens): (usize, &'_ Vec<NameToken>)| -> Option<(usize, usize)> {
        let mut pairs = 1..tokens.len();
        let at = pairs.find(|&at| {
            is_number(&tokens[at - 1].text)
                && tokens[at].sureness() == Some(Sureness::Unit)
                && tokens[at].text.starts_with(|c: char| c.is_ascii_digit())
                && !tokens[at].text.contains('.')
        })?;
        Some((name, at))
    };
    let positions = names.iter().enumerate().filter_map(found);
    positions
        .map(|(name, at)| {
            let time = &names[name][at];
            let end = time.text.trim_start_matches(|c: char| c.is_ascii_digit());
            Decimal {
                name,
                at,
                whole: &names[name][at - 1].text,
                digits: &time.text[..time.text.len() - end.len()],
                mark: time.mark,
            }
        })
        .collect()
}

/// What the numbers before times are.
enum NumberReading {
    Apart,
    Decimals,
    Uncertain,
}

/// Makes one time of a number and the time behind it where the number is the one before the point: `0_5h`.
///
/// It is, where other names have no such number, and digits are halves or quarters from 0 on; it is not, where all
/// names have one and the digits are not those of decimals, or all numbers occur with all times.
///
/// # Errors   the position of a name that may be read both ways.
pub(super) fn join_decimals(names: &mut [Vec<NameToken>]) -> Result<Option<usize>, usize> {
    let found = decimals(names);
    let Some(first) = found.first().map(|one| one.name) else {
        return Ok(None);
    };
    match reading(&found, names.len()) {
        NumberReading::Apart => Ok(None),
        NumberReading::Uncertain => Err(first),
        NumberReading::Decimals => {
            let positions: Vec<(usize, usize)> =
                found.iter().map(|one| (one.name, one.at)).collect();
            for (name, at) in positions {
                let time = names[name].remove(at);
                let whole = &mut names[name][at - 1].text;
                *whole = format!("{whole}.{}", time.text);
            }
            Ok(Some(first))
        }
    }
}

fn reading(found: &[Decimal<'_>], names: usize) -> NumberReading {
    let like = |digits: &str| ["0", "5", "25", "50", "75"].contains(&digits);
    let digits_like = found.iter().all(|one| like(one.digits));
    let zero = found.iter().any(|one| one.whole == "0");
    if found.len() < names {
        let part = found.iter().any(|one| one.digits != "0");
        let hyphen = found.iter().any(|one| one.mark == Some('-'));
        return match digits_like && part {
            true if zero && !hyphen => NumberReading::Decimals,
            true => NumberReading::Uncertain,
            false if found.iter().all(|one| one.digits.len() == 1) => NumberReading::Uncertain,
            false => NumberReading::Apart,
        };
    }
    let different = |mut list: Vec<(&str, &str)>| {
        list.sort_unstable();
        list.dedup();
        list.len()
    };
    let pairs = different(found.iter().map(|one| (one.whole, one.digits)).collect());
    let wholes = different(found.iter().map(|one| (one.whole, "")).collect());
    let parts = different(found.iter().map(|one| ("", one.digits)).collect());
    let long = found
        .iter()
        .any(|one| one.digits.len() > 1 && !like(one.digits));
    if long || !zero && (!digits_like || pairs == wholes * parts) {
        NumberReading::Apart
    } else {
        NumberReading::Uncertain
    }
}

/// Which part of every name is its time; none if a name is without a time, or has several.
pub(super) fn times_in(names: &[Vec<NameToken>]) -> Option<Vec<usize>> {
    let width = names.first()?.len();
    let aligned = names.iter().all(|tokens| tokens.len() == width);
    let positions = match aligned.then(|| time_column(names)) {
        Some(TimeColumn::At(at)) => vec![at; names.len()],
        Some(TimeColumn::Several) => return None,
        Some(TimeColumn::Nowhere) | None => times_by_name(names)?,
    };
    // genes are called so, too: `P53`, `P21`
    let letter = |(tokens, &at): (&Vec<NameToken>, &usize)| {
        tokens.len() == 1 && tokens[at].sureness() == Some(Sureness::Letter)
    };
    (!names.iter().zip(&positions).any(letter)).then_some(positions)
}

/// Where the times are in names that have as many parts.
enum TimeColumn {
    At(usize),
    Several,
    Nowhere,
}

fn time_column(names: &[Vec<NameToken>]) -> TimeColumn {
    let sureness = |at: usize| {
        let sure = names.iter().map(|tokens| tokens[at].sureness());
        sure.min().flatten()
    };
    let varies = |at: usize| {
        names
            .iter()
            .any(|tokens| tokens[at].text != names[0][at].text)
    };
    let all: Vec<usize> = (0..names[0].len())
        .filter(|&at| sureness(at).is_some())
        .collect();
    let any_varies = all.iter().any(|&at| varies(at));
    // one cell line of all samples
    let line = |at: usize| any_varies && !varies(at) && names[0][at].may_be_a_line();
    let all: Vec<usize> = all.into_iter().filter(|&at| !line(at)).collect();
    let best = all.iter().filter_map(|&at| sureness(at)).max();
    let mut best: Vec<usize> = all.into_iter().filter(|&at| sureness(at) == best).collect();
    if best.len() > 1 && best.iter().any(|&at| !numbered(names, at)) {
        best.retain(|&at| !numbered(names, at));
    }
    match best.as_slice() {
        [] => TimeColumn::Nowhere,
        [at] => TimeColumn::At(*at),
        _ => TimeColumn::Several,
    }
}

/// Whether the numbers in a part are 1, 2, 3 … as those of patients are.
fn numbered(names: &[Vec<NameToken>], at: usize) -> bool {
    let numbers = names
        .iter()
        .filter_map(|tokens| Some(parse_time(&tokens[at].text)?.value));
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let counted = numbers
        .iter()
        .zip(1_u32..)
        .all(|(x, count)| *x == f64::from(count));
    counted && numbers.len() > 1
}

fn times_by_name(names: &[Vec<NameToken>]) -> Option<Vec<usize>> {
    let kinds = names
        .iter()
        .map(|tokens| tokens.iter().filter_map(NameToken::sureness).max());
    let kind = kinds.min()??;
    let positions = names.iter().map(|tokens| {
        let mut times = (0..tokens.len()).filter(|&at| tokens[at].sureness() >= Some(kind));
        let at = times.next()?;
        times.next().is_none().then_some(at)
    });
    positions.collect()
}

/// Which part is the time in names of a label and a plain number, or of two numbers: `s1:0`, `0_1`.
///
/// Times begin at 0, are not counted 0, 1, 2, and occur with every other part.
pub(super) fn plain_times(names: &[Vec<NameToken>]) -> Option<usize> {
    let width = names.first()?.len();
    if width != 2 || names.iter().any(|tokens| tokens.len() != width) {
        return None;
    }
    let mut positions = (0..width).filter(|&at| holds_plain_times(names, at));
    let at = positions.next()?;
    positions.next().is_none().then_some(at)
}

fn holds_plain_times(names: &[Vec<NameToken>], at: usize) -> bool {
    let numbers: Option<Vec<f64>> = names
        .iter()
        .map(|tokens| {
            let text = &tokens[at].text;
            let digits = text.bytes().all(|c| c.is_ascii_digit() || c == b'.');
            text.parse().ok().filter(|_| digits)
        })
        .collect();
    let Some(mut numbers) = numbers else {
        return false;
    };
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let mut others: Vec<&str> = names
        .iter()
        .map(|tokens| tokens[1 - at].text.as_str())
        .collect();
    others.sort_unstable();
    others.dedup();
    let counted = numbers
        .iter()
        .zip(0_u32..)
        .all(|(x, count)| *x == f64::from(count));
    numbers[0] == 0.0
        && numbers.len() > 2
        && !counted
        && numbers.len() * others.len() == names.len()
}
