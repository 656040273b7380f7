//! The input of a run that is given as the folder of that run: the files and options that made it.

use std::error::Error;
use std::path::Path;

use cistron::run::read_record;
use clap::Parser;

use super::files;
use super::infer::InferArgs;
use super::input::InputArgs;

/// The arguments of `cistron infer`, as they are in run.json.
#[derive(Parser)]
struct InferLine {
    #[command(flatten)]
    args: InferArgs,
}

/// Puts the files and options of a run in the place of its folder, where one is given as DATA; what is given besides
/// takes the place of what was given then.
///
/// # Errors   a run whose record does not hold its arguments, as a message.
pub(crate) fn resolve(input: &mut InputArgs) -> Result<(), Box<dyn Error>> {
    let [folder] = input.data.as_slice() else {
        return Ok(());
    };
    if !folder.join("run.json").is_file() {
        return Ok(());
    }
    let folder = folder.clone();
    let arguments = files::read_part(&folder, "run.json", read_record)?.arguments;
    let before = InferLine::try_parse_from(&arguments).ok();
    let before = before.filter(|_| arguments.first().is_some_and(|word| word == "infer"));
    let Some(before) = before else {
        return Err(no_arguments(&folder).into());
    };
    files::note(&format!(
        "{}: the folder of a run; its files are read again: cistron {}",
        folder.display(),
        arguments.join(" ")
    ));
    input.data.clear();
    input.fill_from(before.args.input);
    Ok(())
}

fn no_arguments(folder: &Path) -> String {
    format!(
        "{}: found the folder of a run without the arguments that made it, expected them in run.json; give the data \
         of the run (see `inputs` there)",
        folder.display()
    )
}
