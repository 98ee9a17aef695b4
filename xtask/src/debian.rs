//! Programs that only a distribution has, such as Wine: packages of Debian (or Ubuntu), unpacked into
//! target/. Nothing is installed on the machine, and no rights are needed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{self, command, target, Outcome};
use crate::tools;

/// Unpacks packages and those of their dependencies that the machine does not have, and returns the
/// folder that stands for the root.
pub(crate) fn unpacked(name: &str, packages: &[&str]) -> Outcome<PathBuf> {
    unpack(name, packages, with_dependencies)
}

/// Unpacks packages and nothing that they depend on.
pub(crate) fn unpacked_alone(name: &str, packages: &[&str]) -> Outcome<PathBuf> {
    unpack(name, packages, |_, packages| {
        Ok(packages.iter().map(|&name| name.to_owned()).collect())
    })
}

/// What to fetch, by a command of apt-get and what was asked for.
type Choice = fn(Command, &[&str]) -> Outcome<BTreeSet<String>>;

fn unpack(name: &str, packages: &[&str], choose: Choice) -> Outcome<PathBuf> {
    let folder = target().join("tools/debian").join(name);
    let root = folder.join("root");
    let what = format!("the Debian packages {}", packages.join(", "));
    tools::once(&folder, &what, || {
        let made = fetch(&folder, packages, choose).and_then(|files| {
            for file in files {
                let mut unpack = command("dpkg-deb", &["--extract"]);
                process::run(unpack.arg(&file).arg(&root))?;
                fs::remove_file(&file).map_err(|e| format!("{}: {e}", file.display()))?;
            }
            Ok(())
        });
        made.map_err(|reason| {
            format!(
                "{reason}\n{what} could not be had. They are fetched by apt-get from the archives that \
                 this machine is set up with; on another distribution, install the programs by hand, \
                 so that they are found on the PATH"
            )
        })
    })?;
    Ok(root)
}

/// Downloads what is missing, with a list of packages of our own: the machine's may be old, or not
/// there, and is not ours to change.
fn fetch(folder: &Path, packages: &[&str], choose: Choice) -> Outcome<Vec<PathBuf>> {
    let (lists, cache) = (folder.join("lists"), folder.join("cache"));
    for one in [lists.join("partial"), cache.join("archives/partial")] {
        fs::create_dir_all(&one).map_err(|e| format!("{}: {e}", one.display()))?;
    }
    let apt = |verb: &[&str]| -> Command {
        let mut apt = command("apt-get", &["--quiet=2", "--option"]);
        apt.arg(format!("Dir::State::lists={}", lists.display()))
            .arg("--option")
            .arg(format!("Dir::Cache={}", cache.display()))
            // Its own user could not write here.
            .args(["--option", "APT::Sandbox::User=root"])
            .args(verb)
            .current_dir(folder);
        apt
    };
    process::run(&mut apt(&["update"]))?;
    let names = choose(apt(&[]), packages)?;
    let listed: Vec<&str> = names.iter().map(String::as_str).collect();
    println!("apt-get download {}", listed.join(" "));
    process::run(apt(&["download"]).args(&names))?;
    for one in [lists, cache] {
        fs::remove_dir_all(&one).map_err(|e| format!("{}: {e}", one.display()))?;
    }
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|kind| kind == "deb"))
        .collect())
}

/// The packages and those of their dependencies that the machine does not have.
fn with_dependencies(mut apt: Command, packages: &[&str]) -> Outcome<BTreeSet<String>> {
    apt.args(["install", "--simulate", "--no-install-recommends"]);
    let steps = process::read(apt.args(packages))?;
    let dependencies = steps
        .lines()
        .filter_map(|line| line.strip_prefix("Inst ")?.split(' ').next());
    let asked = packages.iter().copied();
    Ok(asked.chain(dependencies).map(ToOwned::to_owned).collect())
}

/// A program that is on the PATH already.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
