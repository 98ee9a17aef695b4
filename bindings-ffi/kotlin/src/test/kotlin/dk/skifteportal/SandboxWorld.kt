package dk.skifteportal

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import dk.skifteportal.model.AdgangsprofilId
import dk.skifteportal.model.CprNummer
import dk.skifteportal.model.DoedsbojournalId
import dk.skifteportal.model.DoedsbojournalQuery
import dk.skifteportal.model.Page
import dk.skifteportal.model.SessionSettings
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readBytes
import kotlin.io.path.readText

/** A sandbox portal of its own for a test: its configuration, its parties, its faults. */
class SandboxWorld private constructor(private val process: Process, val settings: JsonNode) : AutoCloseable {
    private val http = HttpClient.newHttpClient()

    val environment: PortalEnvironment
        get() {
            val hosts = settings.get("environment")
            val custom = PortalEnvironment.custom(
                hosts.get("sysauth").textValue(),
                hosts.get("auth").textValue(),
                hosts.get("api").textValue(),
            )
            return settings.get("paths").properties().fold(custom) { one, (key, path) ->
                one.withPath(key, path.textValue())
            }
        }

    val authorities = Tls.certificates(file(settings.get("trustAnchors")).readBytes())
    val reporter: JsonNode = settings.get("reporters").get(0)
    val apiUser: JsonNode = settings.get("apiUser")
    val likvidator: JsonNode = settings.get("likvidator")
    val profile: AdgangsprofilId = AdgangsprofilId.of(likvidator.get("adgangsprofilId").textValue())
    val cpr: CprNummer = CprNummer.of(settings.get("testData").get("cprNummer").textValue())

    private fun file(node: JsonNode): Path = Path.of(node.textValue())

    fun store(party: JsonNode, form: String = "certificate"): KeyStore =
        KeyStore.fromPkcs12(file(party.get(form)).readBytes(), file(party.get("passwordFile")).readText())

    fun identity(party: JsonNode): ClientIdentity = store(party).use { ClientIdentity.of(it) }

    fun secret(party: JsonNode): String = file(party.get("clientSecretFile")).readText()

    fun clientId(party: JsonNode): String = party.get("clientId").textValue()

    /** A client of this sandbox. */
    @JvmOverloads
    fun client(transports: TransportFactory = JavaTransport.factory(), change: (SessionSettings) -> Unit = {}) =
        SkifteportalClient.builder(environment)
            .authorities(authorities)
            .transports(transports)
            .settings(Defaults().session().also(change))
            .build()

    /** A party by variant A. */
    fun join(client: SkifteportalClient, party: JsonNode = reporter): Caller =
        client.addReporter(clientId(party), secret(party), identity(party))

    /** The dødsbo of the story. */
    fun bo(caller: Caller): DoedsbojournalId =
        caller.doedsbo().searchBo(DoedsbojournalQuery(cprNummer = cpr), Page()).items.first().id!!

    private fun control(method: String, path: String, body: String = ""): String {
        val uri = URI.create(settings.get("environment").get("control").textValue() + path)
        val request = java.net.http.HttpRequest.newBuilder(uri)
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build()
        val answer = http.send(request, BodyHandlers.ofString())
        check(answer.statusCode() < 300) { "$method $path: ${answer.statusCode()} ${answer.body()}" }
        return answer.body()
    }

    fun fault(rule: String) {
        control("POST", "/faults", rule)
    }

    fun reset() {
        control("POST", "/reset")
    }

    fun certificate(host: String, use: String) {
        control("POST", "/certificate", """{"host":"$host","use":"$use"}""")
    }

    fun revokeTokens() {
        control("POST", "/revoke-tokens")
    }

    /** How many claims there are on all dødsboer. */
    fun claims(): Int = MAPPER.readTree(control("GET", "/state")).get("doedsboer")
        .sumOf { bo -> bo.get("registreringer").count { it.get("type").textValue() == "krav" && !it.get("slettet").booleanValue() } }

    override fun close() {
        process.destroy()
        process.waitFor()
    }

    companion object {
        private val MAPPER = ObjectMapper()

        /** Starts a sandbox and waits until it is ready. */
        @JvmStatic
        fun start(): SandboxWorld {
            val suffix = if (System.getProperty("os.name").startsWith("Windows")) ".exe" else ""
            val program = Workspace.path("target/debug/skifteportal-sandbox$suffix")
            val folder = Files.createTempDirectory(Files.createDirectories(Workspace.path("target/kotlin")), "sandbox")
            val process = ProcessBuilder(program.toString(), "--quiet", "--dir", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
            Runtime.getRuntime().addShutdownHook(Thread(process::destroy))
            check(process.inputReader().lineSequence().any { it == "sandbox ready" }) { "the sandbox ended" }
            return SandboxWorld(process, MAPPER.readTree(folder.resolve("sandbox.json").toFile()))
        }
    }
}
