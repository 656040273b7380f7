//! Reads rules: `(A and not B) or together(C, D)`, by recursive descent.

use std::fmt;

use super::rule_text::{is_part_of_word, is_reserved};
use crate::simulate::kinetics::{Rule, Site};

/// A rule that does not parse.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RuleFault {
    /// An unexpected symbol.
    #[error("at character {at} there is {found}, expected {expected}")]
    Unexpected {
        /// Place in the rule, counted from 1.
        at: usize,
        /// The symbol found.
        found: String,
        /// The symbols expected.
        expected: &'static str,
    },
    /// A name that is none of the genes.
    #[error(
        "at character {at} there is `{name}`, which is not in the file; correct the name or add \
         a [[gene]] for it"
    )]
    UnknownRegulator {
        /// Place in the rule, counted from 1.
        at: usize,
        /// The unknown name.
        name: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Word(String),
    Mark(char),
    End,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(text) | Self::Word(text) => write!(f, "`{text}`"),
            Self::Mark(mark) => write!(f, "`{mark}`"),
            Self::End => write!(f, "the end"),
        }
    }
}

/// Reads a rule.
///
/// ```text
/// any     = all { "or" all }
/// all     = one { "and" one }
/// one     = "not" one | "(" any ")" | "on" | "off" | name
///         | "together" "(" name { "," name } ")"
///         | "competing" "(" [ "not" ] name { "," [ "not" ] name } ")"
///         | "mix" "(" number ":" any { "," number ":" any } ")"
/// name    = letters, digits and _ . - / ' * @ #, or anything in double quotes
/// ```
///
/// * `site`: the site of a regulator, by its name; none if there is no such gene
///
/// # Errors   [`RuleFault`] with the place in the text, counted in characters from 1.
pub(super) fn parse_rule(
    text: &str,
    site: &dyn Fn(&str) -> Option<Site>,
) -> Result<Rule, RuleFault> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
        site,
    };
    let rule = parser.any()?;
    match parser.peek() {
        Token::End => Ok(rule),
        _ => Err(parser.unexpected("`and`, `or` or the end")),
    }
}

/// How deep parentheses and `not` may be nested: far deeper than a rule is written by hand, and
/// far from the end of the stack.
const DEEPEST: usize = 64;

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, RuleFault> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().enumerate().peekable();
    while let Some((at, c)) = rest.next() {
        let token = match c {
            c if c.is_whitespace() => continue,
            '(' | ')' | ',' | ':' => Token::Mark(c),
            '"' => {
                let name: String = rest
                    .by_ref()
                    .map(|(_, c)| c)
                    .take_while(|&c| c != '"')
                    .collect();
                Token::Name(name)
            }
            c if is_part_of_word(c) => {
                let mut word = String::from(c);
                while let Some((_, c)) = rest.next_if(|&(_, c)| is_part_of_word(c)) {
                    word.push(c);
                }
                Token::Word(word)
            }
            other => {
                return Err(RuleFault::Unexpected {
                    at: at + 1,
                    found: format!("`{other}`"),
                    expected: "a name, `and`, `or`, `not`, parentheses (odd names in double quotes)",
                });
            }
        };
        tokens.push((at + 1, token));
    }
    tokens.push((text.chars().count() + 1, Token::End));
    Ok(tokens)
}

