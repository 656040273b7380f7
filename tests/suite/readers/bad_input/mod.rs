//! Bad input, as a user meets it: exit code 2, and a message with file, row, column and cure.

mod bytes;
mod lists;
mod tables;
mod times;

use crate::run::{Folder, Ran};

/// What `infer` says of these files.
trait Judged {
    fn judge(&self, args: &[&str]) -> Ran;
    fn refuses(&self, args: &[&str], message: &str);
    fn warns(&self, args: &[&str], message: &str);
}

impl Judged for Folder {
    fn judge(&self, args: &[&str]) -> Ran {
        self.infer(&[args, &["--pairs", "1"]].concat())
    }

    fn refuses(&self, args: &[&str], message: &str) {
        self.judge(args).with_code(2).says(message);
    }

    fn warns(&self, args: &[&str], message: &str) {
        let message = format!("warning: {message}");
        self.judge(args).with_code(0).says(&message);
    }
}

fn refused(text: &str, message: &str) {
    Folder::with(&[("d.tsv", text.as_bytes())]).refuses(&["d.tsv"], message);
}

fn warned(text: &str, message: &str) {
    Folder::with(&[("d.tsv", text.as_bytes())]).warns(&["d.tsv"], message);
}

const GOOD: &str = "time\tA\tB\n0\t1\t2\n1\t2\t1\n2\t4\t5\n";
