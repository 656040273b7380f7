//! A component of a model as its file has it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::field::{Component, Unit};
use crate::genes::{Gene, Genes};
use crate::io::text::shorten;

/// A component with names, so that other programs need no index.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredComponent<'a> {
    target: Cow<'a, str>,
    regulators: Vec<Cow<'a, str>>,
    units: Cow<'a, [Unit]>,
    intercept: f64,
    decay: f64,
    influences: Cow<'a, [f64]>,
}

impl<'a> StoredComponent<'a> {
    pub(super) fn new(genes: &'a Genes, target: Gene, component: &'a Component) -> Self {
        let name = |&gene: &Gene| Cow::Borrowed(genes.name(gene));
        Self {
            target: name(&target),
            regulators: component.regulators.iter().map(name).collect(),
            units: Cow::Borrowed(&component.units),
            intercept: component.intercept,
            decay: component.decay,
            influences: Cow::Borrowed(&component.covariates),
        }
    }

    /// The component of `target`, or its position from 1 and what is wrong with its names.
    pub(super) fn component(
        self,
        genes: &Genes,
        target: Gene,
    ) -> Result<Component, (usize, String)> {
        let position = target.index() + 1;
        // one component too many is for the field to say
        if genes
            .names()
            .get(target.index())
            .is_some_and(|name| *name != self.target)
        {
            let (found, expected) = (shorten(&self.target), genes.name(target));
            let found = format!("found target `{found}`, expected `{expected}`");
            return Err((position, found));
        }
        let find = |name: &Cow<'_, str>| {
            let unknown = || format!("regulator `{}` is not among the genes", shorten(name));
            genes.find(name).ok_or_else(|| (position, unknown()))
        };
        Ok(Component {
            regulators: self.regulators.iter().map(find).collect::<Result<_, _>>()?,
            units: self.units.into_owned(),
            intercept: self.intercept,
            decay: self.decay,
            covariates: self.influences.into_owned(),
        })
    }
}
