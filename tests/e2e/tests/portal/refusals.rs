//! Every code that the sandbox can be brought to answer, in every shape of an error.

use skifteportal::api::{
    custom, doedsbo, henvendelse, tvangsoploesning, BilagUpload, Call, CustomBody, CustomCall,
    Page, Service,
};
use skifteportal::error::{ErrorKind, FoundBy, PortalError};
use skifteportal::http::Method;
use skifteportal::model::{
    Dato, DoedsbojournalId, DoedsbojournalQuery, Effekt, Effektfortegnelse, Forespoergsel,
    Henvendelse, Henvendelsestraad, Krav, Part, PartType, Proformaopgoerelse, Tilgodehavende,
    TvangKrav, TvangTilgodehavende,
};
use skifteportal::rules::Checks;
use skifteportal::session::Certainty;
use skifteportal_e2e::{quick, World, FAKTURA, FAKTURA_MED_JAVASCRIPT, LAAST};
use skifteportal_example::{now, HostFailure};
use skifteportal_sandbox::portal::{made_up_paths, seed, ErrorShape, PortalOptions, Scanner};

/// A code, the values in its text, and what was made of the answer.
type Provoked = (&'static str, Vec<String>, HostFailure);

fn tomorrow() -> Dato {
    Dato::in_denmark(now().plus_seconds(36 * 3600))
}

/// A third party that says nothing of itself.
fn nobody() -> Part {
    Part {
        part_type: Some(PartType::Anden),
        ..Part::default()
    }
}

struct Provocation<'a> {
    world: &'a World,
    found: Vec<Provoked>,
}

