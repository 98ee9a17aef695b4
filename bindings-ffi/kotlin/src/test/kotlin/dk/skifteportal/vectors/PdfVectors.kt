package dk.skifteportal.vectors

import dk.skifteportal.Pdf
import dk.skifteportal.Profile
import dk.skifteportal.SanitizeOptions
import dk.skifteportal.model.Kind
import dk.skifteportal.model.Language
import dk.skifteportal.model.Severity
import java.security.MessageDigest
import java.util.HexFormat

internal object PdfVectors {
    private val pdf = Pdf()

    private fun kind(name: String): Kind = requireNotNull(pdf.kindNamed(name)) { "no kind $name" }

    private fun profile(given: Members): Profile {
        var profile = if (given.text("base") == "portal") Profile.portal() else Profile.strict()
        given.optional("weights")?.let { weights ->
            for ((name, weight) in weights.properties()) {
                profile = profile.withSeverity(kind(name), Severity.valueOf(weight.textValue().uppercase()))
            }
        }
        if (given.flag("superseded_as_present")) profile = profile.withSupersededAsPresent()
        given.optional("page_cover")?.let { profile = profile.withPageCover(it.doubleValue()) }
        given.optional("max_size")?.let { profile = profile.withMaxSize(it.longValue()) }
        val limits = profile.limits()
        for ((name, value) in given.optional("limits")?.properties().orEmpty()) {
            val number = value.longValue()
            when (name) {
                "work" -> limits.work = number
                "objects" -> limits.objects = Math.toIntExact(number)
                "depth" -> limits.depth = Math.toIntExact(number)
                "unpacked" -> limits.unpacked = number
                "unpacked_stream" -> limits.unpackedStream = number
                "findings" -> limits.findings = Math.toIntExact(number)
                else -> error("no limit $name")
            }
        }
        return given.end(profile.withLimits(limits))
    }

    fun answer(input: Members): Any {
        val bytes = input.bytes("pdf")
        val profile = profile(input.members("profile"))
        if (input.text("do") == "check") {
            val report = pdf.check(bytes, profile)
            return mapOf(
                "report" to parsed(pdf.reportJson(report)),
                "codes" to pdf.codes(report),
                "explanations" to report.findings.map {
                    mapOf("da" to pdf.explain(it, Language.DANISH), "en" to pdf.explain(it, Language.ENGLISH))
                },
            )
        }
        val options = input.texts("remove").fold(
            SanitizeOptions().breakSignatures(input.flag("break_signatures")).removeAtRisk(input.flag("remove_at_risk")),
        ) { options, name -> options.remove(kind(name)) }
        val sanitized = pdf.sanitize(bytes, profile, options)
        return mapOf(
            "sha256" to HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sanitized.bytes)),
            "removed" to parsed(pdf.removedJson(sanitized.removed)),
            "report" to parsed(pdf.reportJson(sanitized.report)),
        )
    }
}
