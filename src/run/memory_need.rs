//! How much memory an inference takes, before it takes it.

use crate::numeric::{in_bytes, machine_memory};

/// Bytes for each pair of a target and a regulator that are held from the first fit to the last: how often
/// it was selected at each of ten `λ`, and its mean weight.
const HELD: u64 = 48;
/// Bytes for each pair at the peak: 170 MB were measured for 153,000 pairs of the linear part, 780 MB for
/// 620,000.
const PAIR: u64 = 1_200;
/// Bytes for each pair of regulators with nonlinear units, which took 260 MB for 300 genes that all may
/// regulate and 2.9 GB for 1,000, and more with the refit, which took 5.7 GB for these.
const SQUARE: u64 = 1_800;
const REFIT: u64 = 2_700;

/// Memory that the fits of some targets take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MemoryNeed {
    targets: usize,
    regulators: usize,
    /// At the peak, in bytes; an estimate within a factor of about two.
    pub(super) peak: u64,
    /// In bytes; certainly.
    held: u64,
}

/// Candidate pairs for which there is not enough memory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{targets} targets with {regulators} regulators need {held} bytes ({}) for their candidate pairs alone, and {limit}; \
     name the genes that may be regulators with `--regulators`, or take a larger machine",
    in_bytes(*held)
)]
pub struct MemoryError {
    targets: usize,
    regulators: usize,
    held: u64,
    limit: String,
}

impl MemoryNeed {
    /// * `nonlinear`, `refit`: whether networks with several units are fitted, and whether the model is
    ///   fitted again through its differential equations
    pub(super) fn new(targets: usize, regulators: usize, nonlinear: bool, refit: bool) -> Self {
        let pairs = (targets as u64).saturating_mul(regulators as u64);
        let squares = (regulators as u64).saturating_mul(regulators as u64);
        let square = match (nonlinear, refit) {
            (false, _) => 0,
            (true, false) => SQUARE,
            (true, true) => SQUARE + REFIT,
        };
        Self {
            targets,
            regulators,
            peak: pairs
                .saturating_mul(PAIR)
                .saturating_add(squares.saturating_mul(square)),
            held: pairs.saturating_mul(HELD),
        }
    }

    /// Refuses more than the machine has, and more than the system gives.
    pub(super) fn check(self) -> Result<(), MemoryError> {
        self.check_within(machine_memory())?;
        let size = usize::try_from(self.held).unwrap_or(usize::MAX);
        let reserved = Vec::<u8>::new().try_reserve_exact(size);
        reserved.map_err(|_| self.error("the system does not give as much to a process".to_owned()))
    }

    fn check_within(self, machine: Option<u64>) -> Result<(), MemoryError> {
        match machine {
            Some(memory) if self.held > memory => {
                Err(self.error(format!("this machine has {}", in_bytes(memory))))
            }
            _ => Ok(()),
        }
    }

    fn error(self, limit: String) -> MemoryError {
        MemoryError {
            targets: self.targets,
            regulators: self.regulators,
            held: self.held,
            limit,
        }
    }

    /// A warning where the peak may be more than the machine has.
    pub(super) fn warning(self) -> Option<String> {
        self.warning_within(machine_memory()?)
    }

    fn warning_within(self, machine: u64) -> Option<String> {
        (self.peak > machine).then(|| {
            format!(
                "about {} of memory for {} targets with {} regulators, and this machine has {}: the system may end the \
                 program; name the genes that may be regulators with `--regulators`, or say `--linear`",
                in_bytes(self.peak),
                self.targets,
                self.regulators,
                in_bytes(machine)
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GB: u64 = 1_000_000_000;

    #[test]
    fn what_cannot_fit_is_refused_and_what_may_not_fit_is_warned_of() {
        let need = |genes, regulators| MemoryNeed::new(genes, regulators, true, true);
        let error = need(40_000, 40_000)
            .check_within(Some(24 * GB))
            .expect_err("too large");
        assert_eq!(
            error.to_string(),
            "40000 targets with 40000 regulators need 76800000000 bytes (77 GB) for their candidate pairs alone, and \
             this machine has 24 GB; name the genes that may be regulators with `--regulators`, or take a larger machine"
        );
        assert!(need(40_000, 40_000).check_within(None).is_ok());
        for regulators in [1_500, 20_000] {
            assert!(need(20_000, regulators).check_within(Some(24 * GB)).is_ok());
        }
        let warning = need(20_000, 1_500)
            .warning_within(24 * GB)
            .expect("more than there is");
        assert!(
            warning.starts_with("about 46 GB of memory for 20000 targets with 1500 regulators")
        );
        assert_eq!(need(1_000, 100).warning_within(24 * GB), None);
    }

    #[test]
    fn a_number_of_pairs_that_no_address_can_hold_is_an_error_with_its_bytes() {
        let need = MemoryNeed::new(usize::MAX / 2, 2, true, true);
        let error = need.check().expect_err("too large").to_string();
        assert!(error.contains(&format!("{} bytes", u64::MAX)), "{error}");
    }
}
