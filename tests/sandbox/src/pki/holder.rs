//! Who the sandbox's certificates are issued to. All of them are fictive.

use super::certificate::{DistinguishedName, Purpose};

/// Who a certificate is issued to.
pub(super) struct Holder {
    pub(super) folder: &'static str,
    pub(super) common_name: &'static str,
    pub(super) organization: &'static str,
    pub(super) cvr: &'static str,
    /// `DK-O` or `DK-E`.
    pub(super) kind: &'static str,
    pub(super) uuid: &'static str,
}

pub(super) const REPORTER_A: Holder = Holder {
    folder: "reporter-a",
    common_name: "Advokatfirmaet Ærø & Søn - sandbox",
    organization: "Advokatfirmaet Ærø & Søn",
    cvr: "11111111",
    kind: "DK-O",
    uuid: "a0000000-5a4d-4b0c-8000-00000000000a",
};
pub(super) const REPORTER_B: Holder = Holder {
    folder: "reporter-b",
    common_name: "Sandkassens Inkasso - sandbox",
    organization: "Sandkassens Inkasso ApS",
    cvr: "22222222",
    kind: "DK-O",
    uuid: "b0000000-5a4d-4b0c-8000-00000000000b",
};
pub(super) const API_USER: Holder = Holder {
    folder: "api-user",
    common_name: "Advokatsystemet S - sandbox",
    organization: "Leverandøren bag S ApS",
    cvr: "30808460",
    kind: "DK-O",
    uuid: "50000000-5a4d-4b0c-8000-000000000005",
};
pub(super) const LIKVIDATOR_SYSTEM: Holder = Holder {
    folder: "likvidator-system",
    common_name: "Advokatsystemet S, certifikat C - sandbox",
    uuid: "c0000000-5a4d-4b0c-8000-00000000000c",
    ..API_USER
};
pub(super) const EMPLOYEE: Holder = Holder {
    folder: "employee",
    common_name: "Testa Testesen",
    kind: "DK-E",
    uuid: "e0000000-5a4d-4b0c-8000-00000000000e",
    ..REPORTER_A
};
pub(super) const EXPIRED: Holder = Holder {
    folder: "expired",
    ..REPORTER_A
};
pub(super) const REVOKED: Holder = Holder {
    folder: "revoked",
    uuid: "b0000000-5a4d-4b0c-8000-0000000000bb",
    ..REPORTER_B
};
pub(super) const FOREIGN: Holder = Holder {
    folder: "foreign",
    ..REPORTER_A
};

impl Holder {
    pub(super) fn serial_number(&self) -> String {
        format!("UI:{}:G:{}", self.kind, self.uuid)
    }

    pub(super) fn name(&self) -> DistinguishedName {
        DistinguishedName {
            common_name: self.common_name.to_owned(),
            serial_number: Some(self.serial_number()),
            unit: None,
            organization: Some(self.organization.to_owned()),
            organization_identifier: Some(format!("NTRDK-{}", self.cvr)),
            country: Some("DK"),
        }
    }

    pub(super) fn purpose(&self) -> Purpose {
        Purpose::Holder {
            policy: if self.kind == "DK-E" {
                [2, 7, 1]
            } else {
                [3, 7, 1]
            },
        }
    }
}
