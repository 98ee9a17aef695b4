package example

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import dk.skifteportal.Caller
import dk.skifteportal.Checks
import dk.skifteportal.ClientIdentity
import dk.skifteportal.KeyStore
import dk.skifteportal.Pdf
import dk.skifteportal.PortalEnvironment
import dk.skifteportal.Profile
import dk.skifteportal.SanitizeOptions
import dk.skifteportal.SkifteportalClient
import dk.skifteportal.Tls
import dk.skifteportal.awaitToken
import dk.skifteportal.model.AdgangsprofilId
import dk.skifteportal.model.CprNummer
import dk.skifteportal.model.DoedsbojournalId
import dk.skifteportal.model.DoedsbojournalQuery
import dk.skifteportal.model.Fritekst
import dk.skifteportal.model.Henvendelse
import dk.skifteportal.model.HenvendelseDokument
import dk.skifteportal.model.Henvendelsestraad
import dk.skifteportal.model.Krav
import dk.skifteportal.model.Language
import dk.skifteportal.model.Page
import dk.skifteportal.model.SagId
import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.Timestamp
import java.math.BigDecimal
import java.nio.file.Path
import java.time.LocalDate
import java.time.ZoneId
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking

/** A configuration file: who files, in which environment. The sandbox writes one. */
private class Config(file: Path) {
    private val folder = file.toAbsolutePath().parent
    private val root = ObjectMapper().readTree(file.toFile())

    val environment: PortalEnvironment
        get() {
            val (sysauth, auth, api) = listOf("sysauth", "auth", "api").map { root["environment"][it].textValue() }
            return root["paths"].properties().fold(PortalEnvironment.custom(sysauth, auth, api)) { one, (key, path) ->
                one.withPath(key, path.textValue())
            }
        }
    val authorities = Tls.certificates(path(root["trustAnchors"]).readBytes())
    val reporter: JsonNode = root["reporters"][0]
    val apiUser: JsonNode = root["apiUser"]
    val likvidator: JsonNode = root["likvidator"]
    val cpr = CprNummer.of(root["testData"]["cprNummer"].textValue())
    val sag = SagId.of(root["testData"]["sager"]["aaben"]["sagId"].textValue())

    private fun path(node: JsonNode): Path = folder.resolve(node.textValue())

    fun store(party: JsonNode): KeyStore =
        KeyStore.fromPkcs12(path(party["certificate"]).readBytes(), path(party["passwordFile"]).readText())

    fun identity(party: JsonNode): ClientIdentity = store(party).use(ClientIdentity::of)

    fun join(client: SkifteportalClient, party: JsonNode): Caller =
        client.addReporter(party["clientId"].textValue(), path(party["clientSecretFile"]).readText(), identity(party))
}

private val TODAY = LocalDate.now(ZoneId.of("Europe/Copenhagen"))

private fun example(name: String) = Path.of("examples/rust/data").resolve(name).readBytes()

private val FAKTURA = example("faktura.pdf")

private fun step(number: Int, title: String) = println("\n%2d. %s".format(number, title))

private fun say(line: String) = println("    $line")

/** The story: two tokens, a claim from its filing to its deletion, a likvidator's letter, four refusals. */
fun main(arguments: Array<String>) = runBlocking {
    require(arguments.size == 2 && arguments[0] == "demo") { "demo CONFIGURATION" }
    val config = Config(Path.of(arguments[1]))
    SkifteportalClient.builder(config.environment).authorities(config.authorities).build().use { client ->
        Story(config, client).tell()
    }
}

private class Story(private val config: Config, private val client: SkifteportalClient) {
    private val reporter = config.join(client, config.reporter)
    private val doedsbo = reporter.doedsbo()

    suspend fun tell() {
        step(1, "The reporter's certificate")
        config.store(config.reporter).use { store ->
            val summary = store.chain().use { chain -> chain.leaf().use { it.summary(Timestamp.now(), 30) } }
            say("${summary.commonName}: ${summary.kind}, CVR ${summary.cvr}")
            say("valid until ${summary.notAfter}")
            say("SERIALNUMBER for Samarbejdsportalen: ${summary.subjectSerialNumber}")
        }
        step(2, "A token by variant A: Client ID and secret over the reporter's certificate")
        token(reporter)
        step(3, "A token by variant B: an assertion signed with the reporter's key")
        val issuer = "https://practice-system.example"
        token(client.addReporter(issuer, config.identity(config.reporter), config.identity(config.apiUser)))
        val bo = claim()
        letter()
        refusals(bo)
    }

    private suspend fun token(caller: Caller) = caller.awaitToken().use {
        say("a ${it.kind().name.lowercase()} token, good until ${it.expiresAt()}")
    }

