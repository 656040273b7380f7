//! Progress of the fit: a bar on a terminal, plain lines otherwise.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use cistron::fit::{Continue, TargetFit, Watch};

/// Time between two plain lines.
const PAUSE: Duration = Duration::from_secs(5);

/// Watches a sweep over targets.
pub(crate) struct Progress {
    targets: usize,
    bar: Option<ProgressBar>,
    plain: bool,
    start: Instant,
    /// Targets that were finished before this run.
    before: usize,
    last: Instant,
}

impl Progress {
    /// * `targets`: number of targets; `before`: those that an earlier run finished
    /// * `quiet`: show nothing
    pub(crate) fn new(targets: usize, before: usize, quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = (terminal && !quiet).then(|| bar(targets));
        Self {
            targets,
            bar,
            plain: !terminal && !quiet,
            start: Instant::now(),
            before,
            last: Instant::now(),
        }
    }
}

fn bar(targets: usize) -> ProgressBar {
    let style = "{bar:30} {pos} of {len} targets · {elapsed} · {eta} left";
    let style = ProgressStyle::with_template(style).expect("the template is sound");
    let bar = ProgressBar::new(targets as u64).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

impl Watch for Progress {
    fn finished(&mut self, fits: &[TargetFit]) -> Continue {
        let finished = fits.len();
        if let Some(bar) = &self.bar {
            bar.set_position(finished as u64);
        }
        if self.plain && (self.last.elapsed() >= PAUSE) && finished > self.before {
            self.last = Instant::now();
            let elapsed = self.start.elapsed().as_secs_f64();
            let left = elapsed / (finished - self.before) as f64 * (self.targets - finished) as f64;
            // progress that nobody can read changes nothing
            let _ = writeln!(
                std::io::stderr().lock(),
                "fitted {finished} of {} targets in {elapsed:.0} s, about {left:.0} s left",
                self.targets
            );
        }
        if let Some(bar) = self.bar.take_if(|_| finished == self.targets) {
            bar.finish_and_clear();
        }
        Continue::Yes
    }
}
