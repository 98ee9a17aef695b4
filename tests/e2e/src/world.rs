//! A sandbox and a host of its own for each test.

use std::sync::Arc;

use skifteportal::api::{doedsbo, Call};
use skifteportal::model::{Dato, DoedsbojournalId, Krav, KravId};
use skifteportal::rules::Checks;
use skifteportal::session::SessionSettings;
use skifteportal_example::{now, HostFailure};
use skifteportal_sandbox::api_host::ApiHost;
use skifteportal_sandbox::portal::{seed, Portal, PortalOptions};
use skifteportal_sandbox::{RunningSandbox, Sandbox, SandboxOptions};

use crate::{pki, quick, Cast, Truth};

/// A portal and those who call it.
pub struct World {
    /// The portal.
    pub sandbox: RunningSandbox,
    /// Those who call.
    pub cast: Cast,
}

impl World {
    /// A portal as it is at its start, and a host with [`quick`] settings.
    pub async fn new() -> Self {
        Self::with(PortalOptions::default(), quick()).await
    }

    /// The same with options of the portal and settings of the session.
    pub async fn with(portal: PortalOptions, settings: SessionSettings) -> Self {
        Self::with_options(SandboxOptions::default(), portal, settings).await
    }

    /// The same with options of the sandbox too.
    pub async fn with_options(
        sandbox: SandboxOptions,
        portal: PortalOptions,
        settings: SessionSettings,
    ) -> Self {
        let options = SandboxOptions {
            pki: Some(pki()),
            api: Some(Arc::new(move |clock| {
                ApiHost::of(&Portal::new(portal.clone(), clock.clone()))
            })),
            ..sandbox
        };
        let sandbox = Sandbox::start(options).await.unwrap();
        let cast = Cast::assemble(&sandbox, settings);
        Self { sandbox, cast }
    }

    /// A call of reporter A, by variant A.
    pub async fn call<T>(&self, call: &Call<T>) -> Result<T, HostFailure> {
        self.cast.call(call).await
    }

    /// What the sandbox knows.
    pub async fn truth(&self) -> Truth {
        Truth::of(&self.sandbox).await
    }

    /// The dødsbo whose deadlines are far ahead.
    pub fn bo() -> DoedsbojournalId {
        seed::BO_OPEN.parse().unwrap()
    }

    /// The rules as of today.
    pub fn checks() -> Checks {
        Checks::at(now())
    }

    /// A claim to file.
    pub fn krav() -> Krav {
        Krav {
            beloeb: Some("123.00".parse().unwrap()),
            endeligt: Some(false),
            // Not today, which is tomorrow for a sandbox whose clock is behind, in the hour after midnight.
            opgjortdato: Some(Dato::in_denmark(now().plus_seconds(-48 * 3600))),
            ..Krav::default()
        }
    }

    /// The call that files it.
    pub fn add_krav() -> Call<Krav> {
        doedsbo::add_krav(&Self::bo(), &Self::krav(), &Self::checks()).unwrap()
    }

    /// Files a claim of reporter A and gives its id.
    pub async fn filed(&self) -> KravId {
        self.call(&Self::add_krav()).await.unwrap().id.unwrap()
    }
}
