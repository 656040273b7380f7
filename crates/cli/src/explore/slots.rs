//! A limited number of connections, and which of them are closed when none is free.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// A limited number of connections.
///
/// If none is free, the oldest connection that has not sent a complete request head is cancelled, and told so.
/// Clients that connect and send nothing, which needs no token, therefore cannot block others.
pub(super) struct Slots {
    free: Arc<Semaphore>,
    pending: Arc<Pending>,
}

/// Connections without a complete request head, the oldest first.
#[derive(Default)]
struct Pending(Mutex<VecDeque<Arc<Notify>>>);

/// The slot of a connection; it is free again when this is dropped.
pub(super) struct Slot {
    cancel: Arc<Notify>,
    pending: Arc<Pending>,
    _permit: OwnedSemaphorePermit,
}

impl Slots {
    pub(super) fn new(count: usize) -> Self {
        Self {
            free: Arc::new(Semaphore::new(count)),
            pending: Arc::default(),
        }
    }

    /// A slot for a new connection; waits while all requests in the other slots are complete.
    pub(super) async fn take(&self) -> Slot {
        if self.free.available_permits() == 0 {
            // lets the others read what has come: complete requests are kept
            tokio::task::yield_now().await;
        }
        if self.free.available_permits() == 0
            && let Some(oldest) = self.pending.lock().pop_front()
        {
            oldest.notify_one();
        }
        let permit = Arc::clone(&self.free).acquire_owned().await;
        let cancel = Arc::new(Notify::new());
        self.pending.lock().push_back(Arc::clone(&cancel));
        Slot {
            cancel,
            pending: Arc::clone(&self.pending),
            _permit: permit.expect("the semaphore is never closed"),
        }
    }
}

impl Pending {
    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<Notify>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// The request head is complete: from now on the connection is not cancelled.
    pub(super) fn keep(&self) {
        let mut pending = self.pending.lock();
        pending.retain(|other| !Arc::ptr_eq(other, &self.cancel));
    }

    /// Ends when the connection is cancelled.
    pub(super) async fn cancelled(&self) {
        self.cancel.notified().await;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.keep();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[test]
    fn the_oldest_pending_connection_is_cancelled_and_complete_requests_are_kept() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(async {
            let soon = Duration::from_millis(100);
            let slots = Arc::new(Slots::new(3));
            let complete = slots.take().await;
            let (oldest, newer) = (slots.take().await, slots.take().await);
            complete.keep();
            let waiting = Arc::clone(&slots);
            let next = tokio::spawn(async move { waiting.take().await });
            let oldest_ends = timeout(soon, oldest.cancelled()).await;
            assert!(oldest_ends.is_ok());
            assert!(timeout(soon, newer.cancelled()).await.is_err());
            assert!(timeout(soon, complete.cancelled()).await.is_err());
            drop(oldest);
            let next = next.await.expect("a slot");
            newer.keep();
            next.keep();
            assert!(timeout(soon, slots.take()).await.is_err(), "no slot");
        });
    }
}
