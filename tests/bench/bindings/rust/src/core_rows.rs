//! The core itself, without a boundary: what the bindings cannot be faster than.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use skifteportal::api::{doedsbo, BilagUpload};
use skifteportal::auth::{AssertionSettings, SignedAssertion, Token, TokenKind, UnsignedAssertion};
use skifteportal::certificate::KeyStore;
use skifteportal::environment::Environment;
use skifteportal::http::{HttpRequest, HttpResponse};
use skifteportal::model::{Beloeb, DoedsbojournalId, Krav, KravId, Timestamp};
use skifteportal::pdf::{check, Profile};
use skifteportal::rules::Checks;
use skifteportal::secret::{Entropy, Secret};

use crate::clock;
use crate::figure::{tell, Told};
use crate::given::COUNTS;
use crate::Outcome;

/// What the rows work with.
struct Work {
    folder: PathBuf,
    environment: Environment,
    now: Timestamp,
    token: Token,
    journal: DoedsbojournalId,
    id: KravId,
    reporter: KeyStore,
    profile: Profile,
}

impl Work {
    fn read(folder: &Path) -> Outcome<Self> {
        let token = Secret::new(fs::read_to_string(folder.join("token"))?);
        let store = fs::read(folder.join("reporter.p12"))?;
        Ok(Self {
            folder: folder.to_owned(),
            environment: Environment::test(),
            now: "2026-12-01T12:00:00Z".parse()?,
            token: Token::new(token, TokenKind::Direct, None)?,
            journal: "e25d84d3-7aec-4361-84da-93125cb83f08".parse()?,
            id: "4b97d591-1b88-4b70-81bc-7a4c4a227627".parse()?,
            reporter: KeyStore::from_pkcs12(&store, &"fixture".into())?,
            profile: Profile::portal(),
        })
    }

    fn file(&self, name: &str) -> Outcome<Vec<u8>> {
        let file = self.folder.join(name);
        Ok(fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?)
    }

    fn request(&self) -> Outcome<HttpRequest> {
        let krav = Krav {
            beskrivelse: Some("Faktura 20261101-17, levering af varme i oktober 2026".into()),
            beloeb: Some(Beloeb::from_oere(1_234_567)),
            endeligt: Some(false),
            opgjortdato: Some("2026-11-01".parse()?),
            ..Krav::default()
        };
        let call = doedsbo::add_krav(&self.journal, &krav, &Checks::at(self.now))?;
        Ok(call
            .prepared()
            .to_request(&self.environment, Some(&self.token))?)
    }

    fn unsigned(&self) -> Outcome<UnsignedAssertion> {
        let settings = AssertionSettings::new("https://reporter.example", "11223344");
        let (audience, chain) = (self.environment.audience(), self.reporter.chain());
        let jti = "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7";
        Ok(UnsignedAssertion::prepare(
            &settings, audience, chain, self.now, jti,
        )?)
    }

    fn signed(&self) -> Outcome<SignedAssertion> {
        let entropy = Entropy::new([7; 32]);
        Ok(self.unsigned()?.sign(self.reporter.key(), &entropy)?)
    }

    fn upload(&self, bytes: Vec<u8>) -> Outcome<HttpRequest> {
        let upload = BilagUpload::new("bilag.pdf", bytes);
        let checks = Checks::at(self.now);
        let call = doedsbo::upload_krav_bilag(&self.journal, &self.id, upload, &checks)?;
        Ok(call
            .prepared()
            .to_request(&self.environment, Some(&self.token))?)
    }
}

pub(crate) fn measure(folder: &Path, seconds: f64) -> Outcome {
    let work = Work::read(folder)?;
    let response = HttpResponse::new(200, [("a", "b")], Vec::new());
    let timed = |row: &str, call: &dyn Fn() -> Outcome| -> Outcome {
        // What goes wrong, goes wrong here and not within the time.
        call()?;
        tell(row, Told::Time(clock::time(seconds, call)))
    };
    tell_once("cheapest", seconds, || black_box(&response).is_success())?;
    timed("request", &|| work.request().map(drop))?;
    for count in COUNTS {
        let body = work.file(&format!("krav-{count}.json"))?;
        let one = doedsbo::get_krav(&work.journal, &work.id);
        let all = doedsbo::get_all_krav(&work.journal);
        timed(&format!("decode_{count}"), &|| {
            let response =
                HttpResponse::new(200, [("Content-Type", "application/json")], body.clone());
            if count == 1 {
                one.outcome(&response, work.now)?;
            } else {
                all.outcome(&response, work.now)?;
            }
            Ok(())
        })?;
    }
    timed("signing_input", &|| work.unsigned().map(drop))?;
    timed("sign", &|| work.signed().map(drop))?;
    for (row, file) in [("pdf_small", "small.pdf"), ("pdf_large", "large.pdf")] {
        let bytes = work.file(file)?;
        tell_once(row, seconds, || check(&bytes, &work.profile))?;
    }
    let bilag = work.file("bilag.pdf")?;
    timed("upload", &|| work.upload(bilag.clone()).map(drop))
}

fn tell_once<T>(row: &str, seconds: f64, call: impl FnMut() -> T) -> Outcome {
    tell(row, Told::Time(clock::time(seconds, call)))
}

/// One row in a fresh process, its input read before.
pub(crate) fn memory(folder: &Path, row: &str) -> Outcome {
    let work = Work::read(folder)?;
    let bytes = work.file("large.pdf")?;
    let rise = clock::rise(|| match row {
        "pdf_large" => {
            check(&bytes, &work.profile);
            Ok(())
        }
        "upload_large" => work.upload(bytes).map(drop),
        _ => Err(format!("there is no row {row}").into()),
    })?;
    match rise {
        Some(bytes) => tell(row, Told::Memory { bytes }),
        None => Ok(()),
    }
}
