package dk.skifteportal.model

/**
 * A CPR number. Its text form shows none of it, so that it gets into no log; [expose] gives it.
 */
class CprNummer internal constructor(private val digits: String) {
    /** The number. It is personal data: show it to those alone who may see it. */
    fun expose(): String = digits

    override fun equals(other: Any?): Boolean = other is CprNummer && other.digits == digits

    override fun hashCode(): Int = digits.hashCode()

    override fun toString(): String = "[redacted]"

    companion object {
        /** Of a text; one that cannot be a CPR number is refused. */
        @JvmStatic
        fun of(text: String): CprNummer = Readers.IDS.readCpr(text)
    }
}
