package dk.skifteportal.vectors

import dk.skifteportal.Certificate
import dk.skifteportal.Certificates
import dk.skifteportal.Chain
import dk.skifteportal.Defaults
import dk.skifteportal.KeyStore
import dk.skifteportal.PrivateKey
import dk.skifteportal.model.KeyChoice
import dk.skifteportal.model.SkifteportalException
import dk.skifteportal.model.Timestamp

internal object CertificateVectors {
    private val names = Certificates()

    fun one(pem: String): Certificate = Certificate.fromPem(pem.toByteArray())

    fun all(pems: List<String>): List<Certificate> = pems.map(::one)

    private fun isPem(file: ByteArray) = file.toString(Charsets.ISO_8859_1).contains("-----BEGIN ")

    private fun thumbprint(certificate: Certificate) = certificate.thumbprint().value

    fun thumbprints(certificates: List<Certificate>) = certificates.map(::thumbprint)

    fun answer(input: Members): Any = when (input.text("do")) {
        "certificate" -> {
            val file = input.bytes("file")
            val now = Wire.time(input, "now")
            val days = input.int("warning_days")
            val read = if (isPem(file)) names.allFromPem(file) else listOf(Certificate.fromDer(file))
            mapOf("certificates" to read.map { show(it, now, days) })
        }
        "chain" -> chain(input)
        "key_store" -> keyStore(input)
        else -> {
            val file = input.bytes("test_only_file")
            val password = input.optionalText("password")
            val certificate = input.optionalText("certificate")?.let(::one)
            val key = if (isPem(file)) PrivateKey.fromPem(file, password) else PrivateKey.fromDer(file, password)
            mapOf("bits" to key.bits(), "belongs_to_certificate" to certificate?.let(key::belongsTo))
        }
    }

    private fun show(certificate: Certificate, now: Timestamp, days: Int): Any {
        val summary = certificate.summary(now, days)
        return mapOf(
            "kind" to names.kindName(summary.kind),
            "hierarchy" to names.hierarchyName(summary.hierarchy),
            "subject_serial_number" to summary.subjectSerialNumber,
            "x509_serial_number" to certificate.x509SerialNumber(),
            "cvr" to summary.cvr,
            "common_name" to summary.commonName,
            "organisation" to summary.organisation,
            "issuer" to summary.issuer,
            "not_before" to summary.notBefore.text,
            "not_after" to summary.notAfter.text,
            "validity" to names.validityName(summary.validity),
            "key_kind" to names.keyKindName(summary.keyKind),
            "key_bits" to summary.keyBits,
            "thumbprint" to summary.thumbprint,
            "x5t_s256" to certificate.x5tS256(),
            "authority" to certificate.isAuthority(),
            "warnings" to summary.warnings.map(names::warningCode),
        )
    }

    private fun chain(input: Members): Any {
        val leaf = one(input.text("leaf"))
        val pool = all(input.texts("pool"))
        val roots = all(input.texts("roots"))
        val now = Wire.time(input, "now")
        val chain = Chain.ordered(leaf, pool)
        val refusal = try {
            chain.verify(roots, now)
            null
        } catch (error: SkifteportalException.Certificate) {
            error.code
        }
        return mapOf(
            "chain" to thumbprints(chain.certificates()),
            "has_root" to chain.hasRoot(),
            "verified" to (refusal == null),
            "refusal" to refusal,
        )
    }

    private fun keyStore(input: Members): Any {
        val settings = Defaults().keyStore()
        input.optionalText("friendly_name")?.let { settings.choice = KeyChoice.FriendlyName(it) }
        input.optional("max_iterations")?.let { settings.maxIterations = it.intValue() }
        val store = KeyStore.fromPkcs12With(input.bytes("file"), input.text("password"), settings)
        return mapOf(
            "chain" to thumbprints(store.chain().certificates()),
            "has_root" to store.chain().hasRoot(),
            "others" to thumbprints(store.others()),
            "friendly_name" to store.friendlyName(),
            "key_bits" to store.key().bits(),
        )
    }
}
