//! Builds the interactive part of `report.html` (`web/`, TypeScript on Cytoscape.js) with npm, and
//! lays it where the library embeds it from.
//!
//! * The result is in `web/dist`, which git ignores and the published package contains. It is built
//!   again only when the contents of the sources changed (`web/dist/sources`), whatever their
//!   times. A published package needs no Node.
//! * Without Node, or where npm cannot fetch the packages, the build continues with a warning, and
//!   reports have the static page only.
//! * The variable `CISTRON_EXPLORER` overrides this: `off` leaves the explorer out, with `on` it is
//!   an error if it cannot be built.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a page embeds; empty files where there is no explorer.
const ASSETS: [&str; 3] = ["app.js", "app.css", "app.csp"];
/// Sources of the assets besides `src/`.
const SETTINGS: [&str; 5] = [
    ".npmrc",
    "build.mjs",
    "package-lock.json",
    "package.json",
    "tsconfig.json",
];
const VARIABLE: &str = "CISTRON_EXPLORER";

fn main() -> Result<(), Box<dyn Error>> {
    let web = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("web");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    // not on `web/dist`: it is written here, and would be newer than this run
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=web/src");
    for name in SETTINGS {
        println!("cargo::rerun-if-changed=web/{name}");
    }
    let wish = env::var(VARIABLE).unwrap_or_default();
    let built = match wish.as_str() {
        "off" => Err("it was left out by CISTRON_EXPLORER=off".into()),
        "" | "on" => up_to_date(&web),
        other => return Err(format!("{VARIABLE}={other}: expected `on`, `off` or nothing").into()),
    };
    if let Err(why) = &built {
        if wish == "on" {
            return Err(format!("the explorer cannot be built: {why}").into());
        }
        if wish != "off" {
            println!(
                "cargo::warning=reports will have no interactive explorer: {why}; with Node.js 18 \
                 or newer and a connection, build again with {VARIABLE}=on"
            );
        }
    }
    for name in ASSETS {
        let to = out.join(name);
        match built {
            Ok(()) => fs::copy(web.join("dist").join(name), to).map(drop)?,
            Err(_) => fs::write(to, "")?,
        }
    }
    Ok(())
}

/// Builds the assets unless they are up to date.
fn up_to_date(web: &Path) -> Result<(), Box<dyn Error>> {
    let made_of = web.join("dist/sources");
    let present = fingerprint(web)?;
    let there = ASSETS
        .iter()
        .all(|name| web.join("dist").join(name).is_file());
    if there && fs::read_to_string(&made_of).is_ok_and(|found| found == present) {
        return Ok(());
    }
    run(web, "node", &["--version"])?;
    // what is installed may be more than this, for the tests of the page: only what is missing counts
    if run(web, NPM, &["ls", "--omit=dev", "--silent"]).is_err() {
        run(web, NPM, &INSTALL)?;
    }
    run(web, "node", &["build.mjs"])?;
    fs::write(made_of, present)?;
    Ok(())
}

/// Without a connection this gives up within seconds.
const INSTALL: [&str; 8] = [
    "ci",
    "--omit=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",
];
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Runs a program in `web/`; its output goes into the error.
fn run(web: &Path, program: &str, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let shown = format!("{program} {}", arguments[0]);
    let result = Command::new(program)
        .args(arguments)
        .current_dir(web)
        .output()
        .map_err(|error| format!("`{program}` cannot be started ({error})"))?;
    if result.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&result.stderr);
    let lines: Vec<&str> = said
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let said = lines[..lines.len().min(4)].join(" | ");
    Err(format!("`{shown}` failed in web/: {said}").into())
}

/// A hash of all sources, with their names, in a fixed order.
fn fingerprint(web: &Path) -> Result<String, Box<dyn Error>> {
    let mut files: Vec<PathBuf> = SETTINGS.iter().map(|name| web.join(name)).collect();
    collect(&web.join("src"), &mut files)?;
    files.sort();
    let mut hash = Fnv::default();
    for file in files {
        let name = file.strip_prefix(web)?.to_string_lossy().replace('\\', "/");
        let content = fs::read(&file).map_err(|e| format!("web/{name}: {e}"))?;
        hash.add(name.as_bytes());
        hash.add(&content);
    }
    Ok(format!("{:016x}\n", hash.0))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder).map_err(|e| format!("web/src: {e}"))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The hash of Fowler, Noll and Vo (FNV-1a, 64 bits): it has to detect changes, not attacks, and to
/// be the same with every compiler.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Adds the length and the bytes, so that different lists of files differ.
    fn add(&mut self, bytes: &[u8]) {
        let length = (bytes.len() as u64).to_le_bytes();
        for byte in length.iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
