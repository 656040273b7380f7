//! How a simulation that nobody waits for any more is ended.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Cancels simulations on other threads; all copies of it are cancelled together.
///
/// They look at it before each field and member, and after every step along a path. A search for a
/// steady state is ended between one field and the next.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Cancels them; there is no way back.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether they were cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
