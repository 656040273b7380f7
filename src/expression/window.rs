//! Windows of time in which a condition acts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A named condition that acts from `start` to `end`, in one series or in all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Window {
    /// Name of the condition.
    pub name: String,
    /// The series it acts in; all of them if there is none.
    pub series: Option<String>,
    /// First time at which it acts.
    pub start: f64,
    /// Time at which it ends.
    pub end: f64,
}

impl From<Window> for String {
    fn from(window: Window) -> Self {
        window.to_string()
    }
}

impl TryFrom<String> for Window {
    type Error = WindowError;

    fn try_from(text: String) -> Result<Self, WindowError> {
        text.parse()
    }
}

/// What is wrong with a window.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WindowError {
    /// The text does not follow the form.
    #[error(
        "window `{text}`: {found}, expected [SERIES/]NAME=START:END, for example \
         `heat=0:500` or `2/heat=0:500`"
    )]
    Form {
        /// The text.
        text: String,
        /// What is wrong.
        found: &'static str,
    },
    /// The end does not come after the start.
    #[error("window `{window}`: the end does not come after the start; swap the two times")]
    Order {
        /// The window.
        window: String,
    },
}

impl FromStr for Window {
    type Err = WindowError;

    fn from_str(text: &str) -> Result<Self, WindowError> {
        let wrong = |found| WindowError::Form {
            text: text.to_owned(),
            found,
        };
        let (label, span) = text
            .rsplit_once('=')
            .ok_or_else(|| wrong("there is no `=`"))?;
        let (start, end) = span
            .split_once(':')
            .ok_or_else(|| wrong("there is no `:`"))?;
        let (series, name) = match label.rsplit_once('/') {
            Some((series, name)) => (Some(series.trim().to_owned()), name),
            None => (None, label),
        };
        let number = |text: &str, found| match text.trim().parse::<f64>() {
            Ok(x) if x.is_finite() => Ok(x),
            _ => Err(wrong(found)),
        };
        let window = Self {
            name: name.trim().to_owned(),
            series,
            start: number(start, "the start is not a number")?,
            end: number(end, "the end is not a number")?,
        };
        if window.name.is_empty() {
            return Err(wrong("the name is empty"));
        }
        if window.start >= window.end {
            return Err(WindowError::Order {
                window: window.to_string(),
            });
        }
        Ok(window)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(series) = &self.series {
            write!(f, "{series}/")?;
        }
        write!(f, "{}={}:{}", self.name, self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_written_as_it_is_read() {
        for text in ["heat=0:500", "2/heat=-1.5:3", "A/1/heat=0:1"] {
            assert_eq!(text.parse::<Window>().expect("a window").to_string(), text);
        }
        let window: Window = "A/1/heat=0:1".parse().expect("a window");
        assert_eq!(window.series.as_deref(), Some("A/1"));
    }

    #[test]
    fn a_window_of_another_form_is_refused_with_an_example() {
        for (text, found) in [
            ("heat", "there is no `=`"),
            ("heat=5", "there is no `:`"),
            ("heat=a:5", "the start is not a number"),
            ("heat=0:inf", "the end is not a number"),
            ("=0:5", "the name is empty"),
            ("heat=5:0", "the end does not come after the start"),
        ] {
            let error = text.parse::<Window>().expect_err(text).to_string();
            assert!(error.contains(found), "{error}");
        }
    }
}
