//! Pictures inside of the page: names of their parts must not clash.

use std::io;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

/// Attributes that name parts by `#id` or in a list of ids.
const LISTS: [&str; 2] = ["aria-labelledby", "aria-describedby"];
const LINKS: [&str; 2] = ["href", "xlink:href"];

/// A picture as it may stand in a page: without declaration and comments, every id, and everything
/// that refers to one, with `prefix` before it.
///
/// # Errors   of kind `InvalidData` if the picture is not well-formed, or holds a script.
pub(super) fn inline(svg: &str, prefix: &str) -> io::Result<String> {
    let broken = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut writer = Writer::new(Vec::new());
    let mut depth = 0_usize;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| broken(error.to_string()))?;
        match event {
            Event::Eof if depth > 0 => return Err(broken("the picture ends too early".to_owned())),
            Event::Eof => break,
            Event::Start(start) => {
                let element = renamed(&start, prefix).map_err(broken)?;
                writer.write_event(Event::Start(element))?;
                depth += 1;
            }
            Event::Empty(start) => {
                let element = renamed(&start, prefix).map_err(broken)?;
                writer.write_event(Event::Empty(element))?;
            }
            Event::End(end) => {
                depth -= 1;
                writer.write_event(Event::End(end))?;
            }
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if depth > 0 => {
                writer.write_event(event)?;
            }
            _ => {}
        }
    }
    String::from_utf8(writer.into_inner()).map_err(|error| broken(error.to_string()))
}

/// An element with new ids.
fn renamed<'a>(start: &BytesStart<'a>, prefix: &str) -> Result<BytesStart<'a>, String> {
    let name = start.name().0.to_owned();
    if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("foreignObject") {
        return Err(format!("a picture with <{name}> cannot stand in a page"));
    }
    let mut element = BytesStart::new(name);
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let key = attribute.key.0.to_owned();
        // still escaped, and handed on like that
        let value = attribute.value.into_owned();
        if key.to_ascii_lowercase().starts_with("on") {
            return Err(format!("a picture with {key}=… cannot stand in a page"));
        }
        let value = match key.as_str() {
            "id" => format!("{prefix}{value}"),
            key if LISTS.contains(&key) => {
                let ids = value.split_whitespace().map(|id| format!("{prefix}{id}"));
                ids.collect::<Vec<_>>().join(" ")
            }
            key if LINKS.contains(&key) => match value.strip_prefix('#') {
                Some(id) => format!("#{prefix}{id}"),
                None => value,
            },
            _ => value.replace("url(#", &format!("url(#{prefix}")),
        };
        element.push_attribute(Attribute {
            key: quick_xml::name::QName(&key),
            value: value.into(),
        });
    }
    Ok(element)
}
