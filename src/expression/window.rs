//! Windows of time in which a condition acts.

use std::fmt;
use std::str::FromStr;

use super::Expression;

/// A named condition that acts from `start` to `end`, in one series or in all.
#[derive(Clone, Debug, PartialEq)]
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

/// What is wrong with a window.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
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
    /// There is no such series.
    #[error("window `{window}`: found no series `{series}`, expected one of {known}")]
    NoSeries {
        /// The window.
        window: String,
        /// The name that was asked for.
        series: String,
        /// The series there are.
        known: String,
    },
    /// The window touches no sample.
    #[error(
        "window `{window}`: found no sample in it, as times go from {first} to {last}; \
         give it in the units of the time column"
    )]
    Outside {
        /// The window.
        window: String,
        /// Earliest time of the series.
        first: f64,
        /// Latest time of the series.
        last: f64,
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
            start: number(start, "the start is no number")?,
            end: number(end, "the end is no number")?,
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

impl Window {
    /// Whether the window concerns this series.
    #[must_use]
    pub fn concerns(&self, series: &str) -> bool {
        self.series.as_deref().is_none_or(|own| own == series)
    }

    /// Whether `time` lies in the window, both ends included.
    #[must_use]
    pub fn contains(&self, time: f64) -> bool {
        self.start <= time && time <= self.end
    }

    /// Checks the window against the data it is meant for.
    ///
    /// # Errors   [`WindowError::NoSeries`], [`WindowError::Outside`].
    pub fn check(&self, expression: &Expression) -> Result<(), WindowError> {
        let all = expression.series();
        let concerned = || all.iter().filter(|one| self.concerns(one.name()));
        if let (Some(series), None) = (&self.series, concerned().next()) {
            return Err(WindowError::NoSeries {
                window: self.to_string(),
                series: series.clone(),
                known: known(all.iter().map(|one| one.name())),
            });
        }
        let times = || concerned().flat_map(|one| one.times()).copied();
        if times().any(|time| self.contains(time)) {
            return Ok(());
        }
        Err(WindowError::Outside {
            window: self.to_string(),
            first: times().fold(f64::INFINITY, f64::min),
            last: times().fold(f64::NEG_INFINITY, f64::max),
        })
    }
}

fn known<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 5;
    let names: Vec<&str> = names.collect();
    let some: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    match names.len().saturating_sub(SHOWN) {
        0 => some.join(", "),
        more => format!("{} and {more} more", some.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use faer::Mat;

    use super::*;
    use crate::expression::TimeSeries;
    use crate::genes::Genes;

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
            ("heat=a:5", "the start is no number"),
            ("heat=0:inf", "the end is no number"),
            ("=0:5", "the name is empty"),
            ("heat=5:0", "the end does not come after the start"),
        ] {
            let error = text.parse::<Window>().expect_err(text).to_string();
            assert!(error.contains(found), "{error}");
        }
    }

    #[test]
    fn a_window_outside_the_data_is_refused_with_the_times_there_are() {
        let genes = Genes::new(["a"]).expect("distinct");
        let series = TimeSeries::new("s", vec![0.0, 10.0], Mat::zeros(2, 1)).expect("increasing");
        let data = Expression::new(genes, vec![series]).expect("one series");
        let check = |text: &str| text.parse::<Window>().expect("a window").check(&data);
        assert_eq!(check("s/heat=5:20"), Ok(()));
        let error = check("heat=11:20").expect_err("outside").to_string();
        assert!(error.contains("times go from 0 to 10"), "{error}");
        let error = check("r/heat=0:1").expect_err("no such series").to_string();
        assert!(
            error.contains("no series `r`, expected one of `s`"),
            "{error}"
        );
    }
}
