//! What follows the fits: responses, ranking, refit, forecasts, and the run of them all.

use std::time::Instant;

use super::calibration::KnownTruth;
use super::fitted_field::{along, as_fitted, field};
use super::null_models::NullModels;
use super::record::RegimeRecord;
use super::warnings::{
    NOT_REFITTED, direction_is_a_guess, rests_on, steady_state_outside, warnings,
    worse_than_no_change,
};
use super::{InferError, Record, Run, Settings, curves, groups, metrics, paths};
use crate::direct_effects::Responses;
use crate::expression::{Data, Expression, Scale, States, SteadyStates};
use crate::field::Fitted;
use crate::fit::{Sweep, TargetFit};
use crate::forecast::{Forecasts, NoForecast, Task, ThroughOde, fitted_courses, forecast};
use crate::genes::Gene;
use crate::io::Metrics;
use crate::loci::Loci;
use crate::network::Network;
use crate::network::nulls::{SampleLabels, UnexplainedComponent, unexplained_components};
use crate::prior::Prior;
use crate::refit::{Observations, Refitted};
use crate::regime::Regimes;
use crate::segments::Segments;
use crate::trajectory::{AllSamples, Conditions};

/// The fits of all targets, with what they were made from.
pub(super) struct FittedTargets<'a> {
    pub(super) data: &'a Data,
    pub(super) settings: &'a Settings,
    pub(super) prior: &'a Prior,
    pub(super) scale: Scale,
    pub(super) expression: &'a Expression,
    pub(super) steady_states: Option<&'a SteadyStates>,
    pub(super) conditions: &'a Conditions,
    pub(super) rows: &'a Segments,
    pub(super) regulators: &'a [Gene],
    pub(super) fits: &'a [TargetFit],
    pub(super) regimes: &'a Regimes,
    pub(super) samples: &'a AllSamples,
    pub(super) sweep: &'a Sweep<'a>,
    pub(super) known: Option<KnownTruth<'a>>,
    pub(super) loci: Option<&'a Loci>,
}

