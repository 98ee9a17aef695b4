package dk.skifteportal.testing

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import dk.skifteportal.PortalEnvironment
import dk.skifteportal.SkifteportalClient
import dk.skifteportal.Tls
import dk.skifteportal.model.AdgangsprofilId
import dk.skifteportal.model.CprNummer
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.nio.file.Path
import java.security.cert.X509Certificate

/**
 * A sandbox portal on 127.0.0.1, with fictive data and certificates of its own: what there is to configure,
 * and the faults that it can be told to make. It needs no network and no agreement with anybody.
 */
class Sandbox private constructor(
    private val settings: JsonNode,
    private val process: Process?,
    private val folder: Path?,
) : AutoCloseable {
    private val http = HttpClient.newHttpClient()

    /** A setting by its JSON pointer, such as `/testData/retskredsId`; the sandbox's README lists them. */
    fun setting(pointer: String): String {
        val value = settings.at(pointer)
        require(value.isValueNode) { "the sandbox has no setting $pointer" }
        return value.asText()
    }

    /** Its three hosts, with the paths that it made up where the portal's are not public. */
    fun environment(): PortalEnvironment {
        val hosts = listOf("sysauth", "auth", "api").map { setting("/environment/$it") }
        val bare = PortalEnvironment.custom(hosts[0], hosts[1], hosts[2])
        return settings.path("paths").properties().fold(bare) { environment, (operation, path) ->
            environment.use { it.withPath(operation, path.textValue()) }
        }
    }

    /** The authority behind the certificates of its hosts. */
    fun authorities(): List<X509Certificate> = Tls.certificates(Files.readAllBytes(Path.of(setting("/trustAnchors"))))

    /** A client's builder that is set to its hosts. */
    fun client(): SkifteportalClient.Builder =
        SkifteportalClient.builder(environment()).authorities(authorities())

    /** Whoever has a certificate, by a JSON pointer such as `/refusedCertificates/expired`. */
    fun party(pointer: String): Party {
        val settings = settings.at(pointer)
        require(settings.isObject) { "the sandbox has no party $pointer" }
        return Party(settings)
    }

    /** A company that reports through a vendor's system, by the vendor's client id. */
    fun reporter(): Party = party("/reporters/0")

    /** A company with a client id of its own. */
    fun otherReporter(): Party = party("/reporters/1")

    /** The vendor whose certificate connects in variant B. */
    fun apiUser(): Party = party("/apiUser")

    /** The certificate that is registered on the likvidator's adgangsprofil. */
    fun likvidatorSystem(): Party = party("/likvidator/system")

    /** The likvidator's adgangsprofil. */
    fun adgangsprofil(): AdgangsprofilId = AdgangsprofilId.of(setting("/likvidator/adgangsprofilId"))

    /** The CPR number, fictive, of a dødsbo that takes claims. */
    fun cprNummer(): CprNummer = CprNummer.of(setting("/testData/cprNummer"))

    /** Adds a rule by which requests fail, as the sandbox's README describes them. */
    fun fault(rule: String) {
        control("POST", "/faults", rule)
    }

    /** Puts the clock of its hosts ahead of this machine's, or behind. */
    fun setClockOffset(seconds: Long) {
        control("POST", "/clock", """{"offsetSeconds":$seconds}""")
    }

    /** Lets a host (`sysauth`, `auth`, `api`) present another certificate, such as `expired`, or again `valid`. */
    fun setCertificate(host: String, use: String) {
        control("POST", "/certificate", MAPPER.createObjectNode().put("host", host).put("use", use).toString())
    }

    /** Makes all tokens invalid. */
    fun revokeTokens() {
        control("POST", "/revoke-tokens", "")
    }

    /** Certifies a key that its holder keeps: a request (PKCS#10) in PEM goes in, a chain in PEM comes out. */
    fun certify(holder: String, request: String): String {
        val body = MAPPER.createObjectNode().put("holder", holder).put("request", request)
        return control("POST", "/certify", body.toString())
    }

    /** Goes back to the data, the clock and the certificates of the start. */
    fun reset() {
        control("POST", "/reset", "")
    }

    /** Asks its control endpoint for anything else. */
    fun control(method: String, path: String, body: String): String {
        val request = HttpRequest.newBuilder(URI.create(setting("/environment/control") + path))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build()
        val answer = http.send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() < 300) { "the sandbox refused $method $path: ${answer.body()}" }
        return answer.body()
    }

    /** Ends it and removes its files, if it was started here. */
    override fun close() {
        process?.destroy()
        process?.waitFor()
        folder?.toFile()?.deleteRecursively()
    }

    companion object {
        private const val PROPERTY = "skifteportal.sandbox"
        private const val VARIABLE = "SKIFTEPORTAL_SANDBOX"
        private const val PROGRAM = "skifteportal-sandbox"
        private val MAPPER = ObjectMapper()

        /**
         * Starts one on free ports, and waits until it is ready. The program is what the system property
         * `skifteportal.sandbox` or the environment variable `SKIFTEPORTAL_SANDBOX` names, or else
         * `skifteportal-sandbox` on the PATH.
         */
        @JvmStatic
        fun start(): Sandbox {
            val program = System.getProperty(PROPERTY) ?: System.getenv(VARIABLE) ?: PROGRAM
            val folder = Files.createTempDirectory("skifteportal-sandbox")
            val process = ProcessBuilder(program, "--quiet", "--dir", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
            // Whoever forgets to close it, or is interrupted, leaves no server behind.
            Runtime.getRuntime().addShutdownHook(Thread(process::destroy))
            val ready = process.inputStream.bufferedReader().lineSequence().any { it == "sandbox ready" }
            check(ready) { "the sandbox ended before it was ready" }
            return Sandbox(MAPPER.readTree(folder.resolve("sandbox.json").toFile()), process, folder)
        }

        /** One that runs already, by its `sandbox.json`. */
        @JvmStatic
        fun at(settings: Path): Sandbox = Sandbox(MAPPER.readTree(settings.toFile()), null, null)
    }
}
