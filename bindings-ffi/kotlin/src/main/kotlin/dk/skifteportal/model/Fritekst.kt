package dk.skifteportal.model

/**
 * Free text of the portal. Others have written it, and it may hold anything: take it out by the name of the
 * place where it goes ([html], [attribute], [javascript]), and by [raw] only for places that interpret
 * nothing. Its text form shows none of it.
 */
class Fritekst internal constructor(private val text: String) {
    /** As it came, for places that interpret nothing, such as a label of a desktop program. */
    fun raw(): String = text

    /** For the text of an HTML element. */
    fun html(): String = Readers.TEXTS.escapeHtml(this)

    /** For an HTML attribute's value between quotation marks. */
    fun attribute(): String = Readers.TEXTS.escapeAttribute(this)

    /** For a JavaScript string literal, its quotation marks included in neither. */
    fun javascript(): String = Readers.TEXTS.escapeJavascript(this)

    /** Whether it is empty or white space alone. */
    fun isBlank(): Boolean = Readers.TEXTS.isBlank(this)

    override fun equals(other: Any?): Boolean = other is Fritekst && other.text == text

    override fun hashCode(): Int = text.hashCode()

    override fun toString(): String = "[free text]"

    companion object {
        /** Of a text. */
        @JvmStatic
        fun of(text: String): Fritekst = Fritekst(text)
    }
}