impl FittedTargets<'_> {
    /// Responses, ranking, refit and forecasts.
    pub(super) fn finish(&self) -> Result<Run, InferError> {
        let (expression, rows, fits) = (self.expression, self.rows, self.fits);
        let field = field(expression.genes(), self.scale, rows, fits)?;
        let steady_states = self.steady_states;
        let responses = steady_states.and_then(|states| Responses::new(states, self.scale));
        let genes = expression.genes().clone();
        let before = along(&field, rows);
        let network = Network::new(genes, self.regulators, fits, &before, responses.as_ref());
        let network = match responses {
            Some(_) => network,
            None => network.with_null(self.expected_false()),
        };
        let (network, calibration) = match self.known {
            Some(known) => known.calibrate(network)?,
            None => (network, None),
        };
        let observations = Observations {
            expression,
            rows,
            steady_states: self.steady_states,
        };
        let refitted = self
            .settings
            .refitted(&field, &network, &observations, self.regimes)?;
        let start = Instant::now();
        let predicted = self.predict(refitted.as_ref());
        let forecast_seconds = start.elapsed().as_secs_f64();
        let (model, refit) = match refitted {
            Some(refitted) => (refitted.fitted, Some(refitted.report)),
            None => (as_fitted(field, expression, self.steady_states), None),
        };
        let courses = fitted_courses(
            expression,
            rows,
            &model.field,
            refit.map(|refit| refit.steps),
        );
        let forecasts = predicted.as_ref().map_or(&[][..], |found| &found.courses);
        let curves = curves::curves(expression, self.scale, &courses, forecasts);
        let metrics = metrics::metrics(fits, predicted.map(|found| found.errors));
        let record = Record {
            calibration,
            warnings: self.warnings(&metrics, &model),
            edges_ranked: network.edges().len(),
            targets_not_converged: fits.len() - metrics.converged_genes,
            refit,
            forecast_seconds,
            ..self.record()
        };
        Ok(Run {
            curves,
            paths: paths::paths(fits, self.regulators),
            groups: groups::groups(expression, rows, &model.field),
            nodes: metrics::nodes(&network, &model.field, fits, self.regimes),
            network: network
                .with_influence(&along(&model.field, rows))
                .with_prior(self.prior),
            states: States::of(self.data),
            activities: None,
            metrics,
            model,
            record,
        })
    }

    /// Expected number of false edges by nulls that know nothing of the model, for every rank.
    fn expected_false(&self) -> Vec<f64> {
        let nulls = NullModels {
            samples: self.samples,
            sweep: self.sweep,
            fits: self.fits,
            seed: self.settings.seed,
            loci: self.loci,
        };
        nulls.expected_false()
    }

    /// Leading components of the levels that regulators leave unexplained; none where no levels were fitted.
    fn unexplained(&self) -> Vec<UnexplainedComponent> {
        if self.regimes.fast() == 0 {
            return Vec::new();
        }
        let samples = self.samples;
        let mut labels = SampleLabels {
            series: vec![None; samples.levels.nrows()],
            time: vec![f64::NAN; samples.levels.nrows()],
        };
        for (number, rows) in samples.series().into_iter().enumerate() {
            let start = samples.times[rows.start];
            for row in rows {
                labels.series[row] = Some(number);
                labels.time[row] = samples.times[row] - start;
            }
        }
        let levels = samples.levels.as_ref();
        unexplained_components(levels, self.regulators, &labels, self.regimes.ridge)
    }

    /// Series that are left out, predicted by models of the others.
    fn predict(&self, refitted: Option<&Refitted>) -> Result<Forecasts, NoForecast> {
        if self.data.series().is_none() {
            return Err(match self.data.is_static() {
                true => NoForecast::Static,
                false => NoForecast::Cells,
            });
        }
        let refit = refitted.zip(self.settings.refit.as_ref());
        forecast(&Task {
            expression: self.expression,
            scale: self.scale,
            rows: self.rows,
            regulators: self.regulators,
            prior: self.prior,
            settings: &self.settings.fit,
            fits: self.fits,
            fast: self.sweep.fast,
            through_ode: refit.map(|(refitted, settings)| ThroughOde {
                field: &refitted.fitted.field,
                support: refitted.report.support,
                steady_states: self.steady_states,
                settings,
                steps: refitted.report.steps,
            }),
        })
    }

    /// What is recorded before the refit.
    fn record(&self) -> Record {
        let read = Record::of(self.data);
        let notes = read.notes.iter().cloned();
        let direction = self
            .data
            .is_static()
            .then(|| rests_on(self.data, self.regulators.len() < self.data.genes().len()));
        let chosen = !self.regimes.folds.is_empty();
        let note = self.samples.conditions.note.as_ref();
        let replicates = note.filter(|_| chosen).cloned();
        Record {
            notes: notes.chain(direction).chain(replicates).collect(),
            regulators: self.regulators.len(),
            known_pairs: self.prior.len(),
            settings: self.settings.clone(),
            transform: self.scale.name().to_owned(),
            scale: self.scale,
            regimes: RegimeRecord::new(self.regimes),
            unexplained: self.unexplained(),
            offsets: self.conditions.offsets,
            segments: self.rows.len(),
            ..read
        }
    }

    /// Those of the data, of the fit and of its predictions.
    fn warnings(&self, metrics: &Metrics, model: &Fitted) -> Vec<String> {
        let mut all = Record::of(self.data).warnings;
        all.extend(warnings(
            self.expression,
            self.conditions,
            self.rows,
            self.regulators,
            self.fits,
        ));
        all.extend(worse_than_no_change(metrics));
        all.extend(steady_state_outside(model));
        if self.data.is_static() {
            all.extend(direction_is_a_guess(self.data, self.regulators));
        } else if self.settings.refit.is_some() && self.regimes.mostly_fast() {
            all.push(NOT_REFITTED.to_owned());
        }
        all
    }
}
