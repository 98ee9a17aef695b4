//! Running commands, with their output passed on and the tests in it counted.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What went well or not.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// Tests that a runner reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// How many passed.
    pub(crate) passed: u64,
    /// How many failed.
    pub(crate) failed: u64,
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The folder of everything that tasks build or install.
pub(crate) fn target() -> PathBuf {
    root().join("target")
}

/// A cargo command in the root.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// A command in the root.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// The same command, for what nobody waits for yet: where the system knows how, others go before it.
pub(crate) fn behind(command: &Command) -> Command {
    let mut behind = if cfg!(unix) {
        let mut nice = Command::new("nice");
        nice.args(["-n", "19"]).arg(command.get_program());
        nice
    } else {
        Command::new(command.get_program())
    };
    behind.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => behind.env(name, value),
            None => behind.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        behind.current_dir(folder);
    }
    behind
}

fn shown(command: &Command) -> String {
    let mut text = Path::new(command.get_program())
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let text = shown(command);
    let status = command
        .status()
        .map_err(|e| format!("`{text}` did not start: {e}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{text}` failed ({status})"))
    }
}

/// Runs a command and returns its standard output.
pub(crate) fn read(command: &mut Command) -> Outcome<String> {
    let text = shown(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("`{text}` did not start: {e}"))?;
    if !output.status.success() {
        return Err(format!("`{text}` failed ({})", output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a test command, passes its standard output on and counts the tests in it. The count is
/// returned beside the failure, so that a failing suite still counts.
pub(crate) fn test(command: &mut Command) -> (Count, Outcome) {
    let text = shown(command);
    let mut count = Count::default();
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(e) => return (count, Err(format!("`{text}` did not start: {e}"))),
    };
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        let mut out = std::io::stdout();
        while matches!(reader.read_until(b'\n', &mut line), Ok(n) if n > 0) {
            count += counted(&String::from_utf8_lossy(&line));
            let _ = out.write_all(&line);
            line.clear();
        }
    }
    let outcome = match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{text}` failed ({status})")),
        Err(e) => Err(format!("`{text}` was lost: {e}")),
    };
    (count, outcome)
}

/// The tests that a closing line reports: cargo's, pytest's, Maven's, Node's or our own of .NET; or the one test of a line of
/// Python's unittest, whose closing line does not say how many passed.
fn counted(line: &str) -> Count {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("test result: ") {
        return Count {
            passed: before(rest, " passed"),
            failed: before(rest, " failed"),
        };
    }
    if line.starts_with("==") && line.ends_with("==") {
        return Count {
            passed: before(line, " passed"),
            failed: before(line, " failed"),
        };
    }
    // Maven prints this line for each class too, with the time that it took.
    if let Some((_, rest)) = line.split_once("Tests run: ") {
        let failed = before(line, ", Errors") + before(line, ", Skipped");
        if line.contains("Time elapsed") {
            return Count::default();
        }
        let ran = rest
            .split(',')
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0_u64);
        let skipped = rest
            .rsplit(' ')
            .next()
            .and_then(|n| n.parse().ok())
            .unwrap_or(0);
        return Count {
            passed: ran.saturating_sub(failed + skipped),
            failed,
        };
    }
    // Cargo's lines for single tests begin with `test `, and its closing line counts those.
    if !line.starts_with("test ") {
        if line.ends_with(" ... ok") {
            return Count {
                passed: 1,
                failed: 0,
            };
        }
        if line.ends_with(" ... FAIL") || line.ends_with(" ... ERROR") {
            return Count {
                passed: 0,
                failed: 1,
            };
        }
    }
    // Ours has nothing else in its line: prose may well say how much passed.
    if let Some((passed, failed)) = line.split_once(" passed, ") {
        let number = |text: &str| text.parse().ok();
        if let Some((passed, failed)) =
            number(passed).zip(failed.strip_suffix(" failed").and_then(number))
        {
            return Count { passed, failed };
        }
    }
    let node = |name: &str| {
        ["# ", "ℹ "]
            .iter()
            .find_map(|mark| {
                line.strip_prefix(mark)?
                    .strip_prefix(name)?
                    .trim()
                    .parse()
                    .ok()
            })
            .unwrap_or(0)
    };
    Count {
        passed: node("pass "),
        failed: node("fail "),
    }
}

/// The number that stands before a word.
fn before(line: &str, word: &str) -> u64 {
    line.split(word)
        .next()
        .filter(|_| line.contains(word))
        .and_then(|head| head.rsplit(|c: char| !c.is_ascii_digit()).next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let cases = [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured",
                12,
                0,
            ),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored", 3, 2),
            (
                "=================== 4 passed, 1 failed in 0.10s ====================",
                4,
                1,
            ),
            ("# pass 7", 7, 0),
            ("ℹ fail 2", 0, 2),
            ("test_1 (__main__.A.test_1) ... ok", 1, 0),
            ("with the root ... FAIL", 0, 1),
            ("with the root ... ERROR", 0, 1),
            ("test with::the::root ... ok", 0, 0),
            ("Ran 12 tests in 0.004s", 0, 0),
            (
                "[INFO] Tests run: 9, Failures: 0, Errors: 0, Skipped: 0",
                9,
                0,
            ),
            (
                "[ERROR] Tests run: 9, Failures: 2, Errors: 1, Skipped: 3",
                3,
                3,
            ),
            (
                "[INFO] Tests run: 9, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s",
                0,
                0,
            ),
            ("12 passed, 3 failed", 12, 3),
            ("all 12 passed, 3 failed", 0, 0),
            ("something 4 passed", 0, 0),
            ("", 0, 0),
        ];
        for (line, passed, failed) in cases {
            assert_eq!(counted(line), Count { passed, failed }, "{line}");
        }
    }
}
