//! Finds the folder of the known networks: beside this file in a published package, at the top
//! level in a checkout (where links may not be followed).

use std::env;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let here = env::var("CARGO_MANIFEST_DIR")?;
    let own = Path::new(&here).join("networks");
    let folder = if own.is_dir() {
        own
    } else {
        Path::new(&here).join("../../networks")
    };
    println!("cargo::rustc-env=CISTRON_NETWORKS={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
