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
import java.math.BigDecimal
import kotlin.io.path.readBytes
import okhttp3.OkHttpClient
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

/** The whole job over real mutual TLS, by each HTTP client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndTest {
    private val world = SandboxWorld.start()
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

    @BeforeEach
    fun reset() = world.reset()

    @AfterAll
    fun end() = world.close()

    @ParameterizedTest
    @MethodSource("transports")
    fun tokensByBothVariants(with: Named) = world.client(with.factory).use { client ->
        world.join(client).token().use { assertEquals(TokenKind.DIRECT, it.kind()) }
        val signing = client.addReporter(
            "https://practice-system.example",
            world.identity(world.reporter),
            world.identity(world.apiUser),
        )
        signing.token().use { assertEquals(TokenKind.DIRECT, it.kind()) }
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aClaimFromItsFilingToItsDeletion(with: Named) = world.client(with.factory).use { client ->
        val caller = world.join(client)
        val doedsbo = caller.doedsbo()
        val bo = world.bo(caller)
        val before = world.claims()
        val filed = doedsbo.addKrav(bo, krav)
        assertEquals(before + 1, world.claims())
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
        assertEquals(before, world.claims())
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aLikvidatorsLetter(with: Named) = world.client(with.factory).use { client ->
        val caller = world.join(client, world.likvidator.get("system")).actingFor(world.profile)
        caller.token().use { assertEquals(TokenKind.DELEGATED, it.kind()) }
        val dokument = caller.dokumentlager().addV2("redegørelse.pdf", pdf)
        val sag = world.settings.get("testData").get("sager").get("aaben").get("sagId").textValue()
        val traad = Henvendelsestraad(
            sagId = SagId.of(sag),
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
            world.client(with.factory).use { client ->
                val caller = world.join(client)
                val bo = world.bo(caller)
                val before = world.claims()
                world.fault("""{"host":"api","match":{"method":"POST","path":"/**"},"fault":{"kind":"$kind"}}""")
                val error = assertThrows(SkifteportalException.Portal::class.java) { caller.doedsbo().addKrav(bo, krav) }
                assertEquals("network.broken", error.code)
                assertEquals(Certainty.UNKNOWN, error.certainty)
                assertEquals(1, error.attempts)
                val filed = if (kind == "dropBefore") 0 else 1
                assertEquals(before + filed, world.claims(), kind)
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aFilingThatTakesTooLongIsUnknown(with: Named) =
        world.client(with.factory) { it.timeoutSeconds = 1 }.use { client ->
            val caller = world.join(client)
            val bo = world.bo(caller)
            world.fault("""{"host":"api","match":{"method":"POST","path":"/**"},"fault":{"kind":"latency","ms":5000}}""")
            val error = assertThrows(SkifteportalException.Portal::class.java) { caller.doedsbo().addKrav(bo, krav) }
            assertEquals("network.timed_out", error.code)
            assertEquals(Certainty.UNKNOWN, error.certainty)
        }

    @ParameterizedTest
    @MethodSource("transports")
    fun whatCanBeRepeatedIsRepeated(with: Named) = world.client(with.factory).use { client ->
        val caller = world.join(client)
        val bo = world.bo(caller)
        for (fault in listOf(
            """{"kind":"status","status":503}""",
            """{"kind":"html502"}""",
            """{"kind":"dropAfterProcessing"}""",
            """{"kind":"status","status":401}""",
            """{"kind":"status","status":429,"retryAfter":"1"}""",
        )) {
            world.fault("""{"host":"api","match":{"method":"GET"},"fault":$fault}""")
            caller.doedsbo().getAllKrav(bo)
        }
        world.revokeTokens()
        caller.doedsbo().getAllKrav(bo)
        assertEquals(0, client.stats().inFlight)
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aServerThatIsNotTrustedIsSentNothing(with: Named) {
        // Found by another client: one that has a connection already asks for no certificate.
        val bo = world.client(with.factory).use { world.bo(world.join(it)) }
        world.client(with.factory) { it.maxAttempts = 1 }.use { client ->
            val caller = world.join(client)
            val before = world.claims()
            world.certificate("api", "expired")
            val error = assertThrows(SkifteportalException.Portal::class.java) { caller.doedsbo().addKrav(bo, krav) }
            world.certificate("api", "valid")
            assertEquals("network.server_certificate_invalid", error.code)
            assertEquals(Certainty.NOT_PROCESSED, error.certainty)
            assertEquals(before, world.claims())
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    fun aCertificateThatIsRefusedIsSaidSo(with: Named) =
        world.client(with.factory) { it.maxAttempts = 1 }.use { client ->
            val expired = world.settings.get("refusedCertificates").get("expired")
            val caller = client.addReporter(
                world.clientId(world.reporter),
                world.secret(world.reporter),
                world.identity(expired),
            )
            val error = assertThrows(SkifteportalException.Portal::class.java) { caller.token() }
            assertEquals("network.tls_refused", error.code)
        }

    @ParameterizedTest
    @MethodSource("transports")
    fun aWrongSecretIsSaidSo(with: Named) = world.client(with.factory).use { client ->
        val caller = client.addReporter(world.clientId(world.reporter), "wrong", world.identity(world.reporter))
        val error = assertThrows(SkifteportalException.Portal::class.java) {
            caller.doedsbo().searchBo(DoedsbojournalQuery(cprNummer = world.cpr), Page())
        }
        assertEquals("unauthorized_client", error.code)
        assertEquals(Certainty.NOT_PROCESSED, error.certainty)
    }
}
