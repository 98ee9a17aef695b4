//! What a native library must look like, read from its file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use object::macho::LC_CODE_SIGNATURE;
use object::read::macho::LoadCommandVariant;
use object::{File, ImportFlags, Object};

use super::build::paths_of_crates;
use super::{Platform, System};
use crate::process::Outcome;

/// The newest glibc that a library may ask for.
pub(super) const GLIBC: &str = "2.17";

/// The libraries that each system has by itself. Nothing else may be loaded: no library of a compiler
/// (`libgcc_s`, `libwinpthread`), which a host would have to bring along.
fn of_the_system(system: System) -> &'static [&'static str] {
    match system {
        System::LinuxGnu => &[
            "libc.so.6",
            "libdl.so.2",
            "libm.so.6",
            "libpthread.so.0",
            "ld-linux-x86-64.so.2",
            "ld-linux-aarch64.so.1",
        ],
        // The name by which musl's loader knows itself, wherever a distribution keeps it.
        System::LinuxMusl => &["libc.so"],
        System::Windows => &[
            "bcryptprimitives.dll",
            "kernel32.dll",
            "ntdll.dll",
            "userenv.dll",
            "ws2_32.dll",
        ],
        System::MacOs => &["/usr/lib/libSystem.B.dylib"],
    }
}

/// The parts of Windows' own C library and synchronisation that every Windows 10 has.
const WINDOWS_SETS: &[&str] = &["api-ms-win-crt-", "api-ms-win-core-"];

/// The names that a library exports.
pub(super) fn exports(library: &Path) -> Outcome<BTreeSet<String>> {
    let bytes = read(library)?;
    let file = parse(library, &bytes)?;
    // The symbols of C have a line before their name there.
    let prefix = match file {
        File::MachO64(_) => "_",
        _ => "",
    };
    let wrong = |e| format!("{}: {e}", library.display());
    let mut names = BTreeSet::new();
    for export in file.exports().map_err(wrong)? {
        let export = export.map_err(wrong)?;
        let name = export
            .name()
            .into_name()
            .ok_or_else(|| format!("{} exports a function without a name", library.display()))?;
        let name = String::from_utf8_lossy(name);
        names.insert(name.strip_prefix(prefix).unwrap_or(&name).to_owned());
    }
    if names.is_empty() {
        return Err(format!("{} exports nothing", library.display()));
    }
    Ok(names)
}

/// Two libraries export the same.
pub(super) fn same_exports(one: &Path, other: &Path) -> Outcome {
    let (first, second) = (exports(one)?, exports(other)?);
    let differing: Vec<&str> = first
        .symmetric_difference(&second)
        .map(String::as_str)
        .collect();
    if differing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} and {} differ in {} of their exports: {} …",
        one.display(),
        other.display(),
        differing.len(),
        differing[..differing.len().min(5)].join(", ")
    ))
}

/// A library loads nothing that its system does not have.
pub(super) fn loads_only_the_system(platform: &Platform, library: &Path) -> Outcome {
    loads_only(platform, library, &[])
}

/// That, but for what the program that loads it brings along.
pub(super) fn loads_only(platform: &Platform, library: &Path, more: &[&str]) -> Outcome {
    let bytes = read(library)?;
    let file = parse(library, &bytes)?;
    let wrong = |e| format!("{}: {e}", library.display());
    let known = of_the_system(platform.system);
    let mut loaded = Vec::new();
    for dependency in file.import_libraries().map_err(wrong)? {
        let name = String::from_utf8_lossy(dependency.map_err(wrong)?.name()).into_owned();
        // Windows knows files by their names in any case.
        let name = match platform.system {
            System::Windows => name.to_lowercase(),
            _ => name,
        };
        let set = platform.system == System::Windows
            && WINDOWS_SETS.iter().any(|set| name.starts_with(set));
        if !set && !known.contains(&name.as_str()) && !more.contains(&name.as_str()) {
            return Err(format!("{} loads {name}", library.display()));
        }
        loaded.push(name);
    }
    println!("{:15} loads {}", platform.name, loaded.join(", "));
    Ok(())
}

