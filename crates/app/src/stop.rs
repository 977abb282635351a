//! Ctrl-C and SIGTERM: a run that keeps things ends after the step it is in and says what is kept. The only file that knows
//! the crate.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag::{register, register_conditional_shutdown},
};

use crate::warn;

/// The status of a program that Ctrl-C ended.
pub const STATUS: u8 = 130;

static ASKED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From now on the first signal asks to stop; a second one ends the program where it is, which loses nothing that was kept.
// The one thread beside rayon's; nothing that is written depends on it.
#[allow(clippy::disallowed_methods)]
pub fn listen() {
    let flag = Arc::<AtomicBool>::default();
    if ASKED.set(Arc::clone(&flag)).is_err() {
        return;
    }
    for signal in [SIGINT, SIGTERM] {
        // Where it cannot be listened for, the signal ends the program as ever.
        let _ = register_conditional_shutdown(signal, STATUS.into(), Arc::clone(&flag))
            .and_then(|_| register(signal, Arc::clone(&flag)));
    }
    // Whoever pressed the keys sees that they were seen, however long the step takes: it may wait for a pipe or a server.
    thread::spawn(|| {
        while !asked() {
            thread::sleep(SLICE);
        }
        warn::note("stopping after this step; Ctrl-C again ends it at once, and loses nothing that was kept");
    });
}

/// A file that grows over the limit of the system or the batch system (`ulimit -f`) is an error of writing like a full disk,
/// and ends the program with what was kept, not without a word.
pub fn large_files_are_errors() {
    #[cfg(unix)]
    let _ = register(signal_hook::consts::SIGXFSZ, Arc::default());
}

/// How long a signal may go unseen.
const SLICE: Duration = Duration::from_millis(200);

/// True once a signal came.
pub fn asked() -> bool {
    ASKED.get().is_some_and(|asked| asked.load(Ordering::Relaxed))
}

/// Waits so long, or until a signal comes.
pub fn sleep(mut left: Duration) {
    while !left.is_zero() && !asked() {
        let slice = left.min(SLICE);
        thread::sleep(slice);
        left -= slice;
    }
}

/// What ends a run that was stopped: what it kept, and how to go on.
#[derive(Debug, thiserror::Error)]
#[error("stopped; {kept} (the same command goes on from there)")]
pub struct Stopped {
    /// "128 new reports are kept in demarche.db".
    pub kept: String,
}
