//! What the user says that a column is: `NAME=ROLE`.

use cistron::io::ColumnRole;

/// Roles by their names in the command line.
const ROLES: [(&str, ColumnRole); 7] = [
    ("gene", ColumnRole::Gene),
    ("time", ColumnRole::Time),
    ("series", ColumnRole::Series),
    ("condition", ColumnRole::Condition),
    ("intervention", ColumnRole::Intervention),
    ("sample", ColumnRole::Sample),
    ("ignore", ColumnRole::Ignore),
];

/// A column and its role.
///
/// # Errors   what was expected.
pub(crate) fn column_role(text: &str) -> Result<(String, ColumnRole), String> {
    let (name, role) = text.rsplit_once('=').unwrap_or((text, ""));
    let known = ROLES
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(role.trim()));
    match known {
        Some(&(_, role)) if !name.is_empty() => Ok((name.to_owned(), role)),
        _ => {
            let words: Vec<&str> = ROLES.iter().map(|&(word, _)| word).collect();
            Err(format!(
                "expected NAME=ROLE, where ROLE is one of {}",
                words.join(", ")
            ))
        }
    }
}