impl Provocation<'_> {
    async fn refused<T: std::fmt::Debug>(
        &mut self,
        code: &'static str,
        arguments: &[&str],
        call: &Call<T>,
    ) {
        let failure = self.world.call(call).await.expect_err(code);
        self.push(code, arguments, failure);
    }

    fn push(&mut self, code: &'static str, arguments: &[&str], failure: HostFailure) {
        let arguments = arguments.iter().map(|text| (*text).to_owned()).collect();
        self.found.push((code, arguments, failure));
    }

    async fn searches(&mut self) {
        let checks = Checks::none();
        let mut both = DoedsbojournalQuery::from_cpr(seed::CPR_OPEN.parse().unwrap());
        both.navn = Some("Erlinda Hills".into());
        let search = doedsbo::search_bo(&both, Page::first(), &checks).unwrap();
        self.refused("doedsbo.f1", &[], &search).await;
        let nothing = DoedsbojournalQuery::default();
        let search = doedsbo::search_bo(&nothing, Page::first(), &checks).unwrap();
        self.refused("doedsbo.f2", &[], &search).await;
    }

    async fn krav(&mut self) {
        let add = |krav: &Krav| doedsbo::add_krav(&World::bo(), krav, &Checks::none()).unwrap();
        let mut krav = World::krav();
        krav.tredjepart = Some(Box::new(nobody()));
        self.refused("doedsbo.f4", &[], &add(&krav)).await;
        let mut krav = World::krav();
        krav.opgjortdato = Some(tomorrow());
        self.refused("doedsbo.f17", &[], &add(&krav)).await;
    }

    async fn tilgodehavender(&mut self) {
        let add = |udbetalt, udbetaltdato| {
            let new = Tilgodehavende {
                udbetalt: Some(udbetalt),
                udbetaltdato,
                ..Tilgodehavende::default()
            };
            doedsbo::add_tilgodehavende(&World::bo(), &new, &Checks::none()).unwrap()
        };
        self.refused("doedsbo.f14", &[], &add(true, None)).await;
        let early = "2024-01-01".parse().ok();
        self.refused("doedsbo.f15", &[], &add(false, early)).await;
        let late = Some(tomorrow());
        self.refused("doedsbo.f16", &[], &add(true, late)).await;
    }

    async fn other_filings(&mut self) {
        let (bo, checks) = (World::bo(), Checks::none());
        let twice = |kategori: &str| Effekt {
            kategori: Some(kategori.into()),
            ..Effekt::default()
        };
        let new = Effektfortegnelse {
            effekter: Some(["ØL", "MOEBLER", "ØL", "MOEBLER"].map(twice).to_vec()),
            ..Effektfortegnelse::default()
        };
        let add = doedsbo::add_effektfortegnelse(&bo, &new, &checks).unwrap();
        self.refused("doedsbo.f20", &["ØL, MOEBLER"], &add).await;
        let new = Effektfortegnelse {
            bemaerkning: Some("En kuffert".into()),
            modtagelsesdato: Some(tomorrow()),
            ..Effektfortegnelse::default()
        };
        let add = doedsbo::add_effektfortegnelse(&bo, &new, &checks).unwrap();
        self.refused("doedsbo.f38", &[], &add).await;
        let new = Effektfortegnelse::default();
        let add = doedsbo::add_effektfortegnelse(&bo, &new, &checks).unwrap();
        self.refused("doedsbo.f39", &[], &add).await;

        let new = Proformaopgoerelse::default();
        let add = doedsbo::add_proformaopgoerelse(&bo, &new, &checks).unwrap();
        self.refused("doedsbo.f35", &[], &add).await;
        let mut new = Forespoergsel::default();
        let add = doedsbo::add_forespoergsel(&bo, &new, &checks).unwrap();
        self.refused("doedsbo.f37", &[], &add).await;
        new.bekraeftet = Some(true);
        new.extra.set("kontaktperson", "null").unwrap();
        let add = doedsbo::add_forespoergsel(&bo, &new, &checks).unwrap();
        self.refused("doedsbo.f13", &[], &add).await;
    }

    /// Filing late is possible; changing what was filed is not.
    async fn deadlines(&mut self) {
        let (bo, checks): (DoedsbojournalId, _) =
            (seed::BO_PASSED.parse().unwrap(), Checks::none());
        for (endeligt, code) in [(true, "doedsbo.f21"), (false, "doedsbo.f22")] {
            let mut krav = World::krav();
            krav.endeligt = Some(endeligt);
            let add = doedsbo::add_krav(&bo, &krav, &checks).unwrap();
            let filed = self.world.call(&add).await.unwrap();
            assert_eq!(filed.rettidigt, Some(false));
            let id = filed.id.unwrap();
            let update = doedsbo::update_krav(&bo, &id, &krav, &checks).unwrap();
            self.refused(code, &[], &update).await;
        }
        let new = Tilgodehavende::default();
        let add = doedsbo::add_tilgodehavende(&bo, &new, &checks).unwrap();
        let id = self.world.call(&add).await.unwrap().id.unwrap();
        let update = doedsbo::update_tilgodehavende(&bo, &id, &new, &checks).unwrap();
        self.refused("doedsbo.f23", &[], &update).await;
    }

    async fn bilag(&mut self) {
        let (bo, id) = (World::bo(), self.world.filed().await);
        let upload = |content: &[u8]| {
            let pdf = BilagUpload::new("faktura.pdf", content);
            doedsbo::upload_krav_bilag(&bo, &id, pdf, &Checks::none()).unwrap()
        };
        let large = vec![b' '; MOST_BYTES + 1];
        let sizes = [(MOST_BYTES + 1).to_string(), MOST_BYTES.to_string()];
        let sizes = [sizes[0].as_str(), sizes[1].as_str()];
        self.refused("doedsbo.f18", &sizes, &upload(&large)).await;
        self.refused("doedsbo.f24", &[], &upload(b"MZ")).await;
        let scripted = upload(FAKTURA_MED_JAVASCRIPT);
        self.refused("doedsbo.f25", &[], &scripted).await;
        self.refused("doedsbo.f29", &[], &upload(LAAST)).await;
        self.world.call(&upload(FAKTURA)).await.unwrap();
        self.refused("doedsbo.f19", &["1"], &upload(FAKTURA)).await;
    }

    async fn sager(&mut self) {
        let checks = Checks::none();
        let add = |sag: &str, krav: &TvangKrav| {
            tvangsoploesning::add_krav(&sag.parse().unwrap(), krav, &checks).unwrap()
        };
        let plain = TvangKrav::default();
        let closed = add(seed::SAG_CLOSED, &plain);
        let code = "sag.registrering.sag.afsluttet";
        self.refused(code, &["Krav"], &closed).await;
        let krav = TvangKrav {
            tredjepart: Some(Box::new(nobody())),
            ..TvangKrav::default()
        };
        let code = "sag.registrering.tredjepart.anden.tom";
        self.refused(code, &[], &add(seed::SAG_OPEN, &krav)).await;
        let krav = TvangKrav {
            opgjortdato: Some(tomorrow()),
            ..TvangKrav::default()
        };
        let code = "sag.registrering.krav.opgjortdato.fremtidig";
        self.refused(code, &[], &add(seed::SAG_OPEN, &krav)).await;
        let new = TvangTilgodehavende {
            udbetaltdato: Some(tomorrow()),
            ..TvangTilgodehavende::default()
        };
        let sag = seed::SAG_OPEN.parse().unwrap();
        let add_tilgodehavende = tvangsoploesning::add_tilgodehavende(&sag, &new, &checks);
        let code = "sag.registrering.tilgodehavende.udbetaltdato.fremtidig";
        self.refused(code, &[], &add_tilgodehavende.unwrap()).await;
        let mut krav = TvangKrav::default();
        krav.extra.set("bilag", "[17]").unwrap();
        let arguments = ["bilag", "et dokument-id var ventet"];
        let call = add(seed::SAG_OPEN, &krav);
        self.refused("handling.mapning.fejlet", &arguments, &call)
            .await;
        // The company of the likvidator's may not file on its own sag.
        let own = add(seed::SAG_OTHER, &plain);
        let cast = &self.world.cast;
        let failure = cast.host.call(cast.other, &own).await.unwrap_err();
        let code = "sag.registrering.bruger.maa.ikke.vaere.likvidator";
        self.push(code, &[], failure);
    }

    async fn henvendelser(&mut self) {
        let letter = |sag: &str| {
            let traad = Henvendelsestraad {
                sag_id: Some(sag.parse().unwrap()),
                henvendelser: Some(vec![Henvendelse {
                    tekst: Some("Nyt i sagen?".into()),
                    ..Henvendelse::default()
                }]),
                ..Henvendelsestraad::default()
            };
            henvendelse::add_traad(&traad, &Checks::none()).unwrap()
        };
        let cast = &self.world.cast;
        let closed = cast.likvidator(&letter(seed::SAG_CLOSED)).await;
        let sent = cast.likvidator(&letter(seed::SAG_OPEN)).await.unwrap();
        let id = sent.unwrap().id.unwrap();
        let unknown = "00000000-0000-4000-8000-000000000000".parse().unwrap();
        let missing = cast.likvidator(&henvendelse::get_traad(&unknown)).await;
        let key = "henvendelse.getHenvendelseTraad";
        let (_, path) = made_up_paths()
            .into_iter()
            .find(|(k, _)| *k == key)
            .unwrap();
        let of_another_sag = custom(CustomCall {
            service: Service::Henvendelse,
            operation_id: "getHenvendelseTraad".into(),
            method: Method::Get,
            path: path.into(),
            parameters: vec![("henvendelsestraadId".into(), id.to_string())],
            query: vec![("sagId".into(), seed::SAG_OTHER.into())],
            body: CustomBody::Empty,
        });
        let elsewhere = cast.likvidator(&of_another_sag.unwrap()).await;
        self.push("sag.allerede.afsluttet", &[], closed.unwrap_err());
        let code = "sag.henvendelse.traad.findes.ikke";
        self.push(code, &[], missing.unwrap_err());
        let code = "sag.henvendelse.traad.findes.ikke.paa.sag";
        self.push(code, &[], elsewhere.unwrap_err());
    }
}

