//! Files and functions stay small enough to be read at once.

use crate::source::{PACKAGES, Source, Token, assert_none, sources, tokens};

const FILE_LINES: usize = 450;
const FUNCTION_LINES: usize = 70;

/// Name, first line and number of lines of every function that has a body.
fn functions(tokens: &[Token]) -> Vec<(&str, usize, usize)> {
    let named = |pair: &[Token]| pair[0].text == "fn" && pair[1].text != "(";
    let starts = (1..tokens.len()).filter(|&at| named(&tokens[at - 1..=at]));
    starts
        .filter_map(|at| {
            let (name, first) = (&tokens[at], tokens[at - 1].line);
            let last = last_line(&tokens[at + 1..])?;
            Some((name.text.as_str(), first, last + 1 - first))
        })
        .collect()
}

/// Line of the brace that ends the body; none for a declaration.
fn last_line(after_name: &[Token]) -> Option<usize> {
    let (mut braces, mut brackets) = (0, 0);
    for token in after_name {
        match token.text.as_str() {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets -= 1,
            "{" if brackets == 0 => braces += 1,
            "}" if brackets == 0 => {
                braces -= 1;
                if braces == 0 {
                    return Some(token.line);
                }
            }
            ";" if brackets == 0 && braces == 0 => return None,
            _ => {}
        }
    }
    None
}

fn faults(source: &Source) -> Vec<String> {
    let path = &source.path;
    let mut faults = Vec::new();
    let lines = source.text.lines().count();
    if lines > FILE_LINES {
        faults.push(format!("{path}: {lines} lines; at most {FILE_LINES}"));
    }
    for (name, first, lines) in functions(&tokens(&source.text)) {
        if lines > FUNCTION_LINES {
            faults.push(format!(
                "{path}:{first}: `{name}` has {lines} lines; at most {FUNCTION_LINES}"
            ));
        }
    }
    faults
}

#[test]
fn no_file_and_no_function_is_too_long() {
    let sources: Vec<Source> = PACKAGES.into_iter().flat_map(sources).collect();
    assert_none(&sources.iter().flat_map(faults).collect::<Vec<_>>());
}

#[test]
fn the_line_that_is_one_too_many_is_seen() {
    let source = |text: String| Source {
        path: "src/fit.rs".to_owned(),
        text,
    };
    let function = |lines: usize| {
        let body = "    step([0; 2], { 1 });\n".repeat(lines - 2);
        source(format!(
            "trait T {{ fn t(); }}\nfn long(x: [u8; 3]) {{\n{body}}}\n"
        ))
    };
    assert_eq!(faults(&function(FUNCTION_LINES)), [""; 0]);
    let expected = "src/fit.rs:2: `long` has 71 lines; at most 70";
    assert_eq!(faults(&function(FUNCTION_LINES + 1)), [expected]);
    assert_eq!(faults(&source("\n".repeat(FILE_LINES))), [""; 0]);
    let expected = "src/fit.rs: 451 lines; at most 450";
    assert_eq!(faults(&source("\n".repeat(FILE_LINES + 1))), [expected]);
}
