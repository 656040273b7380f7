//! A list of names, such as the genes that may be regulators.

use std::io::Read;

use super::delimited::DelimitedError;

/// Reads names separated by blanks, line ends, tabs or commas; lines that start with `#` are notes.
///
/// * `file`: what messages call the file
///
/// # Errors   [`DelimitedError`] if it cannot be read, is not text, or names nothing.
pub fn read_name_list(mut input: impl Read, file: &str) -> Result<Vec<String>, DelimitedError> {
    let mut bytes = Vec::new();
    let read = input.read_to_end(&mut bytes);
    read.map_err(|source| DelimitedError::Unreadable {
        file: file.to_owned(),
        row: 0,
        source,
    })?;
    let not_text = |_| DelimitedError::NotText {
        file: file.to_owned(),
        row: 1,
    };
    let text = String::from_utf8(bytes).map_err(not_text)?;
    let names: Vec<String> = text
        .trim_start_matches('\u{feff}')
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(|c: char| c.is_whitespace() || c == ','))
        .map(|name| name.trim_matches('"'))
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    if names.is_empty() {
        return Err(DelimitedError::NoNames {
            file: file.to_owned(),
        });
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_stand_in_lines_or_in_a_row() {
        let read = |text: &str| read_name_list(text.as_bytes(), "tfs.txt").expect("names");
        assert_eq!(read("a\nb\n\n# note\n\"c\"\n"), ["a", "b", "c"]);
        assert_eq!(read("a, b\tc"), ["a", "b", "c"]);
    }

    #[test]
    fn a_list_of_nothing_is_refused() {
        let error = read_name_list("# none\n".as_bytes(), "tfs.txt").expect_err("no names");
        assert_eq!(
            error.to_string(),
            "tfs.txt: there are no names in the file; expected one name a line"
        );
    }
}
