package guide

import dk.skifteportal.model.DoedsbojournalQuery
import dk.skifteportal.model.Page
import dk.skifteportal.testing.Sandbox
import dk.skifteportal.testing.SandboxExtension
import java.math.BigDecimal
import kotlin.io.path.Path
import kotlin.io.path.readBytes
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** What docs/java.md shows in Kotlin does what it says. */
@ExtendWith(SandboxExtension::class)
class ClaimTest {
    @Test
    fun aClaimIsFiledFromACoroutine(sandbox: Sandbox) {
        val pdf = Path("../../../examples/rust/data/faktura.pdf").readBytes()
        sandbox.client().build().use { client ->
            val caller = sandbox.reporter().addTo(client)
            val id = runBlocking { fileAClaim(caller, sandbox.cprNummer(), BigDecimal("12345.60"), pdf) }
            val bo = caller.doedsbo().searchBo(
                DoedsbojournalQuery(cprNummer = sandbox.cprNummer()),
                Page(),
            ).items.first().id!!
            assertEquals(1, caller.doedsbo().listKravBilag(bo, id).size)
        }
    }
}
