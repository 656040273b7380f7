//! Gene names, checked once; afterwards only their index travels.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// Position of a gene in its [`Genes`], counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Gene(pub usize);

impl Gene {
    /// The position as a plain number, for use as a row or column.
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// Whether a character acts on a terminal or on the order of the text in place of being shown.
pub(crate) fn is_hidden(c: char) -> bool {
    // marks of lines and of direction, which are no control characters in Unicode
    let acts = matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || acts
}

/// Likeness from which on a name may be meant by another: one letter of four is wrong.
const ALIKE: f64 = 0.8;

/// What is wrong with a list of gene names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GenesError {
    /// A name stands twice.
    #[error(
        "gene `{name}` occurs twice (positions {first} and {second}); rename or remove one of them"
    )]
    Duplicate {
        /// The repeated name.
        name: String,
        /// Its first position, counted from 1.
        first: usize,
        /// Its second position, counted from 1.
        second: usize,
    },
    /// A name is empty.
    #[error("gene {position} has an empty name; give every gene a name")]
    Empty {
        /// Its position, counted from 1.
        position: usize,
    },
    /// The list has no genes.
    #[error("there are no genes; the table needs at least one gene column besides the time")]
    None,
}

/// Distinct, non-empty gene names in a fixed order.
///
/// ```
/// use cistron::genes::Genes;
///
/// let genes = Genes::new(["lacI", "lacZ"])?;
/// let lac_z = genes.find("lacZ").expect("one of the names");
/// assert_eq!((lac_z.index(), genes.name(lac_z)), (1, "lacZ"));
/// let twice = Genes::new(["lacI", "lacZ", "lacI"]).expect_err("no such list");
/// assert!(twice.to_string().contains("`lacI`"));
/// # Ok::<(), cistron::genes::GenesError>(())
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Genes {
    names: Vec<String>,
    index: HashMap<String, Gene>,
    loose: Option<LooseNames>,
    /// By names in any capitals, once they are asked for.
    folded: OnceLock<LooseNames>,
}

impl PartialEq for Genes {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl Eq for Genes {}

/// How names of other files are compared with those of the genes.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameMatch {
    /// Letter by letter.
    #[default]
    Exact,
    /// Capitals do not matter.
    NoCase,
    /// A version after the last point does not matter: `ENSG00000141510.12` is `ENSG00000141510`.
    NoVersion,
}

impl NameMatch {
    /// What is compared of a name.
    fn key(self, name: &str) -> String {
        match self {
            Self::Exact => name.to_owned(),
            Self::NoCase => name.to_lowercase(),
            Self::NoVersion => match name.rsplit_once('.') {
                Some((stem, version))
                    if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) =>
                {
                    stem.to_owned()
                }
                _ => name.to_owned(),
            },
        }
    }
}

/// Genes by what is compared of their names; those that share it are left out.
#[derive(Clone, Debug)]
struct LooseNames {
    rule: NameMatch,
    index: HashMap<String, Gene>,
}

impl LooseNames {
    fn of(names: &[String], rule: NameMatch) -> Self {
        let mut index: HashMap<String, Option<Gene>> = HashMap::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            let found = index.entry(rule.key(name)).or_insert(Some(Gene(at)));
            if *found != Some(Gene(at)) {
                *found = None;
            }
        }
        let single = index
            .into_iter()
            .filter_map(|(key, gene)| Some((key, gene?)));
        Self {
            rule,
            index: single.collect(),
        }
    }

    fn find(&self, name: &str) -> Option<Gene> {
        self.index.get(&self.rule.key(name)).copied()
    }
}

