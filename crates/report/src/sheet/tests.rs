//! Sheets hold what is put on them.

use super::axes::tick_texts;
use super::*;
use crate::scale::Scale;

fn well_formed(svg: &str) {
    let mut reader = quick_xml::Reader::from_str(svg);
    while reader.read_event().expect("well-formed") != quick_xml::events::Event::Eof {}
}

#[test]
fn names_with_signs_and_control_characters_stay_text() {
    let mut sheet = Sheet::new(100.0, 50.0);
    sheet.named("a<b>&\"'", |sheet| {
        sheet.text((1.0, 2.0), "x\ty\u{7}\u{ffff}\n<&>", Look::text());
    });
    let svg = sheet.finish("<title>", "a & b");
    well_formed(&svg);
    assert!(
        svg.contains("x y\u{fffd}\u{fffd} &lt;&amp;&gt;</text>"),
        "{svg}"
    );
    assert!(svg.contains("<title>&lt;title&gt;</title><desc>a &amp; b</desc>"));
}

#[test]
fn lines_are_interrupted_where_there_is_no_number() {
    let mut sheet = Sheet::new(10.0, 10.0);
    let points = [0.0, 1.0, f64::NAN, 3.0, 4.0, f64::INFINITY, 6.0];
    let points = points.map(|x| (x, -0.01));
    sheet.line(&points, Stroke::new(palette::BLUE, 1.0));
    let svg = sheet.finish("t", "d");
    assert_eq!(svg.matches("<polyline").count(), 2);
    assert!(svg.contains("points=\"0,0 1,0\"") && !svg.contains("NaN"));
}

#[test]
fn the_diverging_map_is_white_in_the_middle_and_as_light_on_both_sides() {
    // CIE lightness, from 0 to 100
    let light = |colour: Colour| {
        let linear = |x: u8| (f64::from(x) / 255.0).powf(2.2);
        let [red, green, blue] = [colour.0, colour.1, colour.2].map(linear);
        116.0 * (0.2126 * red + 0.7152 * green + 0.0722 * blue).cbrt() - 16.0
    };
    let middle = diverging(0.0);
    assert!(light(middle) > 96.0 && middle.0.abs_diff(middle.2) < 3);
    for step in 1..=10 {
        let x = f64::from(step) / 10.0;
        let (low, high) = (diverging(-x), diverging(x));
        assert!((light(low) - light(high)).abs() < 4.0, "{low} {high}");
        assert!(light(high) < light(diverging(x - 0.1)));
        assert!(low.0 > low.2 && high.2 > high.0);
    }
    assert_eq!(diverging(7.0), diverging(1.0));
    assert_eq!(diverging(f64::NAN), middle);
}

#[test]
fn widths_grow_with_the_text_and_long_names_lose_their_middle() {
    assert!(width("il", 12.0) < width("WM", 12.0));
    assert!((width("abc", 24.0) - 2.0 * width("abc", 12.0)).abs() < 0.1);
    assert_eq!(shortened("short", 12.0, 100.0), "short");
    let long = shortened("a name that is far too long for its place", 12.0, 100.0);
    assert!(
        width(&long, 12.0) <= 100.0 && width(&long, 12.0) > 80.0,
        "{long}"
    );
    assert!(long.starts_with("a na") && long.ends_with("ce") && long.contains('…'));
    assert_eq!(
        shortened("遺伝子遺伝子遺伝子", 10.0, 50.0).chars().count(),
        5
    );
    assert_eq!(shortened("anything", 12.0, 1.0), "…");
}

#[test]
fn places_keep_their_gap_and_their_order_and_stay_inside() {
    let wanted = [5.0, 5.0, 50.0, 4.0];
    let places = spaced(&wanted, 10.0, (0.0, 100.0));
    assert!(places[3] < places[0] && places[0] < places[1] && places[1] < places[2]);
    assert_eq!(places[2], 50.0);
    assert!((places[1] - places[0] - 10.0).abs() < 1e-9 && places[3] >= 0.0);
    // pushed inwards at both ends
    let places = spaced(&[-5.0, 99.0, 100.0], 10.0, (0.0, 100.0));
    assert_eq!(places, [0.0, 90.0, 100.0]);
    assert!(spaced(&[], 1.0, (0.0, 1.0)).is_empty());
}

#[test]
fn numbers_at_axes_are_short_at_any_size() {
    let texts = |least, most| tick_texts(&Scale::linear_between(least, most, 3).ticks);
    assert_eq!(texts(0.0, 1.0), ["0", "0.5", "1"]);
    assert_eq!(texts(0.0, 3e7), ["0", "1e7", "2e7", "3e7"]);
    assert_eq!(texts(-2e-6, 0.0), ["−2e−6", "−1e−6", "0"]);
}

#[test]
fn a_png_has_twice_the_size_and_the_same_bytes_each_time() {
    let mut sheet = Sheet::new(60.0, 40.0);
    sheet.text((5.0, 20.0), "λ", Look::text());
    let svg = sheet.finish("t", "d");
    let bytes = png(&svg).expect("a picture");
    assert_eq!(bytes, png(&svg).expect("a picture"));
    let map = resvg::tiny_skia::Pixmap::decode_png(&bytes).expect("a PNG");
    assert_eq!((map.width(), map.height()), (120, 80));
    // the letter is drawn
    assert!(map.pixels().iter().any(|pixel| pixel.red() < 100));
    assert!(png("no picture").is_err());
}
