//! Which methods run, and on what sizes.

use crate::baselines;

use super::Method;

/// Genes above which the slow methods run only when they are named.
pub const SLOW_ABOVE: usize = 1_000;

/// The methods of a benchmark in the order of its rows.
pub struct Methods {
    all: Vec<Method>,
    named: bool,
}

/// A method that there is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no method `{name}`; the methods are {known}")]
pub struct UnknownMethod {
    /// What was asked for.
    pub name: String,
    /// What there is.
    pub known: String,
}

impl Methods {
    /// All methods: this program, its linear form, every baseline, the lists of these names, floor
    /// and ceiling.
    #[must_use]
    pub fn all(external: &[String]) -> Self {
        let mut all = vec![Method::Cistron, Method::Linear];
        all.extend(baselines::all().into_iter().map(Method::Baseline));
        all.extend(external.iter().cloned().map(Method::External));
        all.extend([Method::Floor, Method::Ceiling]);
        Self { all, named: false }
    }

    /// Those of these names; floor, ceiling and lists from elsewhere stay.
    ///
    /// * `names`: as in tables; `-` and `_` may stand for a blank
    ///
    /// # Errors   [`UnknownMethod`] with the names there are.
    pub fn only(mut self, names: &[String]) -> Result<Self, UnknownMethod> {
        let plain = |name: &str| name.trim().replace(['-', '_'], " ");
        let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        let may_be_named = |method: &&Method| !always(method);
        let known = self.all.iter().filter(may_be_named).map(Method::name);
        let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
        let there_is = |name: &&String| !known.contains(&format!("`{name}`"));
        if let Some(name) = names.iter().find(there_is) {
            return Err(UnknownMethod {
                name: name.clone(),
                known: known.join(", "),
            });
        }
        self.all
            .retain(|one| always(one) || names.iter().any(|name| name == one.name()));
        self.named = true;
        Ok(self)
    }

    /// Their names in the order of the rows.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(Method::name)
    }

    /// The methods that run on a network of this size.
    ///
    /// Above [`SLOW_ABOVE`] genes the networks of several units and the stability lasso run only
    /// if methods were chosen by name.
    pub fn at(&self, genes: usize) -> impl Iterator<Item = &Method> {
        let runs = move |method: &&Method| self.named || genes <= SLOW_ABOVE || !slow(method);
        self.all.iter().filter(runs)
    }

    /// Names of the methods that do not run on a network of this size.
    #[must_use]
    pub fn skipped_at(&self, genes: usize) -> Vec<&str> {
        let skips = |method: &&Method| !self.named && genes > SLOW_ABOVE && slow(method);
        self.all.iter().filter(skips).map(Method::name).collect()
    }
}

fn always(method: &Method) -> bool {
    method.is_bound() || matches!(method, Method::External(_))
}

fn slow(method: &Method) -> bool {
    matches!(method, Method::Cistron) || method.name() == "stability lasso"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(methods: &Methods, genes: usize) -> Vec<&str> {
        methods.at(genes).map(Method::name).collect()
    }

    #[test]
    fn floor_and_ceiling_and_lists_from_elsewhere_always_run() {
        let only = Methods::all(&["other".to_owned()]).only(&["lagged-correlation".to_owned()]);
        assert_eq!(
            names(&only.expect("it is known"), 10),
            [
                "lagged correlation",
                "other",
                "floor (random)",
                "ceiling (oracle)"
            ]
        );
    }

    #[test]
    fn slow_methods_run_on_large_networks_only_when_they_are_named() {
        let all = Methods::all(&[]);
        assert!(names(&all, SLOW_ABOVE).contains(&"cistron"));
        assert!(!names(&all, SLOW_ABOVE + 1).contains(&"cistron"));
        assert_eq!(
            all.skipped_at(SLOW_ABOVE + 1),
            ["cistron", "stability lasso"]
        );
        let only = all.only(&["cistron".to_owned()]).expect("it is known");
        assert!(names(&only, SLOW_ABOVE + 1).contains(&"cistron"));
    }

    #[test]
    fn an_unknown_method_is_refused_with_the_names_there_are() {
        let error = Methods::all(&[]).only(&["genie3".to_owned()]).err();
        let text = error.expect("unknown").to_string();
        assert!(text.starts_with("there is no method `genie3`; the methods are `cistron`, "));
    }
}
