//! Memory: how much the machine has, and how much is asked for.

use std::fs;
use std::sync::OnceLock;

/// Memory of the machine in bytes; none where the system does not say it in `/proc/meminfo`.
#[must_use]
pub fn machine_memory() -> Option<u64> {
    static MEMORY: OnceLock<Option<u64>> = OnceLock::new();
    *MEMORY.get_or_init(|| {
        let machine = memory_in(&fs::read_to_string("/proc/meminfo").ok()?)?;
        // containers and queues of clusters may give less; `max` is not a number
        let given = fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
        let given = given.and_then(|text| text.trim().parse().ok());
        Some(given.map_or(machine, |given: u64| given.min(machine)))
    })
}

fn memory_in(text: &str) -> Option<u64> {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}

/// A number of bytes in words: `12.8 GB`.
#[must_use]
pub fn in_bytes(count: u64) -> String {
    const UNITS: [(f64, &str); 4] = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let size = count as f64;
    match UNITS.iter().find(|(unit, _)| size >= 0.9995 * unit) {
        Some((unit, name)) if size < 9.95 * unit => format!("{:.1} {name}", size / unit),
        Some((unit, name)) => format!("{:.0} {name}", size / unit),
        None => format!("{count} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_the_machine_is_in_kibibytes() {
        let text = "MemTotal:       24689300 kB\nMemFree:  1 kB\n";
        assert_eq!(memory_in(text), Some(24_689_300 * 1024));
        for damaged in [
            "",
            "MemTotal: x kB",
            "MemTotal: 99999999999999999999 kB",
            "MemTotal: 5",
        ] {
            assert_eq!(memory_in(damaged), None, "{damaged}");
        }
        if cfg!(target_os = "linux") {
            assert!(machine_memory().is_some_and(|memory| memory > 1 << 20));
        }
    }

    #[test]
    fn bytes_are_written_with_their_unit() {
        for (count, text) in [
            (25, "25 bytes"),
            (1_200, "1.2 kB"),
            (999_900, "1.0 MB"),
            (67_108_864, "67 MB"),
            (12_800_000_000, "13 GB"),
            (3_000_000_000_000, "3.0 TB"),
        ] {
            assert_eq!(in_bytes(count), text);
        }
    }
}
