package guide

import dk.skifteportal.Caller
import dk.skifteportal.Profile
import dk.skifteportal.model.CprNummer
import dk.skifteportal.model.DoedsbojournalQuery
import dk.skifteportal.model.Krav
import dk.skifteportal.model.KravId
import dk.skifteportal.model.Page
import java.math.BigDecimal
import kotlinx.coroutines.future.await

// snippet: kotlin_file_a_claim
/** Finds a dødsbo by CPR number and files a claim with a PDF attached. */
suspend fun fileAClaim(caller: Caller, cpr: CprNummer, beloeb: BigDecimal, pdf: ByteArray): KravId {
    val doedsbo = caller.doedsbo()
    val found = doedsbo.searchBoAsync(DoedsbojournalQuery(cprNummer = cpr), Page()).await()
    val bo = requireNotNull(found.items.firstOrNull()?.id) { "no such dødsbo" }
    val filed = doedsbo.addKravAsync(bo, Krav(beloeb = beloeb)).await()
    val id = requireNotNull(filed.id) { "the answer has no id" }
    doedsbo.uploadKravBilagAsync(bo, id, "faktura.pdf", pdf, Profile.portal()).await()
    return id
}
// end of snippet