impl Genes {
    /// Checks the names once: none empty, none twice, at least one.
    ///
    /// # Errors   [`GenesError`] with the name and both positions, counted from 1.
    /// # Cost     one pass, `O(p)`.
    pub fn new<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Result<Self, GenesError> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if names.is_empty() {
            return Err(GenesError::None);
        }
        let mut index = HashMap::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            if name.is_empty() {
                return Err(GenesError::Empty { position: at + 1 });
            }
            if let Some(Gene(first)) = index.insert(name.clone(), Gene(at)) {
                return Err(GenesError::Duplicate {
                    name: name.clone(),
                    first: first + 1,
                    second: at + 1,
                });
            }
        }
        Ok(Self {
            names,
            index,
            loose: None,
            folded: OnceLock::new(),
        })
    }

    /// How many genes there are, `p`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Never true: a `Genes` holds at least one name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of a gene.
    ///
    /// # Panics   if the gene belongs to another, longer list (a bug in the caller).
    #[must_use]
    pub fn name(&self, gene: Gene) -> &str {
        &self.names[gene.0]
    }

    /// All names in their order.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The gene of this name, if there is one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Gene> {
        let exact = self.index.get(name).copied();
        exact.or_else(|| self.loose.as_ref()?.find(name))
    }

    /// The gene of this name in whatever capitals, if it is the only one.
    ///
    /// # Cost     one pass over the names at the first call.
    pub(crate) fn find_any_case(&self, name: &str) -> Option<Gene> {
        let folded = || LooseNames::of(&self.names, NameMatch::NoCase);
        self.folded.get_or_init(folded).find(name)
    }

    /// The same genes, found by names that are alike. A name that is like several genes finds none.
    #[doc(hidden)]
    #[must_use]
    pub fn matching(&self, rule: NameMatch) -> Self {
        Self {
            loose: (rule != NameMatch::Exact).then(|| LooseNames::of(&self.names, rule)),
            ..self.clone()
        }
    }

    /// What a message says about a name that is not there: names that are near to it, or examples.
    ///
    /// # Cost     `O(p)` comparisons of two names.
    /// # Source   Jaro & Winkler's similarity of two strings, from 0 to 1; capitals do not matter.
    #[must_use]
    pub fn suggestion(&self, name: &str) -> String {
        let wanted = name.to_lowercase();
        // in short names one typing error leaves little that is alike
        let several_letters = wanted.chars().count() > 1;
        let mut near: Vec<(f64, &String)> = Vec::new();
        for known in &self.names {
            let lower = known.to_lowercase();
            let likeness = strsim::jaro_winkler(&lower, &wanted);
            let one_error = several_letters && strsim::osa_distance(&lower, &wanted) <= 1;
            if likeness >= ALIKE || one_error {
                near.push((likeness, known));
            }
        }
        // stable: equally near ones stay in the order of the genes
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        if near.is_empty() {
            format!(
                "its genes are called {}…",
                first_three(&mut self.names.iter())
            )
        } else {
            let mut names = near.iter().map(|(_, name)| *name);
            format!("did you mean {}?", first_three(&mut names))
        }
    }

    /// All genes in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Gene> + use<> {
        (0..self.names.len()).map(Gene)
    }
}

/// The first three names, quoted.
fn first_three(names: &mut dyn Iterator<Item = &String>) -> String {
    let quoted: Vec<String> = names.take(3).map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

impl TryFrom<Vec<String>> for Genes {
    type Error = GenesError;

    fn try_from(names: Vec<String>) -> Result<Self, GenesError> {
        Self::new(names)
    }
}

impl From<Genes> for Vec<String> {
    fn from(genes: Genes) -> Self {
        genes.names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_name_is_refused_with_both_positions() {
        let error = Genes::new(["a", "b", "a"]).expect_err("`a` stands twice");
        assert_eq!(
            error.to_string(),
            "gene `a` occurs twice (positions 1 and 3); rename or remove one of them"
        );
    }

    #[test]
    fn a_gene_is_found_by_its_name() {
        let genes = Genes::new(["a", "b"]).expect("distinct names");
        assert_eq!(genes.find("b"), Some(Gene(1)));
        assert_eq!(genes.name(Gene(1)), "b");
        assert_eq!(genes.find("c"), None);
    }

    #[test]
    fn names_that_are_alike_find_a_gene_if_it_is_the_only_one() {
        let genes = Genes::new(["Gata1", "GATA2", "gata2", "E1.5"]).expect("distinct names");
        let find = |rule, name| genes.matching(rule).find(name).map(Gene::index);
        assert_eq!(find(NameMatch::NoCase, "GATA1"), Some(0));
        assert_eq!(find(NameMatch::NoCase, "Gata2"), None);
        assert_eq!(find(NameMatch::NoCase, "gata2"), Some(2));
        assert_eq!(find(NameMatch::NoVersion, "E1"), Some(3));
        assert_eq!(find(NameMatch::NoVersion, "E1.7"), Some(3));
        assert_eq!(find(NameMatch::Exact, "GATA1"), None);
        assert_eq!(genes.matching(NameMatch::NoCase), genes);
        assert_eq!(genes.find_any_case("GATA1"), Some(Gene(0)));
        assert_eq!(genes.find_any_case("GATA2"), None);
    }

    #[test]
    fn a_name_that_is_not_there_is_answered_with_near_ones_or_examples() {
        let genes = Genes::new(["lexA", "recA", "umuDC", "uvrA"]).expect("distinct names");
        assert_eq!(genes.suggestion("LEXA"), "did you mean `lexA`?");
        assert_eq!(genes.suggestion("lexB"), "did you mean `lexA`?");
        assert_eq!(
            genes.suggestion("crp"),
            "its genes are called `lexA`, `recA`, `umuDC`…"
        );
    }
}
