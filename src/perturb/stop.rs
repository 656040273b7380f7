//! How a simulation that nobody waits for any more is ended.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Tells simulations on other threads to stop; copies of it are told together.
///
/// They look at it before each field and member, and after every step along a path. A search for a
/// steady state is ended between one field and the next.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Tells them; there is no way back.
    pub fn tell(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether they were told.
    #[must_use]
    pub fn told(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
