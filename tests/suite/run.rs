//! Runs the built command inside a temporary folder.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use assert_cmd::Command;
use cistron::field::Fitted;
use cistron::io::write_model;
use cistron::run::files::Output;
use cistron::run::{ResultFolder, Run};
use tempfile::TempDir;

/// The files of a run that depend on data, settings and seed alone.
pub(crate) const RESULTS: [&str; 9] = [
    "curves.tsv",
    "edges.tsv",
    "groups.tsv",
    "metrics.json",
    "model.json",
    "network.graphml",
    "nodes.tsv",
    "paths.tsv",
    "states.tsv",
];

/// What a command left behind.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) log: String,
}

impl Ran {
    /// The same, after a look at code and log.
    pub(crate) fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}", self.log);
        self
    }

    pub(crate) fn says(self, message: &str) -> Self {
        let log = &self.log;
        assert!(log.contains(message), "expected\n{message}\nfound\n{log}");
        self
    }
}

/// A folder with files, and the command run inside it, so that messages hold bare names.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(TempDir::new().expect("a temporary folder"));
        files
            .iter()
            .for_each(|(name, bytes)| folder.write(name, bytes));
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("a new folder");
        fs::write(path, bytes).expect("a small file");
    }

    /// With the folder `run`, which holds what simulations need and no more.
    pub(crate) fn of_model(model: &Fitted, states: &str) -> Self {
        let mut text = Vec::new();
        write_model(model, &mut text).expect("memory");
        let folder = Self::with(&[]);
        folder.write_in_run("run", "model.json", &text);
        folder.write_in_run("run", "states.tsv", states.as_bytes());
        folder
    }

    /// Writes a file of a run as `cistron` would, with its digest in the list of the folder.
    pub(crate) fn write_in_run(&self, folder: &str, name: &str, bytes: &[u8]) {
        let results = ResultFolder::for_run(self.path(folder)).expect("the folder of a run");
        let path = results.path().join(name);
        let file = Output::new(path, |sink| sink.write_all(bytes));
        results.add(&[file]).expect("a small file");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a text file")
    }

    /// Names in a folder, in order; none if it is not there.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).into_iter().flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("readable").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Whether two runs left the same bytes.
    pub(crate) fn same_results(&self, one: &str, other: &str) -> bool {
        RESULTS.iter().all(|name| {
            self.read(&format!("{one}/{name}")) == self.read(&format!("{other}/{name}"))
        })
    }

    pub(crate) fn cistron(&self, args: &[&str]) -> Ran {
        let mut command = Command::cargo_bin("cistron").expect("the binary is built");
        Self::run(command.current_dir(self.0.path()).args(args))
    }

    /// The same, which has to end in a time.
    pub(crate) fn cistron_within(&self, time: Duration, args: &[&str]) -> Ran {
        let mut command = Command::cargo_bin("cistron").expect("the binary is built");
        Self::run(command.timeout(time).current_dir(self.0.path()).args(args))
    }

    /// `cistron infer … -o out`, which on an error leaves nothing in `out`.
    pub(crate) fn infer(&self, args: &[&str]) -> Ran {
        let ran = self.cistron(&[&["infer", "-o", "out", "--threads", "1"], args].concat());
        if ran.code == 2 {
            assert_eq!(self.names("out"), [""; 0], "{}", ran.log);
        }
        ran
    }

    /// A line of bash, in which `$0` is the command.
    pub(crate) fn bash(&self, line: &str) -> Ran {
        let binary = env!("CARGO_BIN_EXE_cistron");
        let mut command = Command::new("bash");
        Self::run(
            command
                .current_dir(self.0.path())
                .args(["-c", line, binary]),
        )
    }

    fn run(command: &mut Command) -> Ran {
        let output = command.output().expect("the binary runs");
        let text = |bytes| String::from_utf8(bytes).expect("output is text");
        let (out, log) = (text(output.stdout), text(output.stderr));
        assert!(!log.contains("panicked"), "{log}");
        let code = output.status.code().expect("an exit code");
        Ran { code, out, log }
    }
}

/// A number in 0 … 1 that looks random.
pub(crate) fn scattered(at: usize) -> f64 {
    ((at as f64 * 12.9898).sin() * 43_758.545_3).abs().fract()
}

/// A table of series in which every gene follows one other.
pub(crate) fn table(genes: usize, series: usize, times: usize) -> String {
    let mut text = "series\ttime".to_owned();
    (0..genes).for_each(|g| text += &format!("\tg{g}"));
    for s in 0..series {
        let mut x: Vec<f64> = (0..genes)
            .map(|g| 1.0 + 4.0 * scattered(s * genes + g))
            .collect();
        for t in 0..times {
            text += &format!("\ns{s}\t{t}");
            x.iter().for_each(|x| text += &format!("\t{x:.4}"));
            let next = |g: usize| {
                let noise = scattered(1_000_000 + (s * times + t) * genes + g);
                let drive = 0.4 * x[(g * 7 + 3) % genes] * (0.5 + (g as f64).sin());
                (0.7 * x[g] + drive + 0.3 * noise).max(0.0)
            };
            x = (0..genes).map(next).collect();
        }
    }
    text + "\n"
}

/// A table that ships with the project.
pub(crate) fn shipped(path: &str) -> Vec<u8> {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    fs::read(root.join("networks").join(path)).expect("part of the repository")
}

/// What two runs with the same results have in common: all that a folder holds but the times that it took.
pub(crate) fn run_text(run: &Run) -> String {
    let mut bytes = Vec::new();
    write_model(&run.model, &mut bytes).expect("memory");
    let tables = (
        &run.nodes,
        &run.metrics,
        &run.curves,
        &run.paths,
        &run.groups,
    );
    let edges = run.network.edges();
    let states = &run.states.states;
    let model = String::from_utf8_lossy(&bytes);
    format!(
        "{model} {edges:?} {tables:?} {states:?} {:?}",
        run.record.notes
    )
}
