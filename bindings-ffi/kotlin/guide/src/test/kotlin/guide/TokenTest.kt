package guide

import dk.skifteportal.ClientIdentity
import dk.skifteportal.OkHttpTransport
import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.TokenKind
import dk.skifteportal.testing.Sandbox
import dk.skifteportal.testing.SandboxExtension
import java.math.BigDecimal
import java.nio.file.Path
import java.security.KeyFactory
import java.security.KeyStore
import java.security.PrivateKey
import java.security.Provider
import java.security.Security
import java.security.spec.InvalidKeySpecException
import java.security.spec.RSAPrivateKeySpec
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeText
import okhttp3.OkHttpClient
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.extension.ExtendWith
import org.junit.jupiter.api.io.TempDir

/**
 * Keys that are made on a token and never leave it: the reporter's and the API user's. `cargo xtask test hsm`
 * sets an empty token of SoftHSM up for it.
 */
@Tag("hsm")
@ExtendWith(SandboxExtension::class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenTest {
    private lateinit var token: Provider
    private lateinit var reporter: ClientIdentity
    private lateinit var apiUser: ClientIdentity
    private lateinit var keys: KeyStore

    @BeforeAll
    fun makeKeys(sandbox: Sandbox, @TempDir folder: Path) {
        val module = requireNotNull(System.getenv("SKIFTEPORTAL_PKCS11")) {
            "SKIFTEPORTAL_PKCS11 names no PKCS#11 module; `cargo xtask test hsm` sets one up"
        }
        val configuration = folder.resolve("pkcs11.cfg")
        configuration.writeText(resource("pkcs11.cfg").readText().replace("/usr/lib/softhsm/libsofthsm2.so", module))
        for (holder in listOf("reporter-a", "api-user")) {
            val (request, chain) = listOf("request", "chain").map { folder.resolve("$holder.$it") }
            run("make-key.sh", holder, holder, configuration.toString(), request.toString())
            chain.writeText(sandbox.certify(holder, request.readText()))
            run("import-chain.sh", holder, configuration.toString(), chain.toString())
        }
        token = Certificates.token(configuration)
        reporter = Certificates.onToken(token, "reporter-a", PIN.toCharArray())
        apiUser = Certificates.onToken(token, "api-user", PIN.toCharArray())
        keys = KeyStore.getInstance("PKCS11", token).apply { load(null, PIN.toCharArray()) }
    }

    @AfterAll
    fun leaveToken() = Security.removeProvider(token.name)

    private fun resource(name: String): Path = Path.of("src/test/resources", name)

    private fun run(script: String, vararg arguments: String) {
        val process = ProcessBuilder("sh", resource(script).toString(), *arguments)
        process.environment()["PIN"] = PIN
        process.environment()["PATH"] = System.getProperty("java.home") + "/bin:" + System.getenv("PATH")
        val started = process.redirectErrorStream(true).start()
        val said = started.inputStream.bufferedReader().readText()
        assertEquals(0, started.waitFor(), said)
    }

    @Test
    fun theTokenDoesNotGiveItsKeysAway() {
        for (alias in listOf("reporter-a", "api-user")) {
            val key = keys.getKey(alias, null) as PrivateKey
            assertNull(key.encoded)
            assertNull(key.format)
            val factory = KeyFactory.getInstance("RSA", token)
            assertThrows(InvalidKeySpecException::class.java) { factory.getKeySpec(key, RSAPrivateKeySpec::class.java) }
        }
    }

    @Test
    fun variantAOverTls(sandbox: Sandbox) = sandbox.client().build().use { client ->
        val party = sandbox.reporter()
        val caller = client.addReporter(party.clientId(), party.clientSecret(), reporter)
        caller.token().use { assertEquals(TokenKind.DIRECT, it.kind()) }
        val pdf = Path.of("../../../examples/rust/data/faktura.pdf").readBytes()
        assertNotNull(Claims.fileAClaim(caller, sandbox.cprNummer(), BigDecimal("12345.60"), pdf))
    }

    @Test
    fun variantAOverTlsByOkHttp(sandbox: Sandbox) {
        val client = sandbox.client().transports(OkHttpTransport.factory(OkHttpClient())).build()
        client.use {
            val party = sandbox.reporter()
            val caller = it.addReporter(party.clientId(), party.clientSecret(), reporter)
            caller.token().use { token -> assertEquals(TokenKind.DIRECT, token.kind()) }
        }
    }

    @Test
    fun variantBSignedByTheToken(sandbox: Sandbox) = sandbox.client().build().use { client ->
        val caller = Certificates.byAssertion(client, reporter, apiUser)
        caller.token().use { assertEquals(TokenKind.DIRECT, it.kind()) }
        assertEquals(1, client.stats().signaturesTotal)
    }

    /** The API user reports for itself: one handle signs and connects. */
    @Test
    fun oneHandleForBoth(sandbox: Sandbox) = sandbox.client().build().use { client ->
        val caller = Certificates.byAssertion(client, apiUser, apiUser)
        caller.token().use { assertEquals(TokenKind.DIRECT, it.kind()) }
        assertEquals(1, client.stats().signaturesTotal)
    }

    /** A certificate that is not the key's: the signature is refused before anything is sent. */
    @Test
    fun aKeyOfAnotherCertificateIsRefused(sandbox: Sandbox) = sandbox.client().build().use { client ->
        val mixed = ClientIdentity.of(keys.getKey("api-user", null) as PrivateKey, reporter.chain)
        val caller = Certificates.byAssertion(client, mixed, apiUser)
        assertThrows(SkifteportalException::class.java) { caller.token() }
        assertEquals(0, client.stats().tokenRequestsTotal)
    }

    private companion object {
        /** Of a test's token. */
        const val PIN = "4321"
    }
}
