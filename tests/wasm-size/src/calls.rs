//! Every typed call: payload in, request out, answer read, payload back out.

use serde::Serialize;
use skifteportal::api::{
    catalogue, custom, doedsbo, dokumentlager, henvendelse, sagslager, tvangsoploesning,
    BilagUpload, Call, CallError, CustomBody, CustomCall, DownloadedFile, Page, Paged, RawAnswer,
    Service,
};
use skifteportal::auth::{Token, TokenKind};
use skifteportal::environment::Environment;
use skifteportal::error::Language;
use skifteportal::http::{HttpResponse, Method};
use skifteportal::model::{
    from_json, to_json, AendringerNavne, DoedsbojournalAendringer, Extra, Timestamp,
};
use skifteportal::rules::Checks;

use crate::areas::request;

struct Run<'a> {
    input: &'a [u8],
    output: &'a mut Vec<u8>,
    now: Timestamp,
    checks: Checks,
    environment: Environment,
    token: Option<Token>,
}

impl Run<'_> {
    fn text(&self) -> String {
        String::from_utf8_lossy(self.input).into_owned()
    }

    fn upload(&self) -> BilagUpload {
        BilagUpload::new(self.text(), self.input)
    }

    /// Sends a call and reads its answer.
    fn call<T>(&mut self, call: &Call<T>) -> Option<T> {
        match call
            .prepared()
            .to_request(&self.environment, self.token.as_ref())
        {
            Ok(built) => request(&built, self.output),
            Err(error) => self.refused(&error),
        }
        let answer = HttpResponse::new(200, [("X-Total-Count", "1")], self.input);
        match call.outcome(&answer, self.now) {
            Ok(value) => Some(value),
            Err(error) => {
                let text = error.explanation(Language::English);
                self.output.extend_from_slice(text.as_bytes());
                None
            }
        }
    }

    fn built<T>(&mut self, call: Result<Call<T>, CallError>) -> Option<T> {
        match call {
            Ok(call) => self.call(&call),
            Err(error) => {
                self.refused(&error);
                None
            }
        }
    }

    fn refused(&mut self, error: &CallError) {
        self.output.extend_from_slice(error.to_string().as_bytes());
    }

    fn json<T: Serialize>(&mut self, value: Option<T>) {
        if let Some(value) = value {
            self.output.extend_from_slice(&to_json(&value));
        }
    }

    fn file(&mut self, file: Option<DownloadedFile>) {
        if let Some(file) = file {
            self.output.extend_from_slice(&file.bytes);
        }
    }

    fn page<T: Serialize>(&mut self, page: Option<Paged<T>>) {
        self.json(page.map(|page| page.items));
    }
}

/// The calls of a kind of filing.
macro_rules! filed {
    ($run:ident, $module:ident; $($add:ident $get:ident $get_all:ident;)+) => {$(
        if let (Ok(parent), Ok(payload)) = ($run.text().parse(), from_json($run.input)) {
            let added = $module::$add(&parent, &payload, &$run.checks);
            let added = $run.built(added);
            $run.json(added);
            let all = $run.call(&$module::$get_all(&parent));
            $run.json(all);
            if let Ok(id) = $run.text().parse() {
                let one = $run.call(&$module::$get(&parent, &id));
                $run.json(one);
            }
        }
    )+};
}

macro_rules! changed {
    ($run:ident, $module:ident; $($update:ident $delete:ident;)+) => {$(
        if let (Ok(parent), Ok(id)) = ($run.text().parse(), $run.text().parse()) {
            if let Ok(payload) = from_json($run.input) {
                let updated = $module::$update(&parent, &id, &payload, &$run.checks);
                let updated = $run.built(updated).flatten();
                $run.json(updated);
            }
            $run.call(&$module::$delete(&parent, &id));
        }
    )+};
}

macro_rules! bilag {
    ($run:ident; $($upload:ident $list:ident $download:ident;)+) => {$(
        if let (Ok(parent), Ok(id)) = ($run.text().parse(), $run.text().parse()) {
            let uploaded = doedsbo::$upload(&parent, &id, $run.upload(), &$run.checks);
            let uploaded = $run.built(uploaded).flatten();
            $run.json(uploaded);
            let list = $run.call(&doedsbo::$list(&parent, &id));
            $run.json(list);
            if let Ok(bilag) = $run.text().parse() {
                let file = $run.call(&doedsbo::$download(&parent, &id, &bilag));
                $run.file(file);
            }
        }
    )+};
}

