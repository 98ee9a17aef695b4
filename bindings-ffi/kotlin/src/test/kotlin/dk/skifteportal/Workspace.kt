package dk.skifteportal

import java.nio.file.Path

/** Files of the repository. */
object Workspace {
    private val root: Path = Path.of(System.getProperty("skifteportal.workspace")).toAbsolutePath().normalize()

    /** A path from the repository's root. */
    @JvmStatic
    fun path(relative: String): Path = root.resolve(relative)
}
