//! Writes the true edges, `truth.tsv`, beside each `model.toml` of `networks/`, and does the
//! experiment again where a `timeseries.tsv` is kept. The seeds are in the models, so nothing
//! changes unless a model does.
//!
//! ```sh
//! cargo run --release --example simulate_networks
//! ```

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use cistron_truth::simulate::{Model, write_timeseries, write_truth};

fn main() -> Result<(), Box<dyn Error>> {
    let mut folders =
        fs::read_dir(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("networks"))?
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
        let mut file = BufWriter::new(File::create(folder.join("truth.tsv"))?);
        write_truth(genes, &truth, &mut file)?;
        file.flush()?;
        let mut out = std::io::stdout().lock();
        let (name, edges) = (&model.name, truth.len());
        writeln!(out, "{name}: {} genes, {edges} edges", genes.len())?;
        let kept = folder.join("timeseries.tsv");
        if !kept.is_file() {
            continue;
        }
        if let Some(simulated) = model.time_series(model.seed)? {
            let mut file = BufWriter::new(File::create(kept)?);
            write_timeseries(&simulated, &mut file)?;
            file.flush()?;
        }
    }
    Ok(())
}
