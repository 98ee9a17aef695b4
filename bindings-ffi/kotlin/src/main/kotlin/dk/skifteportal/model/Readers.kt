package dk.skifteportal.model

import dk.skifteportal.Ids
import dk.skifteportal.Texts
import dk.skifteportal.Times

/** The library's readers of texts. They hold nothing, so one of each serves all threads. */
internal object Readers {
    val IDS = Ids()
    val TEXTS = Texts()
    val TIMES = Times()
}
