//! Writes the inputs that a fuzzer starts from: `seeds <target> <folder>`.
#![allow(clippy::print_stdout, reason = "a command-line tool")]

use std::fs;
use std::path::Path;

use skifteportal_fuzz_targets::{regressions, seeds, target};

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, folder] = arguments.as_slice() else {
        return Err("seeds <target> <folder>".to_owned());
    };
    let target = target(name).ok_or_else(|| format!("there is no target `{name}`"))?;
    let folder = Path::new(folder);
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let seeds = seeds(target)
        .into_iter()
        .enumerate()
        .map(|(index, seed)| (format!("seed-{index:04}"), seed));
    let regressions = regressions(target)
        .into_iter()
        .map(|(name, input)| (format!("regression-{name}"), input));
    let mut count = 0;
    for (name, bytes) in seeds.chain(regressions) {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))?;
        count += 1;
    }
    println!("{count} seeds for {name}");
    Ok(())
}