    private suspend fun claim(): DoedsbojournalId {
        step(4, "A dødsbo is found by CPR number, a claim is filed, a PDF is attached")
        val found = doedsbo.searchBoAsync(DoedsbojournalQuery(cprNummer = config.cpr), Page()).await()
        val bo = checkNotNull(found.items.first().id)
        val krav = Krav(beloeb = BigDecimal("12345.67"), endeligt = false, opgjortdato = TODAY)
        val filed = doedsbo.addKravAsync(bo, krav).await()
        val id = checkNotNull(filed.id)
        Profile.portal().use { doedsbo.uploadKravBilagAsync(bo, id, "faktura.pdf", FAKTURA, it).await() }
        say("krav $id")
        filed.kvittering?.let { say("${it.kode}: ${it.overskrift?.raw()}") }

        step(5, "The claim is made final, read back with its bilag, and deleted")
        val changed = doedsbo.getKravAsync(bo, id).await().apply { endeligt = true }
        doedsbo.updateKravAsync(bo, id, changed).await()
        val read = doedsbo.getKravAsync(bo, id).await()
        say("${read.beloeb?.toPlainString()} kr., ${if (read.endeligt == true) "final" else "preliminary"}")
        for (bilag in doedsbo.listKravBilagAsync(bo, id).await()) {
            val file = doedsbo.downloadKravBilagAsync(bo, id, checkNotNull(bilag.id)).await()
            val same = if (file.bytes.contentEquals(FAKTURA)) "the same bytes" else "other bytes"
            say("bilag ${file.filnavn}: $same")
        }
        doedsbo.deleteKravAsync(bo, id).await()
        say("deleted")
        return bo
    }

    private suspend fun letter() {
        step(6, "The token is exchanged for a likvidator's delegated token")
        val profile = AdgangsprofilId.of(config.likvidator["adgangsprofilId"].textValue())
        val likvidator = config.join(client, config.likvidator["system"]).actingFor(profile)
        token(likvidator)

        step(7, "A document is uploaded, and a henvendelse sent with it")
        val dokument = likvidator.dokumentlager().addV2Async("redegørelse.pdf", FAKTURA).await()
        say("dokument ${dokument.id}")
        val traad = Henvendelsestraad(
            sagId = config.sag,
            emneord = Fritekst.of("Redegørelse"),
            henvendelser = listOf(
                Henvendelse(
                    tekst = Fritekst.of("Vedlagt er redegørelsen.\n\nMed venlig hilsen\nLikvidator"),
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
        say("henvendelsestråd ${likvidator.henvendelser().addTraadAsync(traad).await()?.id}")
    }

    private suspend fun refusals(bo: DoedsbojournalId) {
        println("\nFour refusals, in plain words")
        println("\n a. A client secret with a typing error")
        val id = config.reporter["clientId"].textValue()
        val stranger = client.addReporter(id, "wrong", config.identity(config.reporter))
        refused { stranger.doedsbo().getAllKravAsync(bo).await() }

        println("\n b. A search by CPR number and by name at once")
        val query = DoedsbojournalQuery(cprNummer = config.cpr, navn = Fritekst.of("Erlinda Hills"))
        refused { doedsbo.searchBoAsync(query, Page()).await() }
        refused { doedsbo.searchBoAsync(query, Page(), checks = Checks.none()).await() }

        println("\n c. A claim that is made up tomorrow")
        val krav = Krav(beloeb = BigDecimal("1.00"), opgjortdato = TODAY.plusDays(2))
        refused { doedsbo.addKravAsync(bo, krav).await() }
        refused { doedsbo.addKravAsync(bo, krav, Checks.none()).await() }

        println("\n d. A PDF that runs JavaScript when it is opened")
        krav.opgjortdato = TODAY
        val filed = checkNotNull(doedsbo.addKravAsync(bo, krav).await().id)
        val scripted = example("faktura-med-javascript.pdf")
        Pdf().use { pdf ->
            Profile.portal().use { profile ->
                for (finding in pdf.check(scripted, profile).findings) {
                    say("before sending: ${pdf.explain(finding, Language.ENGLISH)}")
                }
                refused { doedsbo.uploadKravBilagAsync(bo, filed, "faktura.pdf", scripted).await() }
                val clean = SanitizeOptions().use { pdf.sanitize(scripted, profile, it) }
                doedsbo.uploadKravBilagAsync(bo, filed, "faktura.pdf", clean.bytes).await()
            }
        }
        say("sanitised, the same invoice is accepted")
        doedsbo.deleteKravAsync(bo, filed).await()
    }

    private suspend fun refused(call: suspend () -> Any?) {
        try {
            call()
            error("this should have been refused")
        } catch (error: SkifteportalException.Call) {
            error.violations.forEach { say("before sending: ${it.code} at ${it.pointer}") }
        } catch (error: SkifteportalException.Portal) {
            say("${error.code}, ${error.certainty}")
            say("da: ${error.refusal.danish}")
            say("en: ${error.refusal.english}")
        }
    }
}
