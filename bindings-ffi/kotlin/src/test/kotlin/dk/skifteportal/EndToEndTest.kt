package dk.skifteportal

import dk.skifteportal.model.Certainty
import dk.skifteportal.model.DoedsbojournalQuery
import dk.skifteportal.model.Henvendelse
import dk.skifteportal.model.HenvendelseDokument
import dk.skifteportal.model.Henvendelsestraad
import dk.skifteportal.model.Fritekst
import dk.skifteportal.model.Krav
import dk.skifteportal.model.Page
import dk.skifteportal.model.SagId
import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.TokenKind
import dk.skifteportal.testing.Sandbox
import dk.skifteportal.testing.SandboxExtension
import java.math.BigDecimal
import kotlin.io.path.readBytes
import okhttp3.OkHttpClient
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

/** The whole job over real mutual TLS, by each HTTP client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SandboxExtension::class)
class EndToEndTest(private val sandbox: Sandbox) {
    private val pdf = Workspace.path("examples/rust/data/faktura.pdf").readBytes()
    private val krav
        get() = Krav(beloeb = BigDecimal("12345.60"), endeligt = false)

    private fun transports() = listOf(
        Named("java.net.http", JavaTransport.factory()),
        Named("OkHttp", OkHttpTransport.factory(OkHttpClient())),
    )

    class Named(private val name: String, val factory: TransportFactory) {
        override fun toString() = name
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun tokensByBothVariants(with: Named) = sandbox.connect(with.factory).use { client ->
        sandbox.join(client).token().use { assertEquals(TokenKind.DIRECT, it.kind()) }
        val signing = client.addReporter(
            "https://practice-system.example",
            sandbox.reporter().identity(),
            sandbox.apiUser().identity(),
        )
        signing.token().use { assertEquals(TokenKind.DIRECT, it.kind()) }
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aClaimFromItsFilingToItsDeletion(with: Named) = sandbox.connect(with.factory).use { client ->
        val caller = sandbox.join(client)
        val doedsbo = caller.doedsbo()
        val bo = sandbox.bo(caller)
        val before = sandbox.claims()
        val filed = doedsbo.addKrav(bo, krav)
        assertEquals(before + 1, sandbox.claims())
        val id = filed.id!!
        doedsbo.uploadKravBilag(bo, id, "faktura æøå.pdf", pdf, Profile.portal())
        val bilag = doedsbo.listKravBilag(bo, id).single()
        val file = doedsbo.downloadKravBilag(bo, id, bilag.id!!)
        assertArrayEquals(pdf, file.bytes)
        assertEquals("faktura æøå.pdf", file.filnavn)
        val read = doedsbo.getKrav(bo, id)
        assertEquals("12345.60", read.beloeb!!.toPlainString())
        read.endeligt = true
        doedsbo.updateKrav(bo, id, read)
        assertEquals(true, doedsbo.getKrav(bo, id).endeligt)
        doedsbo.deleteKrav(bo, id)
        assertEquals(before, sandbox.claims())
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aLikvidatorsLetter(with: Named) = sandbox.connect(with.factory).use { client ->
        val caller = sandbox.likvidatorSystem().addTo(client).actingFor(sandbox.adgangsprofil())
        caller.token().use { assertEquals(TokenKind.DELEGATED, it.kind()) }
        val dokument = caller.dokumentlager().addV2("redegørelse.pdf", pdf)
        val traad = Henvendelsestraad(
            sagId = SagId.of(sandbox.setting("/testData/sager/aaben/sagId")),
            emneord = Fritekst.of("Redegørelse"),
            henvendelser = listOf(
                Henvendelse(
                    tekst = Fritekst.of("Vedlagt"),
                    dokumenter = listOf(
                        HenvendelseDokument(
                            dokumentId = dokument.id,
                            filnavn = Fritekst.of("redegørelse.pdf"),
                            navn = Fritekst.of("Redegørelse"),
                        ),
                    ),
                ),
            ),
        )
        assertNotNull(caller.henvendelser().addTraad(traad)?.id)
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aFilingThatMayHaveArrivedIsNotSentAgain(with: Named) {
        for (kind in listOf("dropAfterProcessing", "dropBefore", "truncate")) {
            sandbox.connect(with.factory).use { client ->
                val caller = sandbox.join(client)
                val bo = sandbox.bo(caller)
                val before = sandbox.claims()
                sandbox.fault("""{"host":"api","match":{"method":"POST","path":"/**"},"fault":{"kind":"$kind"}}""")
                val error = assertThrows(SkifteportalException.Portal::class.java) { caller.doedsbo().addKrav(bo, krav) }
                assertEquals("network.broken", error.code)
                assertEquals(Certainty.UNKNOWN, error.certainty)
                assertEquals(1, error.attempts)
                val filed = if (kind == "dropBefore") 0 else 1
                assertEquals(before + filed, sandbox.claims(), kind)
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aFilingThatTakesTooLongIsUnknown(with: Named) =
        sandbox.connect(with.factory) { it.timeoutSeconds = 3 }.use { client ->
            val caller = sandbox.join(client)
            val bo = sandbox.bo(caller)
            sandbox.fault("""{"host":"api","match":{"method":"POST","path":"/**"},"fault":{"kind":"latency","ms":600000}}""")
            val error = assertThrows(SkifteportalException.Portal::class.java) { caller.doedsbo().addKrav(bo, krav) }
            assertEquals("network.timed_out", error.code)
            assertEquals(Certainty.UNKNOWN, error.certainty)
        }

    @ParameterizedTest
    @MethodSource("transports")
    fun whatCanBeRepeatedIsRepeated(with: Named) = sandbox.connect(with.factory).use { client ->
        val caller = sandbox.join(client)
        val bo = sandbox.bo(caller)
        for (fault in listOf(
            """{"kind":"status","status":503}""",
            """{"kind":"html502"}""",
            """{"kind":"dropAfterProcessing"}""",
            """{"kind":"status","status":401}""",
            """{"kind":"status","status":429,"retryAfter":"1"}""",
        )) {
            sandbox.fault("""{"host":"api","match":{"method":"GET"},"fault":$fault}""")
            caller.doedsbo().getAllKrav(bo)
        }
        sandbox.revokeTokens()
        caller.doedsbo().getAllKrav(bo)
        assertEquals(0, client.stats().inFlight)
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aServerThatIsNotTrustedIsSentNothing(with: Named) {
        // Found by another client: one that has a connection already asks for no certificate.
        val bo = sandbox.connect(with.factory).use { sandbox.bo(sandbox.join(it)) }
        sandbox.connect(with.factory) { it.maxAttempts = 1 }.use { client ->
            val caller = sandbox.join(client)
            val before = sandbox.claims()
            sandbox.setCertificate("api", "expired")
            val error = assertThrows(SkifteportalException.Portal::class.java) { caller.doedsbo().addKrav(bo, krav) }
            sandbox.setCertificate("api", "valid")
            assertEquals("network.server_certificate_invalid", error.code)
            assertEquals(Certainty.NOT_PROCESSED, error.certainty)
            assertEquals(before, sandbox.claims())
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aCertificateThatIsRefusedIsSaidSo(with: Named) =
        sandbox.connect(with.factory) { it.maxAttempts = 1 }.use { client ->
            val party = sandbox.reporter()
            val expired = sandbox.party("/refusedCertificates/expired").identity()
            val caller = client.addReporter(party.clientId(), party.clientSecret(), expired)
            val error = assertThrows(SkifteportalException.Portal::class.java) { caller.token() }
            assertEquals("network.tls_refused", error.code)
        }

    @ParameterizedTest
    @MethodSource("transports")
    fun aWrongSecretIsSaidSo(with: Named) = sandbox.connect(with.factory).use { client ->
        val party = sandbox.reporter()
        val caller = client.addReporter(party.clientId(), "wrong", party.identity())
        val error = assertThrows(SkifteportalException.Portal::class.java) {
            caller.doedsbo().searchBo(DoedsbojournalQuery(cprNummer = sandbox.cprNummer()), Page())
        }
        assertEquals("unauthorized_client", error.code)
        assertEquals(Certainty.NOT_PROCESSED, error.certainty)
    }
}
