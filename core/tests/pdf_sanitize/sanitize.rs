//! What the remedy removes of actions, and what it keeps.

use skifteportal::pdf::{
    sanitize, Kind, Profile, SanitizeError, SanitizeOptions, Sanitized, Verdict,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::written::{holds, pdf, stream};

const JS: &str = "<</S /JavaScript /JS (app.alert\\(1\\))>>";

/// Removes what is at risk as well.
pub(crate) fn all() -> SanitizeOptions {
    SanitizeOptions::default().remove_at_risk(true)
}

/// Sanitises; the result must be accepted, list what was removed, and be its own result.
pub(crate) fn cleaned(bytes: &[u8], removed: &[(Kind, &str)]) -> Sanitized {
    let clean = sanitize(bytes, &Profile::portal(), &all()).unwrap();
    assert_eq!(clean.report.verdict, Verdict::Accepted);
    let told: Vec<_> = clean
        .removed
        .iter()
        .map(|removal| (removal.kind, removal.path.as_str()))
        .collect();
    assert_eq!(told, removed);
    let again = sanitize(&clean.bytes, &Profile::portal(), &all()).unwrap();
    assert!(again.removed.is_empty(), "{:?}", again.removed);
    assert_eq!(
        String::from_utf8_lossy(&again.bytes),
        String::from_utf8_lossy(&clean.bytes)
    );
    clean
}

#[track_caller]
fn assert_text(clean: &Sanitized, kept: &[&str], gone: &[&str]) {
    let text = String::from_utf8_lossy(&clean.bytes);
    for part in kept {
        assert!(holds(&clean.bytes, part), "{part} is missing in {text}");
    }
    for part in gone {
        assert!(!holds(&clean.bytes, part), "{part} is in {text}");
    }
}

#[test]
fn a_script_at_the_opening_goes() {
    let file = pdf(&format!("/OpenAction {JS}"), "", &[]);
    let clean = cleaned(&file, &[(Kind::JavaScript, "Root/OpenAction")]);
    assert_text(
        &clean,
        &["1 0 0 rg 100 100 200 200 re f", "/MediaBox[0 0 600 800]"],
        &["OpenAction", "JavaScript", "alert"],
    );
}

#[test]
fn what_is_harmless_at_the_opening_stays() {
    for action in [
        "[3 0 R /Fit]",
        "<</S /GoTo /D [3 0 R /Fit]>>",
        "<</S /Named /N /Print>>",
    ] {
        let clean = cleaned(&pdf(&format!("/OpenAction {action}"), "", &[]), &[]);
        assert_text(&clean, &["/OpenAction"], &[]);
    }
}

#[test]
fn the_harmless_rest_of_a_chain_stays() {
    let file = pdf(
        "/OpenAction 5 0 R",
        "",
        &[
            "<</S /GoTo /D [3 0 R /Fit] /Next [6 0 R <</S /Hide /T (b)>>]>>",
            "<</S /JavaScript /JS (x) /Next [<</S /Named /N /NextPage>> 5 0 R]>>",
        ],
    );
    let clean = cleaned(&file, &[(Kind::JavaScript, "Root/OpenAction/Next[0]")]);
    assert_text(
        &clean,
        &["/GoTo", "/Next[<</S/Named/N/NextPage>><</S/Hide/T(b)>>]"],
        &["JavaScript"],
    );
}

#[test]
fn a_chain_that_a_click_may_follow_is_cut_where_none_is_made() {
    // The same action opens with a click and by itself.
    let file = pdf(
        "/OpenAction 5 0 R",
        "/Annots [<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A 5 0 R>>]",
        &["<</S /GoTo /D [3 0 R /Fit] /Next <</S /URI /URI (http://example.org)>>>>"],
    );
    let clean = sanitize(&file, &Profile::portal(), &SanitizeOptions::default()).unwrap();
    assert_eq!(clean.report.verdict, Verdict::AtRisk);
    assert!(!clean.report.counts.contains_key(&Kind::AutomaticLink));
    assert_eq!(clean.report.counts.get(&Kind::UriLink), Some(&1));
    assert!(holds(&clean.bytes, "/OpenAction<</S/GoTo/D["));
}

#[test]
fn scripts_of_the_name_tree_go_and_destinations_stay() {
    let file = pdf(
        "/Names <</JavaScript <</Names [(a) 5 0 R]>> /Dests <</Names [(b) [3 0 R /Fit]]>>>>",
        "",
        &[JS],
    );
    let clean = cleaned(
        &file,
        &[(Kind::JavaScript, "Root/Names/JavaScript/Names[1]")],
    );
    assert_text(&clean, &["/Dests<</Names[(b)["], &["JavaScript"]);
}

#[test]
fn additional_actions_go_wherever_they_are() {
    let file = pdf(
        &format!("/AA <</WC {JS} /DP <</S /Named /N /Print>>>> /AcroForm <</Fields [5 0 R]>>"),
        "/AA <</O <</S /URI /URI (http://example.org)>>>> /Annots [5 0 R]",
        &[&format!(
            "<</Type /Annot /Subtype /Widget /FT /Tx /T (f) /V (value) /Rect [0 0 9 9] /AA <</K {JS}>>>>"
        )],
    );
    let clean = cleaned(
        &file,
        &[
            (Kind::JavaScript, "Root/AA/WC"),
            (Kind::AutomaticLink, "Page 1/AA/O"),
            (Kind::JavaScript, "Root/AcroForm/Fields[0]/AA/K"),
        ],
    );
    assert_text(
        &clean,
        &["/AA<</DP<</S/Named/N/Print>>>>", "/V(value)"],
        &["JavaScript", "/URI"],
    );
}

#[test]
fn an_ordinary_link_goes_only_when_asked() {
    let link = "<</Type /Annot /Subtype /Link /Rect [10 10 90 20] /Border [0 0 2] /C [1 0 0] \
                /A <</S /URI /URI (https://example.org/)>>>>";
    let file = pdf("", &format!("/Annots [{link}]"), &[]);
    let kept = sanitize(&file, &Profile::portal(), &SanitizeOptions::default()).unwrap();
    assert_eq!(kept.report.verdict, Verdict::AtRisk);
    assert!(kept.removed.is_empty());
    assert_text(&kept, &["/URI(https://example.org/)"], &[]);
    let asked = SanitizeOptions::default().remove(Kind::UriLink);
    let without = sanitize(&file, &Profile::portal(), &asked).unwrap();
    assert_eq!(without.report.verdict, Verdict::Accepted);
    let clean = cleaned(&file, &[(Kind::UriLink, "Page 1/Annots[0]/A")]);
    assert_eq!(clean.bytes, without.bytes);
    assert_text(
        &clean,
        &["/Subtype/Link", "/Border[0 0 2]", "/C[1 0 0]"],
        &["/URI", "example.org"],
    );
}

#[test]
fn a_link_that_is_a_script_goes_by_default() {
    for action in [
        "<</S /URI /URI (javascript:alert\\(1\\))>>",
        "<</S 5 0 R /JS (x)>>",
        "<</JS (x)>>",
        "<</S /GoTo /S /J#61vaScript /JS (x) /D [3 0 R /Fit]>>",
    ] {
        let link = format!("<</Type /Annot /Subtype /Link /Rect [10 10 90 20] /A {action}>>");
        let file = pdf("", &format!("/Annots [{link}]"), &["/JavaScript"]);
        let clean = sanitize(&file, &Profile::portal(), &SanitizeOptions::default()).unwrap();
        assert_eq!(clean.removed[0].kind, Kind::JavaScript, "{action}");
        assert_text(
            &clean,
            &["/Subtype/Link"],
            &["/JS", "avascript", "avaScript"],
        );
    }
}

#[test]
fn a_base_of_addresses_that_is_a_script_goes() {
    let file = pdf("/URI <</Base (javascript:)>> /Lang (da)", "", &[]);
    let clean = cleaned(&file, &[(Kind::JavaScript, "Root/URI")]);
    assert_text(&clean, &["/Lang(da)"], &["/URI", "script"]);
}

#[test]
fn actions_that_leave_the_document_go() {
    for (action, kind) in [
        ("<</S /Launch /F (a.exe)>>", Kind::Launch),
        ("<</S /GoToR /F (a.pdf) /D [0 /Fit]>>", Kind::GoToRemote),
        (
            "<</S /GoToE /T <</R /C /N (a)>> /D [0 /Fit]>>",
            Kind::GoToEmbedded,
        ),
        (
            "<</S /SubmitForm /F (http://example.org)>>",
            Kind::SubmitForm,
        ),
        ("<</S /ImportData /F (a.fdf)>>", Kind::ImportData),
        ("<</S /ResetForm>>", Kind::ResetForm),
        ("<</S /Movie /T (m)>>", Kind::Movie),
        ("<</S /Sound /Sound 5 0 R>>", Kind::Sound),
    ] {
        let annotation = format!(
            "/Annots [<</Type /Annot /Subtype /Widget /FT /Btn /T (b) /Rect [1 1 9 9] /A {action}>>]"
        );
        let file = pdf("", &annotation, &[&stream("/Type /Sound /R 8000", "abc")]);
        let clean = cleaned(&file, &[(kind, "Page 1/Annots[0]/A")]);
        assert_text(&clean, &["/Widget", "/T(b)"], &["/A<<", "/Type/Sound"]);
    }
}

#[test]
fn bookmarks_keep_their_titles() {
    let file = pdf(
        "/Outlines 5 0 R",
        "",
        &[
            "<</Type /Outlines /First 6 0 R /Last 7 0 R /Count 2>>",
            "<</Title (One) /Parent 5 0 R /Next 7 0 R /A <</S /GoTo /D [3 0 R /Fit]>>>>",
            &format!("<</Title (Two) /Parent 5 0 R /Prev 6 0 R /A {JS}>>"),
        ],
    );
    let clean = sanitize(&file, &Profile::portal(), &all()).unwrap();
    assert_eq!(clean.removed[0].kind, Kind::JavaScript);
    assert_text(&clean, &["(One)", "(Two)", "/GoTo"], &["JavaScript"]);
}

#[test]
fn links_that_cover_a_page_unseen_go() {
    let half = |from: i32| {
        format!(
            "<</Type /Annot /Subtype /Link /Border [0 0 0] /Rect [0 {from} 600 {}] \
             /A <</S /URI /URI (http://example.org/{from})>>>>",
            from + 400
        )
    };
    let small = "<</Type /Annot /Subtype /Text /Rect [1 1 9 9] /Contents (note)>>";
    let file = pdf(
        "",
        &format!("/Annots [{} {small} 5 0 R]", half(0)),
        &[&half(400)],
    );
    let clean = sanitize(&file, &Profile::portal(), &SanitizeOptions::default()).unwrap();
    assert_eq!(clean.report.verdict, Verdict::Accepted);
    assert!(clean
        .removed
        .iter()
        .any(|removal| removal.kind == Kind::FullPageLink));
    assert_text(&clean, &["(note)"], &["/Link"]);
}

#[test]
fn a_signed_file_is_left_alone_unless_told_otherwise() {
    let file = pdf(
        "/AcroForm <</Fields [5 0 R] /SigFlags 3>> /Perms <</DocMDP 6 0 R>>",
        "/Annots [5 0 R]",
        &[
            "<</Type /Annot /Subtype /Widget /FT /Sig /T (s) /V 6 0 R /Rect [1 1 99 99] /AP <</N 7 0 R>>>>",
            "<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached \
             /ByteRange [0 9 99 9] /Contents <00>>>",
            &stream("/Type /XObject /Subtype /Form /BBox [0 0 98 98]", "0 0 98 98 re f"),
        ],
    );
    let refused = sanitize(&file, &Profile::portal(), &SanitizeOptions::default());
    assert_eq!(refused, Err(SanitizeError::Signed));
    let may = SanitizeOptions::default().break_signatures(true);
    let clean = sanitize(&file, &Profile::portal(), &may).unwrap();
    assert!(!clean.report.facts.signed);
    assert_text(
        &clean,
        &["/FT/Sig", "0 0 98 98 re f", "/AP"],
        &["ByteRange", "SigFlags", "Perms"],
    );
}
