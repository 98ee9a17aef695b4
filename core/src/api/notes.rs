//! What the catalogue says of its readings.

pub(super) const SEARCH: &str =
    "the guide prints POST /doedsbojournaler; page, size, sort and direction are the OpenAPI file's";

/// The guide prints the segment of krav only.
pub(super) const SEGMENT: &str =
    "the path segment is spelt in ASCII by a reading; the guide prints that of krav only";

pub(super) const BILAG_ID: &str =
    "the guide prints method and path; the operationId follows getAllBilagForKrav";

pub(super) const SEGMENT_BILAG_ID: &str =
    "the operationId follows getAllBilagForKrav; the path segment is spelt in ASCII by a reading";

pub(super) const EFFEKT_CHANGE: &str =
    "by the pattern of 4.1; 2.1 names changing and deleting for krav and tilgodehavender only. \
     The path segment is spelt in ASCII by a reading";

pub(super) const FORESPOERGSEL: &str =
    "no update or delete: 2.1 speaks of sending a forespørgsel in and names changing and deleting \
     for krav and tilgodehavender only. The path segment is spelt in ASCII by a reading";

pub(super) const PROFORMA: &str =
    "4.1 leaves proformaopgørelser out of its list; 2.1 has them filed and doedsbo.f35 has them \
     created. No update or delete: 2.1 names these for krav and tilgodehavender only. The path \
     segment is spelt in ASCII by a reading";

pub(super) const PROFORMA_BILAG: &str =
    "4.3.4 leaves proformaopgørelser out of its list; 2.1 lets them be supplied with bilag. The \
     operationId follows getAllBilagForKrav; the path segment is spelt in ASCII by a reading";

pub(super) const KREDITOR: &str =
    "4.4.2 names addKrav; its path stands in tvangsoploesning-dirigent-kreditor-oas.yaml only";

pub(super) const KREDITOR_PATTERN: &str =
    "operationId and method by the pattern of 4.1, which holds for tvangsopløsningssager too; the \
     path stands in tvangsoploesning-dirigent-kreditor-oas.yaml only";

pub(super) const SOEG_SAGER: &str =
    "POST with a JSON body is a reading, after searchBo; where sagslager-oas.yaml says otherwise, \
     use a custom call";

pub(super) const HENT_SAGER: &str =
    "GET is a reading (4.1: GET fetches); the path stands in sagslager-oas.yaml only";

pub(super) const HENVENDELSE_ID: &str =
    "the guide prints method and path; the operationId is a reading";

pub(super) const HENVENDELSE_SVAR: &str =
    "4.5.4 lets the answers to a henvendelse be fetched and names no operation; operationId and \
     method are readings, the path stands in henvendelse-oas.yaml or henvendelse-dirigent-oas.yaml";

pub(super) const ADD_V2: &str =
    "4.5.7 demands the headers of the OpenAPI file and prints Content-Type application/octet-stream \
     only; a Content-Disposition as for a bilag of a dødsbo (4.3.4) is a reading";

pub(super) const GET_FIL: &str =
    "GET is a reading (4.1: GET fetches); the path stands in the dokumentlager's OpenAPI file only";
