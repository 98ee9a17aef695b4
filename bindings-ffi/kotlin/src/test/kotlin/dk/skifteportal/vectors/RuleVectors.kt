package dk.skifteportal.vectors

import dk.skifteportal.AnyPayload
import dk.skifteportal.Checks
import dk.skifteportal.Payloads
import dk.skifteportal.Rules
import dk.skifteportal.model.DokumentId
import dk.skifteportal.model.Part
import dk.skifteportal.model.RuleViolation
import java.time.LocalDate

internal object RuleVectors {
    private val rules = Rules()

    fun answer(input: Members): Any {
        var checks = Checks.on(LocalDate.parse(input.text("today")))
        if (input.flag("update")) checks = checks.forUpdate()
        checks = input.texts("without").fold(checks, Checks::without)
        val subject = input.members("of")
        val found = subject.end(violations(subject, checks))
        return mapOf(
            "violations" to found.map { mapOf("code" to it.code, "pointer" to it.pointer, "arguments" to it.arguments) },
        )
    }

    private fun part(json: String): Part =
        (Payloads().decode("Part", json.toByteArray()) as AnyPayload.PartPayload).value

    private fun violations(of: Members, checks: Checks): List<RuleViolation> = when (of.text("do")) {
        "payload" -> rules.check(Payloads().decode(of.text("type"), of.text("json").toByteArray()), checks)
        "pdf_header" -> rules.checkPdfHeader(of.bytes("file"), checks)
        "redegoerelse" -> rules.checkRedegoerelse(of.optionalText("opsummering"), of.int("bilag"), checks)
        "fristudsaettelse" -> rules.checkFristudsaettelse(of.optionalText("aarsag"), of.int("bilag"), checks)
        "konkursbegaering" -> rules.checkKonkursbegaering(of.int("bilag"), checks)
        "anmodning_om_revisor" -> rules.checkAnmodningOmRevisor(of.optionalText("aarsag"), of.int("bilag"), checks)
        "anmodning_om_erklaering" ->
            rules.checkAnmodningOmErklaering(date(of, "fristdato"), of.texts("modtagere").map(::part), checks)
        "erklaering" -> rules.checkErklaering(
            of.get("har_aktiver").booleanValue(),
            of.int("beskrevne_aktiver"),
            of.get("selskab_aktivt").booleanValue(),
            date(of, "ophoert"),
            checks,
        )
        "kaeremaal" -> rules.checkKaeremaal(
            of.optionalText("skrivelse_om_kaereafgift")?.let(DokumentId::of),
            of.optionalText("skrivelse_til_landsretten")?.let(DokumentId::of),
            checks,
        )
        "tidligere_ledelse" -> rules.checkTidligereLedelse(part(of.text("part")), checks)
        "retsbog_fra_landsret" ->
            rules.checkRetsbogFraLandsret(of.optionalText("udestaaende_id"), of.optionalText("udfald"), checks)
        else -> error("no such rule")
    }

    private fun date(of: Members, name: String): LocalDate? = of.optionalText(name)?.let(LocalDate::parse)
}
