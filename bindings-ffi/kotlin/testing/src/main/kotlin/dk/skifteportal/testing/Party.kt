package dk.skifteportal.testing

import com.fasterxml.jackson.databind.JsonNode
import dk.skifteportal.Caller
import dk.skifteportal.ClientIdentity
import dk.skifteportal.KeyStore
import dk.skifteportal.SkifteportalClient
import java.nio.file.Files
import java.nio.file.Path

/** A company in the sandbox: its certificate, and what the portal knows it by. */
class Party internal constructor(private val settings: JsonNode) {
    private fun text(member: String): String {
        val value = settings.path(member)
        require(value.isTextual) { "the sandbox's settings have no $member for ${name()}" }
        return value.textValue()
    }

    private fun file(member: String): Path = Path.of(text(member))

    /** Its name. */
    fun name(): String = settings.path("name").asText()

    /** Its CVR number, fictive. */
    fun cvr(): String = text("cvr")

    /** Its client id in variant A. */
    fun clientId(): String = text("clientId")

    /** The secret of that client id. */
    fun clientSecret(): String = Files.readString(file("clientSecretFile"))

    /** Its certificate with the private key: a PKCS#12 file. */
    fun certificateFile(): Path = file("certificate")

    /** The password of that file. */
    fun password(): String = Files.readString(file("passwordFile"))

    /** The file, read. */
    fun keyStore(): KeyStore = KeyStore.fromPkcs12(Files.readAllBytes(certificateFile()), password())

    /** What its connections present. */
    fun identity(): ClientIdentity = keyStore().use { ClientIdentity.of(it) }

    /** Adds it to a client as a reporter by variant A. */
    fun addTo(client: SkifteportalClient): Caller = client.addReporter(clientId(), clientSecret(), identity())

    override fun toString(): String = name()
}
