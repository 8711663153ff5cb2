//! Several threads on one piece of work, as many as nobody else needs at the moment.

use std::sync::atomic::{AtomicIsize, Ordering};
use std::sync::{Arc, Mutex};

/// Threads that several calls have between them. A call holds one while it works and borrows free ones step by step, so that
/// the last matrices of a checkpoint get the threads that earlier ones have left.
#[derive(Clone, Debug)]
pub struct Team {
    free: Arc<AtomicIsize>,
}

/// One thread of a team, given back when dropped.
pub struct Seat<'a>(&'a Team);

impl Team {
    pub fn of(threads: usize) -> Self {
        Self { free: Arc::new(AtomicIsize::new(threads as isize)) }
    }

    /// Takes the thread that the caller runs on. Callers see to it that there are no more of them than threads; a borrowed one is
    /// given back soon, so that the count may fall below zero for a moment.
    pub fn sit(&self) -> Seat<'_> {
        self.free.fetch_sub(1, Ordering::Relaxed);
        Seat(self)
    }

    /// Hands `items` to the calling thread and to those that are free; items are taken in order as threads get done.
    pub fn share<Item: Send>(&self, items: Vec<Item>, work: impl Fn(Item) + Sync) {
        let borrowed = self.borrow(items.len().saturating_sub(1));
        if borrowed == 0 {
            items.into_iter().for_each(work);
            return;
        }
        let queue = Mutex::new(items.into_iter());
        let take = || queue.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next();
        let run = || {
            while let Some(item) = take() {
                work(item);
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..borrowed {
                // Where no thread can be had, the others do it all.
                let _ = std::thread::Builder::new().spawn_scoped(scope, run);
            }
            run();
        });
        self.free.fetch_add(borrowed as isize, Ordering::Relaxed);
    }

    fn borrow(&self, most: usize) -> usize {
        let take = |free: isize| (free > 0 && most > 0).then(|| free - free.min(most as isize));
        match self.free.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
            Ok(free) => free.min(most as isize) as usize,
            Err(_) => 0,
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.free.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    #[test]
    fn every_item_is_done_once_and_threads_are_given_back() {
        for threads in [1, 2, 5] {
            let team = Team::of(threads);
            let seat = team.sit();
            let sum = AtomicUsize::new(0);
            team.share((1..=100).collect(), |item: usize| {
                sum.fetch_add(item, Ordering::Relaxed);
            });
            assert_eq!(sum.into_inner(), 5050);
            assert_eq!(team.borrow(9), threads - 1);
            team.free.fetch_add(threads as isize - 1, Ordering::Relaxed);
            drop(seat);
            assert_eq!(team.borrow(9), threads);
        }
    }

    #[test]
    fn nothing_is_borrowed_from_callers_who_need_it() {
        let team = Team::of(2);
        let (_one, _other) = (team.sit(), team.sit());
        assert_eq!(team.borrow(3), 0);
    }
}