struct Parser<'a> {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    site: &'a dyn Fn(&str) -> Option<Site>,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.next].1
    }

    fn unexpected(&self, expected: &'static str) -> RuleFault {
        let (at, token) = &self.tokens[self.next];
        RuleFault::Unexpected {
            at: *at,
            found: token.to_string(),
            expected,
        }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Word(text) if text.eq_ignore_ascii_case(word))
    }

    fn take_word(&mut self, word: &str) -> bool {
        let there = self.is_word(word);
        self.next += usize::from(there);
        there
    }

    fn take_mark(&mut self, mark: char) -> bool {
        let there = *self.peek() == Token::Mark(mark);
        self.next += usize::from(there);
        there
    }

    fn need_mark(&mut self, mark: char, expected: &'static str) -> Result<(), RuleFault> {
        if self.take_mark(mark) {
            Ok(())
        } else {
            Err(self.unexpected(expected))
        }
    }

    fn any(&mut self) -> Result<Rule, RuleFault> {
        let mut parts = vec![self.all()?];
        while self.take_word("or") {
            parts.push(self.all()?);
        }
        Ok(single(parts, Rule::Any))
    }

    fn all(&mut self) -> Result<Rule, RuleFault> {
        let mut parts = vec![self.one()?];
        while self.take_word("and") {
            parts.push(self.one()?);
        }
        Ok(single(parts, Rule::All))
    }

    fn one(&mut self) -> Result<Rule, RuleFault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.unexpected("at most 64 levels of `not` and parentheses"));
        }
        let rule = self.one_deeper();
        self.depth -= 1;
        rule
    }

    fn one_deeper(&mut self) -> Result<Rule, RuleFault> {
        if self.take_word("not") {
            return Ok(Rule::Not(Box::new(self.one()?)));
        }
        if self.take_mark('(') {
            let inside = self.any()?;
            self.need_mark(')', "`and`, `or` or `)`")?;
            return Ok(inside);
        }
        let called = matches!(self.tokens.get(self.next + 1), Some((_, Token::Mark('('))));
        match self.peek() {
            Token::Word(word) if called => match word.to_ascii_lowercase().as_str() {
                "together" => self.together(),
                "competing" => self.competing(),
                "mix" => self.mix(),
                _ => Err(self.unexpected("one of `together(`, `competing(`, `mix(`")),
            },
            Token::Word(word) if word.eq_ignore_ascii_case("on") => Ok(self.constant(Rule::On)),
            Token::Word(word) if word.eq_ignore_ascii_case("off") => Ok(self.constant(Rule::Off)),
            _ => self.name("a gene, `not`, `(` or a group").map(Rule::Site),
        }
    }

    fn constant(&mut self, rule: Rule) -> Rule {
        self.next += 1;
        rule
    }

    fn name(&mut self, expected: &'static str) -> Result<Site, RuleFault> {
        let (at, token) = self.tokens[self.next].clone();
        let name = match token {
            Token::Name(name) => name,
            Token::Word(word) if !is_reserved(&word) => word,
            _ => return Err(self.unexpected(expected)),
        };
        self.next += 1;
        (self.site)(&name).ok_or(RuleFault::UnknownRegulator { at, name })
    }

    /// Members of a group, after its word.
    fn group<T>(
        &mut self,
        mut member: impl FnMut(&mut Self) -> Result<T, RuleFault>,
    ) -> Result<Vec<T>, RuleFault> {
        self.next += 2;
        let mut members = vec![member(self)?];
        while self.take_mark(',') {
            members.push(member(self)?);
        }
        self.need_mark(')', "`,` or `)`")?;
        Ok(members)
    }

    fn together(&mut self) -> Result<Rule, RuleFault> {
        self.group(|parser| parser.name("a gene"))
            .map(Rule::Together)
    }

    fn competing(&mut self) -> Result<Rule, RuleFault> {
        let sites = self.group(|parser| {
            let represses = parser.take_word("not");
            Ok((represses, parser.name("a gene or `not`")?))
        })?;
        let (repressors, activators): (Vec<_>, Vec<_>) =
            sites.into_iter().partition(|(represses, _)| *represses);
        Ok(Rule::Competing {
            activators: activators.into_iter().map(|(_, site)| site).collect(),
            repressors: repressors.into_iter().map(|(_, site)| site).collect(),
        })
    }

    fn mix(&mut self) -> Result<Rule, RuleFault> {
        let parts = self.group(|parser| {
            let weight = match parser.peek() {
                Token::Word(word) => word.parse().ok(),
                _ => None,
            };
            let weight =
                weight.ok_or_else(|| parser.unexpected("a weight, such as in `0.6: A`"))?;
            parser.next += 1;
            parser.need_mark(':', "`:` after a weight, such as in `0.6: A`")?;
            Ok((weight, parser.any()?))
        })?;
        Ok(Rule::Mix(parts))
    }
}

fn single(mut parts: Vec<Rule>, join: fn(Vec<Rule>) -> Rule) -> Rule {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::super::rule_text::rule_text;
    use super::*;
    use cistron::genes::{Gene, Genes};

    const NAMES: [&str; 4] = ["A", "B", "C-1", "or"];

    fn site(name: &str) -> Option<Site> {
        let regulator = Gene(NAMES.iter().position(|known| *known == name)?);
        let (k, n) = (1.0, 2.0);
        Some(Site { regulator, k, n })
    }

    fn parse(text: &str) -> Result<Rule, RuleFault> {
        parse_rule(text, &site)
    }

    #[test]
    fn not_binds_tighter_than_and_and_and_tighter_than_or() {
        let (plain, explicit) = ("not A and B or C-1", "((not A) and B) or (C-1)");
        assert_eq!(parse(plain), parse(explicit));
        assert_ne!(parse(plain), parse("not (A and (B or C-1))"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in [
            "A",
            "on",
            "not A",
            "not (A and B)",
            "A and (B or not C-1)",
            "\"or\" or A",
            "together(A, B) and not C-1",
            "competing(A, not B, not C-1)",
            "mix(0.6: A, 0.25: B or competing(not A))",
        ] {
            let (rule, genes) = (parse(text).expect("a rule"), Genes::new(NAMES));
            assert_eq!(rule_text(&rule, &genes.expect("distinct")), text);
        }
    }

    #[test]
    fn a_fault_is_named_with_its_place() {
        for (text, expected) in [
            (
                "A and",
                "at character 6 there is the end, expected a gene, `not`, `(` or a group",
            ),
            (
                "A B",
                "at character 3 there is `B`, expected `and`, `or` or the end",
            ),
            (
                "(A or B",
                "at character 8 there is the end, expected `and`, `or` or `)`",
            ),
            (
                "A & B",
                "at character 3 there is `&`, expected a name, `and`, `or`, `not`, parentheses (odd names in double quotes)",
            ),
            (
                "maybe(A)",
                "at character 1 there is `maybe`, expected one of `together(`, `competing(`, `mix(`",
            ),
            (
                "mix(A)",
                "at character 5 there is `A`, expected a weight, such as in `0.6: A`",
            ),
            (
                "A and D",
                "at character 7 there is `D`, which is not in the file; correct the name or add a [[gene]] for it",
            ),
            (
                "",
                "at character 1 there is the end, expected a gene, `not`, `(` or a group",
            ),
        ] {
            let fault = parse(text).expect_err("a fault");
            assert_eq!(fault.to_string(), expected, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_instead_of_overflowing() {
        let deep = format!("{}A{}", "(".repeat(100_000), ")".repeat(100_000));
        assert!(parse(&deep).is_err());
        assert!(parse(&"not ".repeat(100_000)).is_err());
    }
}
