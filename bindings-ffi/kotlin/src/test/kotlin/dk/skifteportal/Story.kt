package dk.skifteportal

import com.fasterxml.jackson.databind.ObjectMapper
import dk.skifteportal.model.DoedsbojournalId
import dk.skifteportal.model.DoedsbojournalQuery
import dk.skifteportal.model.Page
import dk.skifteportal.model.SessionSettings
import dk.skifteportal.testing.Sandbox

/** A client of this sandbox. */
fun Sandbox.connect(
    transports: TransportFactory = JavaTransport.factory(),
    change: (SessionSettings) -> Unit = {},
): SkifteportalClient =
    client().transports(transports).settings(Defaults().use { it.session() }.also(change)).build()

/** The reporter of the story, by variant A. */
fun Sandbox.join(client: SkifteportalClient): Caller = reporter().addTo(client)

/** The dødsbo of the story. */
fun Sandbox.bo(caller: Caller): DoedsbojournalId =
    caller.doedsbo().searchBo(DoedsbojournalQuery(cprNummer = cprNummer()), Page()).items.first().id!!

/** How many claims there are on all dødsboer. */
fun Sandbox.claims(): Int = ObjectMapper().readTree(control("GET", "/state", "")).get("doedsboer").sumOf { bo ->
    bo.get("registreringer").count { it.get("type").textValue() == "krav" && !it.get("slettet").booleanValue() }
}
