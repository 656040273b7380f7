//! Pictures of responses hold what the responses hold.

use super::*;

fn gene(levels: &[f64]) -> GeneLevels {
    GeneLevels {
        title: "a gene whose name is <longer> than any panel could ever be".to_owned(),
        wild_type: vec![1.0; levels.len()],
        perturbed: levels.to_vec(),
        band: levels.iter().map(|x| (x - 0.5, x + 0.5)).collect(),
        measured: Vec::new(),
    }
}

fn titles(x: &str) -> LevelTitles<'_> {
    LevelTitles {
        title: "t",
        x,
        unit: "units of the data",
    }
}

#[test]
fn every_gene_has_its_panel_with_both_lines_and_its_band() {
    let panels = vec![gene(&[1.0, -2.0, 0.5]); 4];
    let svg = courses(titles("time"), &[0.0, 1.0, 2.0], &panels).svg();
    assert_eq!(svg.matches("<polygon").count(), 4);
    assert_eq!(svg.matches("stroke=\"#0072b2\"").count(), 4 + 1);
    assert!(svg.matches("…").count() >= 4, "names are shortened");
    assert!(svg.contains("range of the ensemble") && svg.contains("−2"));
    assert!(svg.contains("a gene whose name is &lt;longer&gt;"));
    assert!(
        courses(titles("time"), &[0.0], &[])
            .svg()
            .contains("No other gene changes.")
    );
}

#[test]
fn bars_start_at_zero_on_both_sides() {
    let mut down = gene(&[-1.0]);
    down.band.clear();
    let svg = steady_levels(titles("level"), &[gene(&[2.0]), down]).svg();
    // the ground, and two bars per gene
    assert_eq!(svg.matches("<rect").count(), 1 + 4);
    assert!(steady_levels(titles("level"), &[]).svg().contains("</svg>"));
}

#[test]
fn levels_that_are_not_finite_leave_gaps() {
    let levels = [f64::NAN, 1.0, f64::INFINITY];
    for svg in [
        courses(titles("time"), &[0.0, 1.0, 2.0], &[gene(&levels)]).svg(),
        steady_levels(titles("level"), &[gene(&levels)]).svg(),
    ] {
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}

#[test]
fn changes_go_to_their_side_and_say_their_fold() {
    let changes = [(-2.0, Some(-40.0)), (1.0, Some(1.0)), (0.5, None)];
    let changes = changes.map(|(change, log2_fold)| TopChange {
        gene: format!("g{change}"),
        change,
        time: Some(2.0),
        log2_fold,
        band: Some((change - 0.1, change + 0.1)),
    });
    let picture = top_changes("t", "units of the data: log2", &changes);
    assert_eq!(picture.svg().matches("fill=\"#d55e00\"").count(), 1);
    assert_eq!(picture.svg().matches("fill=\"#0072b2\"").count(), 2);
    assert!(picture.svg().contains("< −10") || picture.svg().contains("&lt; −10"));
    assert!(picture.svg().contains(">+1.00<") && picture.svg().contains(">–<"));
    assert!(
        picture
            .description
            .contains("g-2 falls by 2.00 at time 2, g1 rises by 1.00")
    );
    assert!(
        top_changes("t", "units of the data: log2", &[])
            .svg()
            .contains("No other gene changes.")
    );
}

#[test]
fn measured_levels_are_dots_in_their_course_and_beside_their_prediction() {
    let mut one = gene(&[1.0, 2.0]);
    one.measured = vec![(0.0, 1.0), (0.5, 9.0)];
    let svg = courses(titles("time"), &[0.0, 1.0], &[one]).svg();
    assert_eq!(svg.matches("<circle").count(), 2);
    assert!(svg.contains("measured"));
    let pair = |measured, predicted| ComparedChange {
        measured,
        predicted,
    };
    let changes = [pair(1.0, 0.5), pair(-2.0, f64::NAN)];
    let picture = compared_changes(titles("change"), &changes, "correlation 0.5");
    assert_eq!(picture.file, "measured.svg");
    let svg = picture.svg();
    assert_eq!(svg.matches("<circle").count(), 1);
    assert!(svg.contains("correlation 0.5") && !svg.contains("NaN"));
    assert!(
        compared_changes(titles("change"), &[], "")
            .svg()
            .contains("</svg>")
    );
}
