//! Does the experiments of `networks/` again and writes `timeseries.tsv` and `truth.tsv` beside
//! each `model.toml`. The seeds are in the models, so nothing changes unless a model does.
//!
//! ```sh
//! cargo run --release --example simulate_networks
//! ```

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use cistron::simulate::{Model, write_timeseries, write_truth};

fn main() -> Result<(), Box<dyn Error>> {
    let mut folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("networks"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    folders.sort();
    for folder in folders
        .iter()
        .filter(|path| path.join("model.toml").is_file())
    {
        let file = folder.join("model.toml");
        let model = Model::read(&file.display().to_string(), &fs::read_to_string(&file)?)?;
        let (genes, truth) = (model.kinetics.genes(), model.kinetics.edges());
        let Some(simulated) = model.time_series(model.seed)? else {
            continue;
        };
        let mut series = BufWriter::new(File::create(folder.join("timeseries.tsv"))?);
        write_timeseries(&simulated, &mut series)?;
        series.flush()?;
        let mut truth = BufWriter::new(File::create(folder.join("truth.tsv"))?);
        write_truth(genes, &truth, &mut truth)?;
        truth.flush()?;
        writeln!(
            std::io::stdout().lock(),
            "{}: {} genes, {} edges, {} series, {} samples",
            model.name,
            genes.len(),
            truth.len(),
            simulated.series().len(),
            simulated.samples(),
        )?;
    }
    Ok(())
}