/// Room for the PDFs of the tests, and no more.
const MOST_BYTES: usize = 100_000;

async fn provoke(world: &World) -> Vec<Provoked> {
    let mut provocation = Provocation {
        world,
        found: Vec::new(),
    };
    provocation.searches().await;
    provocation.krav().await;
    provocation.tilgodehavender().await;
    provocation.other_filings().await;
    provocation.deadlines().await;
    provocation.bilag().await;
    provocation.sager().await;
    provocation.henvendelser().await;
    provocation.found
}

async fn world_of(error_shape: ErrorShape) -> World {
    let portal = PortalOptions {
        error_shape,
        max_bilag_count: 1,
        max_bilag_bytes: MOST_BYTES,
        scanner: Scanner::BuiltIn,
        ..PortalOptions::default()
    };
    World::with(portal, quick()).await
}

#[tokio::test]
async fn every_code_is_decoded_in_every_shape_with_its_arguments() {
    for (name, shape) in ErrorShape::ALL {
        let world = world_of(shape).await;
        let provoked = provoke(&world).await;
        assert_eq!(provoked.len(), 30, "{name}");
        for (code, arguments, failure) in provoked {
            let error = failure.portal_error().unwrap();
            assert_eq!(failure.certainty(), Certainty::NotProcessed, "{code}");
            let kind = match code {
                "sag.henvendelse.traad.findes.ikke" => ErrorKind::NotFound,
                "sag.registrering.bruger.maa.ikke.vaere.likvidator" if shape != ErrorShape::Tom => {
                    ErrorKind::Forbidden
                }
                _ => ErrorKind::Data,
            };
            assert_eq!(error.kind(), kind, "{code} as {name}: {error:?}");
            if shape == ErrorShape::Tom {
                assert!(error.codes().is_empty(), "{error:?}");
                continue;
            }
            assert_eq!(error.code(), code, "as {name}: {error:?}");
            let found = found(error, code);
            assert_eq!(found, arguments, "{code} as {name}: {error:?}");
        }
    }
}

