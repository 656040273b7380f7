//! The interactive part of the page, as `build.rs` has built it.

/// The app: its script, its style, and what a content security policy calls the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Explorer {
    pub(super) script: &'static str,
    pub(super) style: &'static str,
    pub(super) policy: &'static str,
}

const BUILT: Explorer = Explorer {
    script: include_str!(concat!(env!("OUT_DIR"), "/app.js")),
    style: include_str!(concat!(env!("OUT_DIR"), "/app.css")),
    policy: include_str!(concat!(env!("OUT_DIR"), "/app.csp")),
};

impl Explorer {
    /// The app; none if the program was built without it.
    pub(super) fn built() -> Option<Self> {
        (!BUILT.script.is_empty()).then_some(BUILT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_that_was_built_cannot_end_the_element_that_it_stands_in() {
        let Some(app) = Explorer::built() else { return };
        for text in [app.script, app.style] {
            let text = text.to_ascii_lowercase();
            for end in ["</script", "</style", "<!--"] {
                assert!(!text.contains(end), "{end}");
            }
        }
        assert!(app.policy.starts_with("'sha256-"), "{}", app.policy);
    }
}
