//! The secret of a server, which only those know who got its address.

use std::error::Error;

use rand::TryRngCore;
use rand::rngs::OsRng;

/// A secret that is part of the address.
///
/// It comes from the operating system: a seed would make it predictable.
#[derive(Clone, Debug)]
pub(super) struct Token(String);

impl Token {
    /// Draws a new token of 256 bits.
    ///
    /// # Errors   a message for the user, if the system provides no random numbers.
    pub(super) fn draw() -> Result<Self, Box<dyn Error>> {
        let mut bytes = [0_u8; 32];
        OsRng.try_fill_bytes(&mut bytes).map_err(|error| {
            format!("the system provides no random numbers ({error}), which protect the page")
        })?;
        let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
        Ok(Self(digits.collect()))
    }

    /// In hexadecimal digits.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether `candidate` is the token, in a time that does not depend on where they differ.
    pub(super) fn is(&self, candidate: &[u8]) -> bool {
        let own = self.0.as_bytes();
        let pairs = own.iter().zip(candidate);
        let differing = pairs.fold(0, |sum, (a, b)| sum | (a ^ b));
        own.len() == candidate.len() && differing == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_is_different_and_equals_only_itself() {
        let first = Token::draw().expect("random numbers");
        let second = Token::draw().expect("random numbers");
        assert_eq!(first.text().len(), 64);
        assert!(first.is(first.text().as_bytes()) && !first.is(second.text().as_bytes()));
        assert!(!first.is(b"") && !first.is(&first.text().as_bytes()[1..]));
    }
}
