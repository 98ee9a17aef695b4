//! Shows what a fuzzer's input is: `replay <target> <input> [<file to write>]` writes the file that it
//! stands for, prints its report and runs the target.
#![allow(clippy::print_stdout, reason = "a command-line tool")]

use std::fs;

use skifteportal::pdf::{check, Profile};
use skifteportal_fuzz_targets::target;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, input, rest @ ..] = arguments.as_slice() else {
        return Err("replay <target> <input> [<file to write>]".to_owned());
    };
    let target = target(name).ok_or_else(|| format!("there is no target `{name}`"))?;
    let bytes = fs::read(input).map_err(|e| format!("{input}: {e}"))?;
    let file = target.file(&bytes);
    if let [path] = rest {
        fs::write(path, &file.bytes).map_err(|e| format!("{path}: {e}"))?;
    }
    println!("{:#?}", check(&file.bytes, &Profile::portal()));
    println!("holds a script that must be seen: {}", file.holds_script);
    target.run(&bytes);
    Ok(())
}
