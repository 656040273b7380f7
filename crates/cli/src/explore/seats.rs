//! Who may stay connected, and who has to go when there is no room.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// Room for some connections.
///
/// Those that have not said what they want are let go when others come, the oldest first: clients
/// that connect and are silent, for which no token is needed, then keep nobody out.
pub(super) struct Seats {
    free: Arc<Semaphore>,
    silent: Arc<Silent>,
}

/// Connections without a complete head, the oldest first.
#[derive(Default)]
struct Silent(Mutex<VecDeque<Arc<Notify>>>);

/// The place of a connection; it is free again when this is dropped.
pub(super) struct Seat {
    leave: Arc<Notify>,
    silent: Arc<Silent>,
    _permit: OwnedSemaphorePermit,
}

impl Seats {
    pub(super) fn new(count: usize) -> Self {
        Self {
            free: Arc::new(Semaphore::new(count)),
            silent: Arc::default(),
        }
    }

    /// A place for a connection that came; waits where all others are being answered.
    pub(super) async fn take(&self) -> Seat {
        if self.free.available_permits() == 0
            && let Some(oldest) = self.silent.all().pop_front()
        {
            oldest.notify_one();
        }
        let permit = Arc::clone(&self.free).acquire_owned().await;
        let leave = Arc::new(Notify::new());
        self.silent.all().push_back(Arc::clone(&leave));
        Seat {
            leave,
            silent: Arc::clone(&self.silent),
            _permit: permit.expect("nobody closes it"),
        }
    }
}

impl Silent {
    fn all(&self) -> MutexGuard<'_, VecDeque<Arc<Notify>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// The head is complete: from now on it stays.
    pub(super) fn heard(&self) {
        let same = |other: &Arc<Notify>| Arc::ptr_eq(other, &self.leave);
        self.silent.all().retain(|other| !same(other));
    }

    /// Ends when the place is wanted by another.
    pub(super) async fn unwanted(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.heard();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[test]
    fn the_oldest_that_is_silent_goes_and_those_that_are_answered_stay() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(async {
            let soon = Duration::from_millis(100);
            let seats = Arc::new(Seats::new(3));
            let [one, two, three] = [seats.take().await, seats.take().await, seats.take().await];
            one.heard();
            let asking = Arc::clone(&seats);
            let next = tokio::spawn(async move { asking.take().await });
            timeout(soon, two.unwanted())
                .await
                .expect("it is the oldest");
            assert!(timeout(soon, three.unwanted()).await.is_err());
            assert!(timeout(soon, one.unwanted()).await.is_err());
            drop(two);
            let four = next.await.expect("a place");
            three.heard();
            four.heard();
            assert!(timeout(soon, seats.take()).await.is_err(), "no room");
        });
    }
}
