//! The methods of a benchmark, by name and by size of the network.

use crate::baselines;

use super::BenchmarkMethod;

/// Genes above which the slow methods run only when they are named.
pub const SLOW_ABOVE: usize = 1_000;

/// Baselines that run on real data unless others are named.
const PEERS_ON_REAL_SETS: [&str; 7] = [
    "correlation",
    "CLR",
    "lagged correlation",
    "ridge",
    "ridge by target",
    "CLR of ridge",
    "lasso",
];

/// The methods of a benchmark in the order of its rows.
pub struct Methods {
    all: Vec<BenchmarkMethod>,
    named: bool,
}

/// An unknown name of a method.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no method `{name}`; the methods are {known}")]
pub struct UnknownMethod {
    /// The unknown name.
    pub name: String,
    /// The known names.
    pub known: String,
}

/// Baselines that steady states are enough for.
const PEERS_WITHOUT_SERIES: [&str; 8] = [
    "correlation",
    "CLR",
    "covariance",
    "mutual information",
    "ridge",
    "ridge by target",
    "CLR of ridge",
    "lasso",
];

impl Methods {
    /// All methods: this program, its linear form, every baseline, the lists of these names, floor
    /// and ceiling.
    #[must_use]
    pub fn all(external: &[String]) -> Self {
        let mut all = vec![BenchmarkMethod::Cistron, BenchmarkMethod::Linear];
        all.extend(baselines::all().into_iter().map(BenchmarkMethod::Baseline));
        all.extend(external.iter().cloned().map(BenchmarkMethod::External));
        all.extend([BenchmarkMethod::Floor, BenchmarkMethod::Ceiling]);
        Self { all, named: false }
    }

    /// The methods for real data: this program, the baselines that people try first there, the lists
    /// of these names, and the floor.
    ///
    /// The oracle of the ceiling needs the whole truth, of which only a part is known there.
    #[must_use]
    pub fn of_real_sets(external: &[String]) -> Self {
        let mut methods = Self::all(external);
        methods.retain_peers(&PEERS_ON_REAL_SETS);
        methods.named = true;
        methods
    }

    /// The methods for steady states without series: this program, baselines that need no series, the
    /// lists of these names, and the floor. The oracle of the ceiling reads increments.
    #[must_use]
    pub fn of_static_sets(external: &[String]) -> Self {
        let mut methods = Self::all(external);
        methods.retain_peers(&PEERS_WITHOUT_SERIES);
        methods
    }

    fn retain_peers(&mut self, peers: &[&str]) {
        self.all.retain(|method| match method {
            BenchmarkMethod::Cistron | BenchmarkMethod::External(_) | BenchmarkMethod::Floor => {
                true
            }
            BenchmarkMethod::Linear | BenchmarkMethod::Ceiling => false,
            BenchmarkMethod::Baseline(baseline) => peers.contains(&baseline.name()),
        });
    }

    /// Those of these names; floor, ceiling and lists from elsewhere stay.
    ///
    /// * `names`: as in tables; `-` and `_` are read as blanks, and capitals do not matter
    ///
    /// # Errors   [`UnknownMethod`] with the known names.
    pub fn only(mut self, names: &[String]) -> Result<Self, UnknownMethod> {
        let mut chosen = Vec::new();
        for name in names {
            let name = name.trim().replace(['-', '_'], " ");
            let mut methods = self.all.iter();
            let known = methods
                .find(|method| !always_runs(method) && method.name().eq_ignore_ascii_case(&name));
            let Some(known) = known else {
                let known = self.all.iter().filter(|method| !always_runs(method));
                let known: Vec<String> = known.map(|m| format!("`{}`", m.name())).collect();
                let known = known.join(", ");
                return Err(UnknownMethod { name, known });
            };
            chosen.push(known.name().to_owned());
        }
        self.all.retain(|method| {
            always_runs(method) || chosen.iter().any(|name| name == method.name())
        });
        self.named = true;
        Ok(self)
    }

    /// Their names in the order of the rows.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(BenchmarkMethod::name)
    }

    /// The methods that run on a network of this size.
    ///
    /// Above [`SLOW_ABOVE`] genes the networks of several units and the stability lasso run only
    /// if methods were chosen by name.
    pub(crate) fn for_size(&self, genes: usize) -> impl Iterator<Item = &BenchmarkMethod> {
        let methods = self.all.iter();
        methods.filter(move |method| self.runs(method, genes))
    }

    /// Names of the methods that do not run on a network of this size.
    #[must_use]
    pub fn skipped_for_size(&self, genes: usize) -> Vec<&str> {
        let skipped = self.all.iter().filter(|method| !self.runs(method, genes));
        skipped.map(BenchmarkMethod::name).collect()
    }

    fn runs(&self, method: &BenchmarkMethod, genes: usize) -> bool {
        self.named || genes <= SLOW_ABOVE || !is_slow(method)
    }
}

fn always_runs(method: &BenchmarkMethod) -> bool {
    method.is_bound() || matches!(method, BenchmarkMethod::External(_))
}

fn is_slow(method: &BenchmarkMethod) -> bool {
    matches!(method, BenchmarkMethod::Cistron) || method.name() == "stability lasso"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(methods: &Methods, genes: usize) -> Vec<&str> {
        methods.for_size(genes).map(BenchmarkMethod::name).collect()
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
            all.skipped_for_size(SLOW_ABOVE + 1),
            ["cistron", "stability lasso"]
        );
        let only = all.only(&["cistron".to_owned()]).expect("it is known");
        assert!(names(&only, SLOW_ABOVE + 1).contains(&"cistron"));
    }

    #[test]
    fn an_unknown_method_is_refused_with_the_known_names() {
        let error = Methods::all(&[]).only(&["genie3".to_owned()]).err();
        let text = error.expect("unknown").to_string();
        assert!(text.starts_with("there is no method `genie3`; the methods are `cistron`, "));
    }
}
