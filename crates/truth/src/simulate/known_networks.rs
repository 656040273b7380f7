//! The published circuits of `networks/`, held in the program itself.

use super::model::Model;

/// A published circuit: its kinetics as data and what is known about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownNetwork {
    /// Name of its folder.
    pub name: &'static str,
    /// Text of its `model.toml`.
    pub model: &'static str,
    /// Text of its `about.md`: what it is, its source, the behaviour to expect.
    pub about: &'static str,
}

impl KnownNetwork {
    /// The network of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        LIBRARY.iter().find(|network| network.name == name)
    }

    /// The heading of its description.
    #[must_use]
    pub fn title(&self) -> String {
        let heading = self.about.lines().next().unwrap_or_default();
        heading.trim_start_matches(['#', ' ']).replace('*', "")
    }

    /// Its kinetics and experiments.
    #[must_use]
    pub fn read(&self) -> Model {
        let file = format!("networks/{}/model.toml", self.name);
        Model::read(&file, self.model).expect("a test reads every network of the library")
    }
}

macro_rules! known {
    ($($name:literal),* $(,)?) => {
        &[$(KnownNetwork {
            name: $name,
            model: include_str!(concat!(env!("CISTRON_NETWORKS"), "/", $name, "/model.toml")),
            about: include_str!(concat!(env!("CISTRON_NETWORKS"), "/", $name, "/about.md")),
        }),*]
    };
}

/// Every network of the collection, by name.
pub const LIBRARY: &[KnownNetwork] = known![
    "bifurcating",
    "bifurcating_converging",
    "cycle",
    "ecoli_motility",
    "ecoli_sos",
    "feed_forward_loops",
    "gsd",
    "hsc",
    "irma",
    "linear",
    "long_linear",
    "mammalian_clock",
    "mcad",
    "repressilator",
    "toggle_switch",
    "trifurcating",
    "vsc",
    "yeast_cell_cycle",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_network_is_read_and_bears_the_name_of_its_folder() {
        for network in LIBRARY {
            assert_eq!(network.read().name, network.name);
            assert!(!network.title().is_empty(), "{}", network.name);
        }
    }

    #[test]
    fn networks_are_found_by_their_name_only() {
        let found = KnownNetwork::find("irma").expect("in the library");
        assert_eq!((found.name, found.title().as_str()), ("irma", "IRMA"));
        assert_eq!(KnownNetwork::find("IRMA"), None);
    }
}
