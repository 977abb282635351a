//! A line on standard error that tells how far a long run has come.

use std::{
    io::{self, IsTerminal},
    time::Instant,
};

/// Reports from one showing to the next.
const STEP: usize = 64;

/// Counts reports, claims and bytes; shown where somebody watches: standard error is a terminal.
pub struct Progress {
    shown: bool,
    /// Bytes of all inputs, where known.
    total: Option<u64>,
    start: Instant,
    reports: usize,
    claims: usize,
    bytes: u64,
}

impl Progress {
    /// Starts counting; `total` is the size of the inputs in bytes, `wanted` whether it may be shown.
    // The clock is read for the person who waits; nothing that is written depends on it.
    #[allow(clippy::disallowed_methods)]
    pub fn new(total: Option<u64>, wanted: bool) -> Self {
        let shown = wanted && io::stderr().is_terminal();
        Self { shown, total, start: Instant::now(), reports: 0, claims: 0, bytes: 0 }
    }

    /// Counts reports with their claims and bytes.
    pub fn add(&mut self, reports: usize, claims: usize, bytes: usize) {
        let step = self.reports / STEP;
        self.reports += reports;
        self.claims += claims;
        self.bytes += bytes as u64;
        if self.shown && self.reports / STEP > step {
            eprint!("\r\x1b[K{}", self.line());
        }
    }

    /// Leaves the last line standing.
    pub fn end(&self) {
        if self.shown {
            eprintln!("\r\x1b[K{}", self.line());
        }
    }

    /// Reports counted.
    pub fn reports(&self) -> usize {
        self.reports
    }

    fn line(&self) -> String {
        let seconds = self.start.elapsed().as_secs_f64().max(0.001);
        let rate = self.reports as f64 / seconds;
        let left = self.total.filter(|&total| total > self.bytes && self.bytes > 0).map(|total| {
            let seconds = seconds * (total - self.bytes) as f64 / self.bytes as f64;
            format!(", {} left", span(seconds as u64))
        });
        format!(
            "{} reports, {} claims, {rate:.0} reports a second{}",
            self.reports,
            self.claims,
            left.unwrap_or_default()
        )
    }
}

/// `2 h 05 min`, `3 min 20 s`, `12 s`
fn span(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_its_two_largest_units() {
        assert_eq!([span(12), span(200), span(7500)], ["12 s", "3 min 20 s", "2 h 05 min"]);
    }
}
