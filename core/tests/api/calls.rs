//! Every operation once, through its typed function.

use skifteportal::api::{
    doedsbo, dokumentlager, henvendelse, sagslager, tvangsoploesning, BilagUpload, Page,
    PreparedCall, Sort,
};
use skifteportal::auth::{Token, TokenKind};
use skifteportal::environment::Environment;
use skifteportal::model::{
    from_json, AendringerNavne, DoedsbojournalAendringer, Payload, Timestamp,
};
use skifteportal::rules::Checks;

pub(crate) const JOURNAL: &str = "e25d84d3-7aec-4361-84da-93125cb83f08";
pub(crate) const SAG: &str = "ddf07fc5-d4af-43b0-9d55-44637c1fb2a8";

pub(crate) fn now() -> Timestamp {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

pub(crate) fn checks() -> Checks {
    Checks::at(now())
}

pub(crate) fn token(kind: TokenKind) -> Token {
    let text = match kind {
        TokenKind::Direct => "direct.token",
        TokenKind::Delegated => "delegated.token",
    };
    Token::new(text.into(), kind, None).unwrap()
}

pub(crate) fn payload<T: Payload>(json: &str) -> T {
    from_json(json.as_bytes()).unwrap()
}

pub(crate) fn pdf(filnavn: &str) -> BilagUpload {
    BilagUpload::new(filnavn, &b"%PDF-1.7"[..])
}

/// The test environment with made-up paths for the operations whose path the guide does not print.
pub(crate) fn environment() -> Environment {
    let mut environment = Environment::test();
    for (name, id) in [("Krav", "kravId"), ("Tilgodehavende", "tilgodehavendeId")] {
        let all = format!("/made-up/{{sagId}}/{}", name.to_lowercase());
        let one = format!("{all}/{{{id}}}");
        for (verb, template) in [
            ("add", &all),
            ("getAll", &all),
            ("get", &one),
            ("update", &one),
            ("delete", &one),
        ] {
            let key = format!("tvangsoploesning-dirigent-kreditor.{verb}{name}");
            environment = environment.with_path(&key, template).unwrap();
        }
    }
    for (key, template) in [
        ("sagslager.soegSager", "/made-up/soeg"),
        ("sagslager.hentSager", "/made-up/mine"),
        (
            "henvendelse.getHenvendelseTraad",
            "/made-up/{henvendelsestraadId}",
        ),
        ("dokumentlager.getFil", "/made-up/{dokumentId}/fil"),
    ] {
        environment = environment.with_path(key, template).unwrap();
    }
    environment
}

/// The calls of one dødsbo resource.
macro_rules! resource {
    ($calls:ident, $id:literal, $json:literal; $add:ident, $get:ident, $all:ident,
     $upload:ident, $list:ident, $download:ident $(; $update:ident, $delete:ident)?) => {
        let journal = JOURNAL.parse().unwrap();
        let id = $id.parse().unwrap();
        let bilag = "b1".parse().unwrap();
        let created = doedsbo::$add(&journal, &payload($json), &checks()).unwrap();
        $calls.push(created.prepared().clone());
        $calls.push(doedsbo::$get(&journal, &id).prepared().clone());
        $calls.push(doedsbo::$all(&journal).prepared().clone());
        $(
            let updated = doedsbo::$update(&journal, &id, &payload($json), &checks()).unwrap();
            $calls.push(updated.prepared().clone());
            $calls.push(doedsbo::$delete(&journal, &id).prepared().clone());
        )?
        let uploaded = doedsbo::$upload(&journal, &id, pdf("a.pdf"), &checks()).unwrap();
        $calls.push(uploaded.prepared().clone());
        $calls.push(doedsbo::$list(&journal, &id).prepared().clone());
        $calls.push(doedsbo::$download(&journal, &id, &bilag).prepared().clone());
    };
}

/// The calls of one kreditor resource.
macro_rules! kreditor {
    ($calls:ident, $id:literal, $json:literal; $add:ident, $get:ident, $all:ident,
     $update:ident, $delete:ident) => {
        let sag = SAG.parse().unwrap();
        let id = $id.parse().unwrap();
        let created = tvangsoploesning::$add(&sag, &payload($json), &checks()).unwrap();
        $calls.push(created.prepared().clone());
        $calls.push(tvangsoploesning::$get(&sag, &id).prepared().clone());
        $calls.push(tvangsoploesning::$all(&sag).prepared().clone());
        let updated = tvangsoploesning::$update(&sag, &id, &payload($json), &checks()).unwrap();
        $calls.push(updated.prepared().clone());
        $calls.push(tvangsoploesning::$delete(&sag, &id).prepared().clone());
    };
}

/// Every operation of the catalogue once.
pub(crate) fn every_call() -> Vec<PreparedCall> {
    let mut calls = Vec::new();
    let query = payload(r#"{"cprNummer":"4634875520"}"#);
    let sort = Sort {
        by: Some("navn,id".into()),
        direction: Some("op&ned".into()),
    };
    let search = doedsbo::search_bo_sorted(&query, Page::numbered(2, 50), &sort, &checks());
    calls.push(search.unwrap().prepared().clone());
    let query = DoedsbojournalAendringer {
        ids: vec![JOURNAL.parse().unwrap()],
        siden: "2024-01-01T00:00:00Z".parse().unwrap(),
        navne: AendringerNavne::new("a", "b").unwrap(),
        extra: skifteportal::model::Extra::default(),
    };
    let changed = doedsbo::find_changed_since(&query, Page::first(), &checks()).unwrap();
    calls.push(changed.prepared().clone());

    resource!(calls, "k1", r#"{"beloeb":123.00,"opgjortdato":"2026-03-01"}"#;
        add_krav, get_krav, get_all_krav,
        upload_krav_bilag, list_krav_bilag, download_krav_bilag; update_krav, delete_krav);
    resource!(calls, "t1", r#"{"beloeb":5}"#;
        add_tilgodehavende, get_tilgodehavende, get_all_tilgodehavende,
        upload_tilgodehavende_bilag, list_tilgodehavende_bilag, download_tilgodehavende_bilag;
        update_tilgodehavende, delete_tilgodehavende);
    resource!(calls, "e1", r#"{"bemaerkning":"Ingen"}"#;
        add_effektfortegnelse, get_effektfortegnelse, get_all_effektfortegnelse,
        upload_effektfortegnelse_bilag, list_effektfortegnelse_bilag,
        download_effektfortegnelse_bilag; update_effektfortegnelse, delete_effektfortegnelse);
    resource!(calls, "f1", r#"{"bekraeftet":true}"#;
        add_forespoergsel, get_forespoergsel, get_all_forespoergsel,
        upload_forespoergsel_bilag, list_forespoergsel_bilag, download_forespoergsel_bilag);
    resource!(calls, "p1", r#"{"bekraeftet":true}"#;
        add_proformaopgoerelse, get_proformaopgoerelse, get_all_proformaopgoerelse,
        upload_proformaopgoerelse_bilag, list_proformaopgoerelse_bilag,
        download_proformaopgoerelse_bilag);

    kreditor!(calls, "k1", r#"{"beloeb":5000,"bilag":["d1","d2"]}"#;
        add_krav, get_krav, get_all_krav, update_krav, delete_krav);
    kreditor!(calls, "t1", r#"{"beloeb":5000}"#;
        add_tilgodehavende, get_tilgodehavende, get_all_tilgodehavende,
        update_tilgodehavende, delete_tilgodehavende);

    let query = payload(r#"{"cvrNummer":"11111111"}"#);
    let search = sagslager::soeg_sager(&query, &checks()).unwrap();
    calls.push(search.prepared().clone());
    calls.push(sagslager::hent_sager().prepared().clone());
    let traad =
        payload(r#"{"sagId":"ddf07fc5-d4af-43b0-9d55-44637c1fb2a8","emneord":"Ring venligst"}"#);
    let opened = henvendelse::add_traad(&traad, &checks()).unwrap();
    calls.push(opened.prepared().clone());
    let fetched = henvendelse::get_traad(&"h1".parse().unwrap());
    calls.push(fetched.prepared().clone());
    let stored = dokumentlager::add_v2(pdf("a.pdf"), &checks()).unwrap();
    calls.push(stored.prepared().clone());
    let file = dokumentlager::get_fil(&"d1".parse().unwrap());
    calls.push(file.prepared().clone());
    calls
}
