//! The command as it is run: its output, its exit codes, its paths.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own for each test, empty at its start.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A document of one page; `annotation` is what stands on it, `more` are objects from number 4 on.
fn document(annotation: &str, more: &[&str]) -> Vec<u8> {
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Annots[{annotation}]>>"
    );
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        &page,
    ];
    objects.extend(more);
    let mut text = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (index, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", text.len()).unwrap();
        text.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let (start, size) = (text.len(), objects.len() + 1);
    let end = format!(
        "xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    text.extend(end.bytes());
    text
}

fn plain() -> Vec<u8> {
    document("", &[])
}

fn link(action: &str) -> Vec<u8> {
    document(
        &format!("<</Type/Annot/Subtype/Link/Rect[50 50 90 60]/A<<{action}>>>>"),
        &[],
    )
}

fn linked() -> Vec<u8> {
    link("/S/URI/URI(https://example.dk/)")
}

fn scripted() -> Vec<u8> {
    link("/S/JavaScript/JS(app.alert\\(1\\))")
}

/// What is in its object stream cannot be known.
fn sealed() -> Vec<u8> {
    let stream =
        "<</Type/ObjStm/N 1/First 4/Length 8/Filter/UnknownFilter>>stream\n12345678\nendstream";
    document("", &[stream])
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pdf-check"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn json(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn the_exit_code_tells_the_worst_verdict() {
    let folder = folder("exit");
    for (name, bytes) in [
        ("plain", plain()),
        ("linked", linked()),
        ("scripted", scripted()),
        ("sealed", sealed()),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
    }
    for (files, expected) in [
        (&["plain"][..], 0),
        (&["linked", "plain"], 4),
        (&["plain", "sealed", "linked"], 2),
        (&["sealed", "scripted", "linked"], 1),
        (&["scripted", "nowhere", "sealed"], 3),
        (&["plain", "nowhere"], 3),
    ] {
        for format in [&[][..], &["--json"]] {
            let arguments = [format, files].concat();
            assert_eq!(code(&run(&folder, &arguments)), expected, "{arguments:?}");
        }
    }
    let strict = run(&folder, &["--profile", "strict", "linked"]);
    assert_eq!(code(&strict), 1);
    assert_eq!(code(&run(&folder, &["--profile=portal", "linked"])), 4);
}

#[test]
fn wrong_usage_checks_nothing() {
    let folder = folder("usage");
    fs::write(folder.join("plain"), plain()).unwrap();
    for arguments in [
        &[][..],
        &["--json"],
        &["plain", "--jsn"],
        &["plain", "--json=yes"],
        &["plain", "--profile", "lenient"],
        &["plain", "--profile"],
        &["plain", "--language", "sv"],
    ] {
        let output = run(&folder, arguments);
        assert_eq!(code(&output), 64, "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("pdf-check"), "{said}");
    }
    let help = run(&folder, &["--help"]);
    assert_eq!(code(&help), 0);
    assert!(String::from_utf8(help.stdout)
        .unwrap()
        .contains("exit code"));
}

#[test]
fn json_is_one_object_a_line() {
    let folder = folder("json");
    fs::write(folder.join("a.pdf"), plain()).unwrap();
    fs::write(folder.join("b.pdf"), scripted()).unwrap();
    fs::write(folder.join("c.pdf"), sealed()).unwrap();
    let output = run(
        &folder,
        &["--json", "a.pdf", "b.pdf", "c.pdf", "nowhere.pdf"],
    );
    let lines = json(&output);
    assert_eq!(lines.len(), 4);

    let plain = &lines[0];
    assert_eq!(plain["file"], "a.pdf");
    assert_eq!(plain["verdict"], "accepted");
    assert_eq!(plain["codes"], Value::Array(Vec::new()));
    assert_eq!(plain["findings"], Value::Array(Vec::new()));
    assert_eq!(plain["facts"]["pages"], 1);
    assert!(plain.get("undecidable").is_none());

    let scripted = &lines[1];
    assert_eq!(scripted["verdict"], "refused");
    assert_eq!(scripted["codes"][0], "doedsbo.f25");
    assert_eq!(scripted["counts"]["javascript"], 1);
    let finding = &scripted["findings"][0];
    assert_eq!(finding["kind"], "javascript");
    assert_eq!(finding["severity"], "refused");
    assert_eq!(finding["object"], 3);
    assert_eq!(finding["generation"], 0);
    assert_eq!(finding["page"], 1);
    assert_eq!(finding["revision"], 1);
    assert_eq!(finding["presence"], "reached");
    assert_eq!(finding["path"], "Page 1/Annots[0]/A");
    for language in ["da", "en"] {
        let text = finding["explanation"][language].as_str().unwrap();
        assert!(text.contains("JavaScript"), "{text}");
    }

    assert_eq!(lines[2]["verdict"], "undecidable");
    assert_eq!(lines[2]["undecidable"], "unreadable");

    assert_eq!(lines[3]["file"], "nowhere.pdf");
    assert!(lines[3]["error"].is_string());
    let members: Vec<&String> = lines[3].as_object().unwrap().keys().collect();
    assert_eq!(members, ["file", "error"]);

    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("3 files, 1 accepted"), "{said}");
}

#[test]
fn lines_are_for_people_in_both_languages() {
    let folder = folder("lines");
    fs::write(folder.join("a.pdf"), plain()).unwrap();
    fs::write(folder.join("b\n.pdf"), scripted()).unwrap();
    let output = run(&folder, &["."]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("accepted "), "{text}");
    assert!(lines[1].starts_with("refused "), "{text}");
    assert!(lines[1].contains("javascript 1"), "{text}");
    assert!(lines[1].contains("Page 1"), "{text}");
    assert!(lines[2].starts_with("2 files, 1 accepted"), "{text}");

    let output = run(&folder, &["--language", "da", "."]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("afvist "), "{text}");
    assert!(text.contains("Side 1"), "{text}");
    assert!(text.contains("2 filer, 1 godkendt"), "{text}");
}

#[test]
fn folders_are_searched_and_sorted() {
    let folder = folder("folders");
    for path in [
        "b/x.PDF",
        "b/deep/er/y.Pdf",
        "a.pdf",
        "b.pdf",
        "c/z.txt",
        "c/pdf",
        "d.pdf/e.pdf",
    ] {
        let path = folder.join("all").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, plain()).unwrap();
    }
    let files = |arguments: &[&str]| -> Vec<String> {
        let lines = json(&run(&folder, &[&["--json"], arguments].concat()));
        lines
            .iter()
            .map(|line| line["file"].as_str().unwrap().replace('\\', "/"))
            .collect()
    };
    let all = [
        "all/a.pdf",
        "all/b/deep/er/y.Pdf",
        "all/b/x.PDF",
        "all/b.pdf",
        "all/d.pdf/e.pdf",
    ];
    assert_eq!(files(&["all"]), all);
    // A file that is named is checked whatever its name, and in the order in which it is named.
    assert_eq!(
        files(&["all/c/z.txt", "all/c", "all/a.pdf"]),
        ["all/c/z.txt", "all/a.pdf"]
    );
    assert_eq!(files(&["--", "all/c/pdf"]), ["all/c/pdf"]);
}

