//! The one integration-test binary.

mod networks;
mod score;