/// The arguments of a code that the answer itself has, which the guide lists.
fn found(error: &PortalError, code: &str) -> Vec<String> {
    let found = error.codes().iter().find(|found| found.code == code);
    let found = found.unwrap();
    assert!(found.template.is_some());
    assert_eq!(found.found_by, FoundBy::Code);
    found.arguments.clone()
}

#[tokio::test]
async fn two_mistakes_are_told_together_where_the_shape_has_room() {
    let new = Tilgodehavende {
        udbetalt: Some(true),
        opgjortdato: Some(tomorrow()),
        ..Tilgodehavende::default()
    };
    let add = doedsbo::add_tilgodehavende(&World::bo(), &new, &Checks::none()).unwrap();
    for shape in [
        ErrorShape::Liste,
        ErrorShape::Indlejret,
        ErrorShape::Problem,
        ErrorShape::Tekst,
        ErrorShape::Html,
    ] {
        let world = world_of(shape).await;
        let failure = world.call(&add).await.unwrap_err();
        let codes = failure.portal_error().unwrap().codes();
        let codes: Vec<_> = codes.iter().map(|found| found.code.as_str()).collect();
        assert_eq!(codes, ["doedsbo.f14", "doedsbo.f17"], "{shape:?}");
    }
}

#[tokio::test]
async fn what_the_core_checks_before_sending_is_what_the_portal_refuses() {
    let new = Tilgodehavende {
        udbetalt: Some(true),
        opgjortdato: Some(tomorrow()),
        ..Tilgodehavende::default()
    };
    let error = doedsbo::add_tilgodehavende(&World::bo(), &new, &World::checks()).unwrap_err();
    let codes: Vec<_> = error.violations().iter().map(|one| one.code).collect();
    assert_eq!(codes, ["doedsbo.f14", "doedsbo.f17"]);
}
