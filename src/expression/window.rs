//! Named windows of time in which a condition lasts.

/// A condition that lasts from `start` to `end`, in one series or in all.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Name of the condition.
    pub name: String,
    /// The series it concerns; all where `None`.
    pub series: Option<String>,
    /// First time of the window.
    pub start: f64,
    /// Last time of the window.
    pub end: f64,
}
