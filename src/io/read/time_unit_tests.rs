//! Times with units in cells and names.

use super::time_unit::*;

fn time(cell: &str) -> Option<(f64, Option<TimeUnit>)> {
    parse_time(cell).map(|time| (time.value, time.unit))
}

#[test]
fn units_stand_before_or_behind_the_number() {
    use TimeUnit::{Day, Hour, Minute, Month, Second, Week, Year};
    for (cell, value, unit) in [
        ("0h", 0.0, Some(Hour)),
        ("30 min", 30.0, Some(Minute)),
        ("2hr", 2.0, Some(Hour)),
        ("2 hrs", 2.0, Some(Hour)),
        ("1.5 Hours", 1.5, Some(Hour)),
        ("1,5h", 1.5, Some(Hour)),
        ("Day 2", 2.0, Some(Day)),
        ("day_2", 2.0, Some(Day)),
        ("D0", 0.0, Some(Day)),
        ("T1", 1.0, None),
        ("t=0.5h", 0.5, Some(Hour)),
        ("T0h", 0.0, Some(Hour)),
        ("P7", 7.0, Some(Day)),
        ("E10.5", 10.5, Some(Day)),
        ("ZT4", 4.0, Some(Hour)),
        ("CT 16", 16.0, Some(Hour)),
        ("24hpf", 24.0, Some(Hour)),
        ("24 hpf", 24.0, Some(Hour)),
        ("3dpi", 3.0, Some(Day)),
        ("dpi3", 3.0, Some(Day)),
        ("21 dpp", 21.0, Some(Day)),
        ("48 h APF", 48.0, Some(Hour)),
        ("24h post infection", 24.0, Some(Hour)),
        ("3 weeks", 3.0, Some(Week)),
        ("wk3", 3.0, Some(Week)),
        ("6 mo", 6.0, Some(Month)),
        ("2y", 2.0, Some(Year)),
        ("15s", 15.0, Some(Second)),
        ("-1d", -1.0, Some(Day)),
        ("+2h", 2.0, Some(Hour)),
        ("1h30min", 1.5, Some(Hour)),
        ("Day -3", -3.0, Some(Day)),
        ("t=-0.5h", -0.5, Some(Hour)),
        ("GD7", 7.0, Some(Day)),
        ("0p5h", 0.5, Some(Hour)),
        ("00:30", 0.5, Some(Hour)),
        ("26:00:36", 26.01, Some(Hour)),
        ("12", 12.0, None),
        ("1e3", 1000.0, None),
    ] {
        assert_eq!(time(cell), Some((value, unit)), "{cell}");
    }
    for cell in [
        "", "NA", "early", "WT", "GATA1", "SOX2", "s1", "m2", "c7", "G1", "h2az1", "SRR123", "X6",
        "2h_rep1", "1017x", "p53", "HAP1", "DPP4", "MAPK1", "MAX1", "WAP1", "DAP3", "HPS1", "DPT2",
        "1:2", "0:75", "2p1", "s1:0",
    ] {
        let found = time(cell);
        let known = cell == "p53"; // P53: day 53 after birth, as a time
        assert_eq!(found.is_some(), known, "{cell}");
    }
}

#[test]
fn names_of_columns_say_a_unit() {
    for (name, unit) in [
        ("time_min", Some(TimeUnit::Minute)),
        ("Time (h)", Some(TimeUnit::Hour)),
        ("time.hours", Some(TimeUnit::Hour)),
        ("hpf", Some(TimeUnit::Hour)),
        ("dpi", Some(TimeUnit::Day)),
        ("days_post_infection", Some(TimeUnit::Day)),
        ("timeh", Some(TimeUnit::Hour)),
        ("time", None),
        ("timepoint", None),
        ("time_of_day", None),
        ("time (M9)", None),
        ("time of day (h)", Some(TimeUnit::Hour)),
        ("day_of_differentiation", Some(TimeUnit::Day)),
    ] {
        assert_eq!(unit_of_name(name), unit, "{name}");
    }
}
