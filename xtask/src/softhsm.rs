//! A token in software, for the tests with keys that never leave one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::debian;
use crate::process::{self, command, target, Outcome};

/// The variable by which tests are told the module.
pub(crate) const MODULE: &str = "SKIFTEPORTAL_PKCS11";

/// A token in software, as the machine's or an unpacked `SoftHSM` keeps it.
pub(crate) struct SoftHsm {
    program: PathBuf,
    module: PathBuf,
    /// Where the program's and the module's own libraries are, if not where the machine looks.
    libraries: Option<PathBuf>,
    settings: PathBuf,
}

/// Where distributions put the module.
const MODULES: &[&str] = &[
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

impl SoftHsm {
    /// An empty token for one suite, whose PIN is that of the tests.
    pub(crate) fn set_up(whose: &str) -> Outcome<Self> {
        let folder = target().join("softhsm").join(whose);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        let tokens = folder.join("tokens");
        fs::create_dir_all(&tokens).map_err(|e| format!("{}: {e}", tokens.display()))?;
        let settings = folder.join("softhsm2.conf");
        let text = format!(
            "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
            tokens.display()
        );
        fs::write(&settings, text).map_err(|e| format!("{}: {e}", settings.display()))?;
        let token = Self::found(settings)?;
        let mut init = command(
            &token.program,
            &["--init-token", "--free", "--label", "test"],
        );
        init.args(["--so-pin", "12345678", "--pin", "4321", "--module"])
            .arg(&token.module)
            .envs(token.variables());
        process::run(&mut init)?;
        Ok(token)
    }

    fn found(settings: PathBuf) -> Outcome<Self> {
        let module = MODULES.iter().map(PathBuf::from).find(|m| m.is_file());
        if let Some((program, module)) = debian::on_path("softhsm2-util").zip(module) {
            return Ok(Self {
                program,
                module,
                libraries: None,
                settings,
            });
        }
        let root = debian::unpacked("softhsm", &["softhsm2", "libsofthsm2"])?;
        Ok(Self {
            program: root.join("usr/bin/softhsm2-util"),
            module: root.join("usr/lib/softhsm/libsofthsm2.so"),
            libraries: Some(library_folder(&root)?),
            settings,
        })
    }

    /// What tells the programs of tests of it.
    pub(crate) fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let mut variables = vec![
            ("SOFTHSM2_CONF", self.settings.clone()),
            (MODULE, self.module.clone()),
        ];
        if let Some(libraries) = &self.libraries {
            variables.push(("LD_LIBRARY_PATH", libraries.clone()));
        }
        variables
    }
}

/// The folder of the machine's architecture among the libraries of unpacked packages.
pub(crate) fn library_folder(root: &Path) -> Outcome<PathBuf> {
    let name = format!("{}-linux-gnu", std::env::consts::ARCH);
    let folder = root.join("usr/lib").join(name);
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err(format!("{} is not there", folder.display()))
    }
}
