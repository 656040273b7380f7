//! Peak memory of this process since a mark, on Linux.

use std::fs;

use cistron_truth::benchmark::Meter;

/// Resets and reads the kernel's high-water mark of resident memory (`VmHWM`); elsewhere, or where
/// it cannot be reset, there is no answer, because the mark of an earlier method would be a wrong
/// one.
#[derive(Debug, Default)]
pub(crate) struct ProcessMeter {
    marked: bool,
}

impl Meter for ProcessMeter {
    fn start(&mut self) {
        // 5 resets the high-water mark, see proc_pid_clear_refs(5)
        self.marked = fs::write("/proc/self/clear_refs", "5").is_ok();
    }

    fn peak(&mut self) -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        self.marked.then_some(kib * 1024)
    }
}