pub(crate) fn api(input: &[u8], now: Timestamp, output: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(input).into_owned();
    let token = Token::new(text.as_str().into(), TokenKind::Direct, Some(now)).ok();
    let mut run = Run {
        input,
        output,
        now,
        checks: Checks::at(now),
        environment: Environment::production(),
        token,
    };
    doedsbo_calls(&mut run);
    other_calls(&mut run);
    for operation in catalogue() {
        run.output.extend_from_slice(operation.key.as_bytes());
        run.output.extend_from_slice(operation.source.as_bytes());
    }
}

fn doedsbo_calls(run: &mut Run) {
    if let Ok(query) = from_json(run.input) {
        let found = doedsbo::search_bo(&query, Page::numbered(1, 50), &run.checks);
        let found = run.built(found);
        run.page(found);
    }
    if let Ok(id) = run.text().parse() {
        let query = DoedsbojournalAendringer {
            ids: vec![id],
            siden: run.now,
            navne: AendringerNavne::new(run.text(), run.text()).unwrap_or_default(),
            extra: Extra::default(),
        };
        let found = doedsbo::find_changed_since(&query, Page::first(), &run.checks);
        let found = run.built(found);
        run.page(found);
    }
    filed! { run, doedsbo;
        add_krav get_krav get_all_krav;
        add_tilgodehavende get_tilgodehavende get_all_tilgodehavende;
        add_effektfortegnelse get_effektfortegnelse get_all_effektfortegnelse;
        add_forespoergsel get_forespoergsel get_all_forespoergsel;
        add_proformaopgoerelse get_proformaopgoerelse get_all_proformaopgoerelse;
    }
    changed! { run, doedsbo;
        update_krav delete_krav;
        update_tilgodehavende delete_tilgodehavende;
        update_effektfortegnelse delete_effektfortegnelse;
    }
    bilag! { run;
        upload_krav_bilag list_krav_bilag download_krav_bilag;
        upload_tilgodehavende_bilag list_tilgodehavende_bilag download_tilgodehavende_bilag;
        upload_effektfortegnelse_bilag list_effektfortegnelse_bilag download_effektfortegnelse_bilag;
        upload_forespoergsel_bilag list_forespoergsel_bilag download_forespoergsel_bilag;
        upload_proformaopgoerelse_bilag list_proformaopgoerelse_bilag download_proformaopgoerelse_bilag;
    }
}

fn other_calls(run: &mut Run) {
    filed! { run, tvangsoploesning;
        add_krav get_krav get_all_krav;
        add_tilgodehavende get_tilgodehavende get_all_tilgodehavende;
    }
    changed! { run, tvangsoploesning;
        update_krav delete_krav;
        update_tilgodehavende delete_tilgodehavende;
    }
    let stored = dokumentlager::add_v2(run.upload(), &run.checks);
    let stored = run.built(stored);
    run.json(stored);
    if let Ok(id) = run.text().parse() {
        let file = run.call(&dokumentlager::get_fil(&id));
        run.file(file);
    }
    if let Ok(query) = from_json(run.input) {
        let found = sagslager::soeg_sager(&query, &run.checks);
        let found = run.built(found);
        run.page(found);
    }
    let cases = run.call(&sagslager::hent_sager());
    run.page(cases);
    if let Ok(traad) = from_json(run.input) {
        let added = henvendelse::add_traad(&traad, &run.checks);
        let added = run.built(added).flatten();
        run.json(added);
    }
    if let Ok(id) = run.text().parse() {
        let traad = run.call(&henvendelse::get_traad(&id));
        run.json(traad);
    }
    let answer: Option<RawAnswer> = run.built(custom(CustomCall {
        service: Service::Retskreds,
        operation_id: run.text(),
        method: Method::Get,
        path: run.text(),
        parameters: vec![(run.text(), run.text())],
        query: vec![(run.text(), run.text())],
        body: CustomBody::Empty,
    }));
    run.output
        .extend_from_slice(&answer.map(|answer| answer.bytes).unwrap_or_default());
}
