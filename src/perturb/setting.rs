//! How long simulations go, and from where.

use super::no_answer::NoAnswer;
use super::start::{InitialState, StartKind};
use super::wild_type::WildType;
use crate::field::Fitted;

/// How long a simulation goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Until {
    /// Until the steady state, if the simulation starts from one or from a given state; else 51 times over the duration
    /// of the data (see [`InitialState`]).
    Auto,
    /// Until nothing changes any more; after the last window, if there are windows.
    Steady,
    /// States at these increasing times, the first of which is the start.
    Times(Vec<f64>),
}

/// Times of a course whose times are not given.
const POINTS: usize = 51;

impl Until {
    /// Maximum number of rows of a response.
    #[doc(hidden)]
    #[must_use]
    pub fn most_rows(&self) -> usize {
        match self {
            Self::Auto => POINTS,
            Self::Steady => 1,
            Self::Times(times) => times.len(),
        }
    }
}

/// A query's start and end without what is by default.
pub(super) struct Setting<'a> {
    pub(super) from: Option<Vec<f64>>,
    pub(super) until: Until,
    pub(super) start: InitialState,
    /// That of the model, where it is the start.
    pub(super) wild: Option<WildType<'a>>,
}

impl<'a> Setting<'a> {
    pub(super) fn new(
        fitted: &'a Fitted,
        from: Option<&[f64]>,
        until: &Until,
    ) -> Result<Self, NoAnswer> {
        let until_steady = match until {
            Until::Auto => Until::Steady,
            other => other.clone(),
        };
        let mut setting = Self {
            from: from.map(<[f64]>::to_vec),
            until: until_steady,
            start: InitialState::new(StartKind::Given),
            wild: None,
        };
        if from.is_some() {
            return Ok(setting);
        }
        setting.start.kind = StartKind::Steady;
        if fitted.observed.is_none() {
            return Ok(setting);
        }
        let wild = WildType::of(fitted)?;
        setting.start.outside.clone_from(&wild.start().outside);
        match wild.start().kind {
            // steady states are wanted wherever they are
            _ if *until == Until::Steady => {}
            StartKind::OtherSteady => {
                setting.start.kind = StartKind::OtherSteady;
                setting.from = Some(wild.levels().to_vec());
            }
            StartKind::Reference => {
                setting.start.kind = StartKind::Reference;
                setting.from = Some(fitted.reference.clone());
                if *until == Until::Auto {
                    let share = |k: usize| k as f64 / (POINTS - 1) as f64;
                    let times = (0..POINTS).map(|k| fitted.length() * share(k));
                    setting.until = Until::Times(times.collect());
                }
            }
            StartKind::Steady | StartKind::Given => setting.wild = Some(wild),
        }
        Ok(setting)
    }
}
