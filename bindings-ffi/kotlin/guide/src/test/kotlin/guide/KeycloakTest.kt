package guide

import dk.skifteportal.Auth
import dk.skifteportal.Credentials
import dk.skifteportal.Defaults
import dk.skifteportal.PortalEnvironment
import dk.skifteportal.SkifteportalClient
import dk.skifteportal.Token
import dk.skifteportal.model.AccessTokenClaims
import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.testing.Party
import dk.skifteportal.testing.Sandbox
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test

/**
 * A real Keycloak as the STS, over mutual TLS. `cargo xtask test keycloak-jvm` starts it. A stock one wants
 * the client id as the issuer of an assertion, and its own issuer as the audience.
 */
@Tag("keycloak")
class KeycloakTest {
    private val world: Sandbox = run {
        val settings = requireNotNull(System.getenv("SKIFTEPORTAL_KEYCLOAK")) {
            "SKIFTEPORTAL_KEYCLOAK names no running Keycloak; `cargo xtask test keycloak-jvm` starts one"
        }
        Sandbox.at(Path.of(settings))
    }
    private val reporter: Party = world.reporter()
    private val apiUser: Party = world.apiUser()

    private fun client(audience: String = world.setting("/environment/audience")): SkifteportalClient {
        val url = world.setting("/environment/sysauth")
        val environment = PortalEnvironment.custom(url, url, url).withAudience(audience)
        return SkifteportalClient.builder(environment).authorities(world.authorities()).build()
    }

    private fun claims(token: Token): AccessTokenClaims =
        Auth().use { auth -> token.use { auth.accessTokenClaims(it.accessToken()) } }

    @Test
    fun variantA() = client().use { client ->
        val caller = client.addReporter(reporter.clientId(), reporter.clientSecret(), reporter.identity())
        val claims = claims(caller.token())
        assertEquals(reporter.clientId(), claims.authorizedParty)
        // The server binds the token to the certificate that it saw.
        assertEquals(reporter.identity().certificate.use { it.x5tS256() }, claims.certificateThumbprint)
    }

    @Test
    fun variantBSignedByTheJdk() = client().use { client ->
        val caller = client.addReporter(apiUser.clientId(), reporter.identity(), apiUser.identity())
        val claims = claims(caller.token())
        assertEquals(apiUser.clientId(), claims.authorizedParty)
        assertEquals(apiUser.identity().certificate.use { it.x5tS256() }, claims.certificateThumbprint)
        assertEquals(1, client.stats().signaturesTotal)
    }

    @Test
    fun variantBSignedInTheLibrary() = client().use { client ->
        val settings = Defaults().assertion(apiUser.clientId(), apiUser.cvr())
        val caller = reporter.keyStore().use { store ->
            val credentials = Credentials.privateKey(
                settings, store.chain(), store.key(), apiUser.identity().thumbprint,
            )
            client.addReporter(credentials, apiUser.identity(), null)
        }
        assertEquals(apiUser.clientId(), claims(caller.token()).authorizedParty)
    }

    @Test
    fun aWrongSecretIsToldApart() = client().use { client ->
        val caller = client.addReporter(reporter.clientId(), "mistyped", reporter.identity())
        val error = assertThrows(SkifteportalException.Portal::class.java) { caller.token() }
        assertEquals("unauthorized_client", error.code)
        assertEquals(401, error.refusal.status)
    }

    @Test
    fun anAssertionForAnotherAudienceIsRefused() = client("https://elsewhere.example").use { client ->
        val caller = client.addReporter(apiUser.clientId(), reporter.identity(), apiUser.identity())
        val error = assertThrows(SkifteportalException.Portal::class.java) { caller.token() }
        assertEquals("invalid_client", error.code)
    }
}