/// A library for glibc asks for no function that is newer than the oldest glibc that we promise.
pub(super) fn runs_on_the_oldest_glibc(library: &Path) -> Outcome {
    let bytes = read(library)?;
    let file = parse(library, &bytes)?;
    let wrong = |e| format!("{}: {e}", library.display());
    let oldest = version(GLIBC).ok_or("the oldest glibc is not a version")?;
    let mut asked = 0;
    for import in file.imports().map_err(wrong)? {
        let import = import.map_err(wrong)?;
        let ImportFlags::Elf {
            version: Some(of), ..
        } = import.flags()
        else {
            continue;
        };
        let of = String::from_utf8_lossy(of);
        let Some(number) = of.strip_prefix("GLIBC_") else {
            continue;
        };
        if version(number).is_none_or(|number| number > oldest) {
            return Err(format!("{} asks for {of}", library.display()));
        }
        asked += 1;
    }
    if asked == 0 {
        return Err(format!("{} asks nothing of glibc", library.display()));
    }
    Ok(())
}

fn version(text: &str) -> Option<Vec<u32>> {
    text.split('.').map(|part| part.parse().ok()).collect()
}

/// A library holds no path of the machine that built it.
pub(super) fn names_no_path(library: &Path) -> Outcome {
    let bytes = read(library)?;
    for (path, _) in paths_of_crates()? {
        if holds(&bytes, path.as_os_str().as_encoded_bytes()) {
            return Err(format!("{} holds {}", library.display(), path.display()));
        }
    }
    Ok(())
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// A library for macOS takes from whichever program loads it nothing but what Python is known to have. The linker
/// misses nothing else there either, since it was told to leave it open.
pub(super) fn leaves_only_python_open(library: &Path) -> Outcome {
    let bytes = read(library)?;
    let file = parse(library, &bytes)?;
    let wrong = |e| format!("{}: {e}", library.display());
    for import in file.imports().map_err(wrong)? {
        let import = import.map_err(wrong)?;
        let name = import.name().into_name().unwrap_or_default();
        let pythons = name.starts_with(b"_Py") || name.starts_with(b"__Py");
        if import.library().is_empty() && !pythons {
            let name = String::from_utf8_lossy(name);
            return Err(format!("nothing has the {name} of {}", library.display()));
        }
    }
    Ok(())
}

/// A library for macOS on ARM is signed, if by nobody; the system loads no other.
pub(super) fn is_signed(library: &Path) -> Outcome {
    let bytes = read(library)?;
    let wrong = |e| format!("{}: {e}", library.display());
    let File::MachO64(file) = parse(library, &bytes)? else {
        return Err(format!("{} is not of macOS", library.display()));
    };
    let mut commands = file.macho_load_commands().map_err(wrong)?;
    while let Some(command) = commands.next().map_err(wrong)? {
        if command.cmd() != LC_CODE_SIGNATURE {
            continue;
        }
        if let LoadCommandVariant::LinkeditData(at) = command.variant().map_err(wrong)? {
            let signature = at.code_signature(file.endian(), &*bytes).map_err(wrong)?;
            let mut blobs = signature.blobs();
            while let Some(blob) = blobs.next().map_err(wrong)? {
                if blob.code_directory().map_err(wrong)?.is_some() {
                    return Ok(());
                }
            }
        }
    }
    Err(format!("{} is not signed", library.display()))
}

fn read(library: &Path) -> Outcome<Vec<u8>> {
    fs::read(library).map_err(|e| format!("{}: {e}", library.display()))
}

fn parse<'a>(library: &Path, bytes: &'a [u8]) -> Outcome<File<'a>> {
    File::parse(bytes).map_err(|e| format!("{}: {e}", library.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(version("2.2.5") < version("2.17"));
        assert!(version("2.34") > version(GLIBC));
        assert_eq!(version("PRIVATE"), None);
    }

    #[test]
    fn bytes_are_found_anywhere() {
        assert!(holds(b"a/path", b"path"));
        assert!(!holds(b"a/path", b"paths"));
        assert!(!holds(b"a", b"path"));
    }
}