#[cfg(unix)]
#[test]
fn links_lead_to_files_but_not_to_folders() {
    use std::os::unix::fs::symlink;
    let folder = folder("links");
    fs::create_dir_all(folder.join("all")).unwrap();
    fs::write(folder.join("plain"), plain()).unwrap();
    symlink("../plain", folder.join("all/file.pdf")).unwrap();
    symlink(".", folder.join("all/round")).unwrap();
    symlink("nowhere", folder.join("all/lost.pdf")).unwrap();
    let output = run(&folder, &["--json", "all"]);
    let lines = json(&output);
    assert_eq!(code(&output), 3);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[0]["verdict"], "accepted");
    assert!(lines[1]["error"].is_string());
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_checked() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder("names");
    let name = OsStr::from_bytes(b"\xff.pdf");
    // Some file systems hold names that are text alone.
    if fs::write(folder.join(name), plain()).is_err() {
        return;
    }
    let lines = json(&run(&folder, &["--json", "."]));
    assert_eq!(lines[0]["verdict"], "accepted");
    let output = Command::new(env!("CARGO_BIN_EXE_pdf-check"))
        .arg(name)
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(code(&output), 0);
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let folder = folder("pipe");
    fs::write(folder.join("a.pdf"), plain()).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_pdf-check"))
        .args(["--json", "a.pdf", "a.pdf"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Its end of the pipe is closed here, most often before it writes. If it was faster, it has
    // ended as ever.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    match output.status.code() {
        Some(141) => assert_eq!(said, ""),
        other => assert_eq!(other, Some(0), "{said}"),
    }
}
