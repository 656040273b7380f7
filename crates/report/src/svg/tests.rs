//! Scenes hold what is drawn on them, in both formats.

use super::axes::tick_texts;
use super::*;

fn well_formed(svg: &str) {
    let mut reader = quick_xml::Reader::from_str(svg);
    while reader.read_event().expect("well-formed") != quick_xml::events::Event::Eof {}
}

#[test]
fn names_with_signs_and_control_characters_stay_text() {
    let mut scene = Scene::new(100.0, 50.0);
    scene.named("a<b>&\"'", |scene| {
        scene.text((1.0, 2.0), "x\ty\u{7}\u{ffff}\n<&>", TextStyle::text());
    });
    let svg = scene.svg("<title>", "a & b");
    well_formed(&svg);
    assert!(
        svg.contains("x y\u{fffd}\u{fffd} &lt;&amp;&gt;</text>"),
        "{svg}"
    );
    assert!(svg.contains("<title>&lt;title&gt;</title><desc>a &amp; b</desc>"));
}

#[test]
fn lines_are_interrupted_where_a_coordinate_is_not_finite() {
    let mut scene = Scene::new(10.0, 10.0);
    let points = [0.0, 1.0, f64::NAN, 3.0, 4.0, f64::INFINITY, 6.0];
    let points = points.map(|x| (x, -0.01));
    scene.line(&points, Stroke::new(palette::BLUE, 1.0));
    let svg = scene.svg("t", "d");
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
fn positions_keep_their_gap_and_their_order_and_stay_inside() {
    let wanted = [5.0, 5.0, 50.0, 4.0];
    let positions = spaced(&wanted, 10.0, (0.0, 100.0));
    assert!(
        positions[3] < positions[0] && positions[0] < positions[1] && positions[1] < positions[2]
    );
    assert_eq!(positions[2], 50.0);
    assert!((positions[1] - positions[0] - 10.0).abs() < 1e-9 && positions[3] >= 0.0);
    // pushed inwards at both ends
    let positions = spaced(&[-5.0, 99.0, 100.0], 10.0, (0.0, 100.0));
    assert_eq!(positions, [0.0, 90.0, 100.0]);
    assert!(spaced(&[], 1.0, (0.0, 1.0)).is_empty());
}

#[test]
fn numbers_at_axes_are_short_at_any_size() {
    let texts = |least, most| tick_texts(&Axis::linear_between(least, most, 3).ticks);
    assert_eq!(texts(0.0, 1.0), ["0", "0.5", "1"]);
    assert_eq!(texts(0.0, 3e7), ["0", "1e7", "2e7", "3e7"]);
    assert_eq!(texts(-2e-6, 0.0), ["−2e−6", "−1e−6", "0"]);
}

/// The pixels of a scene: rows of red, as 0 for black and 255 for white.
fn reds(scene: &Scene) -> (usize, usize, Vec<u8>) {
    let bytes = scene.png().expect("a picture");
    let map = tiny_skia::Pixmap::decode_png(&bytes).expect("a PNG");
    let reds = map.pixels().iter().map(|pixel| pixel.red()).collect();
    (map.width() as usize, map.height() as usize, reds)
}

/// The left, upper, right and lower end of what is not white, in pixels of the SVG.
fn inked(scene: &Scene) -> [f64; 4] {
    let (width, _, reds) = reds(scene);
    let ink: Vec<(f64, f64)> = (0..reds.len())
        .filter(|at| reds[*at] < 128)
        .map(|at| ((at % width) as f64 / 2.0, (at / width) as f64 / 2.0))
        .collect();
    assert!(!ink.is_empty(), "nothing is drawn");
    let left = ink.iter().map(|at| at.0).fold(f64::INFINITY, f64::min);
    let top = ink.iter().map(|at| at.1).fold(f64::INFINITY, f64::min);
    let right = ink.iter().map(|at| at.0).fold(0.0, f64::max) + 0.5;
    let bottom = ink.iter().map(|at| at.1).fold(0.0, f64::max) + 0.5;
    [left, top, right, bottom]
}

fn near(found: [f64; 4], expected: [f64; 4], tolerance: f64) {
    for (a, b) in found.iter().zip(&expected) {
        assert!((a - b).abs() <= tolerance, "{found:?}, not {expected:?}");
    }
}

#[test]
fn a_png_has_twice_the_size_and_the_same_bytes_each_time() {
    let mut scene = Scene::new(60.0, 40.0);
    scene.text((5.0, 20.0), "λ", TextStyle::text());
    let bytes = scene.png().expect("a picture");
    assert_eq!(bytes, scene.png().expect("a picture"));
    let (width, height, reds) = reds(&scene);
    assert_eq!((width, height), (120, 80));
    // the letter is drawn, on a white ground
    assert!(reds.iter().any(|red| *red < 100) && reds[0] == 255);
}

#[test]
fn shapes_are_painted_where_the_svg_has_them() {
    let black = Fill::new(palette::BLACK);
    let mut scene = Scene::new(60.0, 40.0);
    scene.rect((10.0, 5.0), (20.0, 10.0), 0.0, black);
    near(inked(&scene), [10.0, 5.0, 30.0, 15.0], 0.0);
    let mut scene = Scene::new(60.0, 40.0);
    scene.rect((10.0, 5.0), (20.0, 10.0), 5.0, black);
    near(inked(&scene), [10.0, 5.0, 30.0, 15.0], 0.5);
    // the corners are round
    let (width, _, reds) = reds(&scene);
    assert_eq!(reds[10 * width + 20], 255);
    let mut scene = Scene::new(60.0, 40.0);
    scene.dot((30.0, 20.0), 8.0, black);
    near(inked(&scene), [22.0, 12.0, 38.0, 28.0], 0.5);
    let mut scene = Scene::new(60.0, 40.0);
    scene.polygon(&[(10.0, 10.0), (20.0, 10.0), (20.0, 30.0)], black);
    near(inked(&scene), [10.0, 10.0, 20.0, 30.0], 1.0);
    let mut scene = Scene::new(60.0, 40.0);
    let stroke = Stroke::new(palette::BLACK, 2.0);
    scene.named("a curve", |scene| {
        scene.curve([(10.0, 10.0), (30.0, 40.0), (50.0, 10.0)], stroke);
    });
    // the curve reaches half of the way to its control point
    near(inked(&scene), [9.0, 9.5, 51.0, 26.0], 1.0);
}

#[test]
fn dashes_and_opacity_are_painted() {
    let stroke = Stroke::new(palette::BLACK, 2.0);
    let mut scene = Scene::new(60.0, 20.0);
    scene.line(&[(0.0, 10.0), (60.0, 10.0)], stroke.dashed());
    let (width, _, reds) = reds(&scene);
    let along = &reds[20 * width..21 * width];
    let gaps = along
        .windows(2)
        .filter(|pair| pair[0] < 128 && pair[1] > 128);
    assert_eq!(gaps.count(), 6, "a dash and a gap take 10 of 60 pixels");
    let mut scene = Scene::new(60.0, 20.0);
    let half = Fill::new(palette::BLACK).opacity(0.5);
    scene.rect((0.0, 0.0), (60.0, 20.0), 0.0, half);
    assert!(self::reds(&scene).2[0].abs_diff(127) <= 1);
}

#[test]
fn texts_are_painted_at_their_anchor_with_their_width() {
    let text = "Influence of σ on Ж";
    let room = width(text, TEXT);
    let middle = 20.0;
    // a capital letter has 0.73 of the size of the text
    let (top, bottom) = (middle - 0.38 * TEXT, middle + 0.36 * TEXT);
    for (style, left) in [
        (TextStyle::text(), 150.0),
        (TextStyle::text().middle(), 150.0 - room / 2.0),
        (TextStyle::text().end(), 150.0 - room),
    ] {
        let mut scene = Scene::new(300.0, 40.0);
        scene.text((150.0, middle), text, style);
        near(inked(&scene), [left, top, left + room, bottom], 2.5);
    }
    let mut scene = Scene::new(40.0, 240.0);
    scene.text((middle, 150.0), text, TextStyle::text().upwards());
    near(inked(&scene), [top, 150.0 - room, bottom, 150.0], 2.5);
}

#[test]
fn letters_that_the_font_does_not_have_are_boxes() {
    let painted = |text: &str| {
        let mut scene = Scene::new(60.0, 30.0);
        scene.text((10.0, 15.0), text, TextStyle::text());
        scene.png().expect("a picture")
    };
    // Chinese letters are not in the font, and all have the same box
    assert_eq!(painted("遺"), painted("伝"));
    assert_ne!(painted("遺"), painted(" "));
    assert_ne!(painted("Ж"), painted("Ω"));
}

#[test]
fn a_halo_hides_the_line_behind_the_letters() {
    let inked_pixels = |style: TextStyle| {
        let mut scene = Scene::new(60.0, 30.0);
        let stroke = Stroke::new(palette::BLACK, 30.0);
        scene.line(&[(0.0, 15.0), (60.0, 15.0)], stroke);
        scene.text((10.0, 15.0), "abc", style.colour(palette::WHITE));
        reds(&scene).2.iter().filter(|red| **red < 128).count()
    };
    let (plain, halo) = (TextStyle::text(), TextStyle::text().halo());
    assert!(inked_pixels(halo) + 100 < inked_pixels(plain));
}

#[test]
fn coordinates_that_are_not_finite_draw_nothing() {
    let mut scene = Scene::new(60.0, 30.0);
    let empty = scene.clone();
    let fill = Fill::new(palette::BLACK);
    scene.dot((f64::NAN, 1.0), 2.0, fill);
    scene.rect((0.0, 0.0), (f64::INFINITY, 1.0), 0.0, fill);
    scene.polygon(&[(0.0, 0.0), (1.0, f64::NAN), (1.0, 1.0)], fill);
    scene.text((f64::NAN, 1.0), "text", TextStyle::text());
    scene.curve([(0.0, f64::NAN); 3], Stroke::new(palette::BLACK, 1.0));
    assert_eq!(scene, empty);
}

#[test]
fn pictures_that_are_too_large_are_painted_smaller() {
    let mut scene = Scene::new(20_000.0, 100.0);
    scene.dot((10_000.0, 50.0), 50.0, Fill::new(palette::BLACK));
    let (width, height, _) = reds(&scene);
    assert_eq!((width, height), (16_000, 80));
    assert!(Scene::new(0.0, 0.0).png().is_ok(), "at least one pixel");
}
