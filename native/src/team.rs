//! Several threads on one piece of work.

use std::sync::Mutex;

/// Hands `items` to at most `threads` threads, the calling one among them; items are taken in order as threads get free.
pub fn share<Item: Send>(threads: usize, items: Vec<Item>, work: impl Fn(Item) + Sync) {
    if threads <= 1 || items.len() <= 1 {
        items.into_iter().for_each(work);
        return;
    }
    let helpers = threads.min(items.len()) - 1;
    let queue = Mutex::new(items.into_iter());
    let take = || {
        queue
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .next()
    };
    let run = || {
        while let Some(item) = take() {
            work(item);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..helpers {
            // Where no thread can be had, the calling one does it all.
            let _ = std::thread::Builder::new().spawn_scoped(scope, run);
        }
        run();
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn every_item_is_done_once() {
        for threads in [1, 2, 5] {
            let sum = AtomicUsize::new(0);
            share(threads, (1..=100).collect(), |item: usize| {
                sum.fetch_add(item, Ordering::Relaxed);
            });
            assert_eq!(sum.into_inner(), 5050);
        }
    }
}
