package dk.skifteportal

import dk.skifteportal.testing.Sandbox
import java.io.File
import java.util.ServiceLoader
import org.jetbrains.kotlin.abi.tools.api.AbiFilters
import org.jetbrains.kotlin.abi.tools.api.AbiToolsFactory
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

/** What the jars offer is what the listings in the folder `api` say, by Kotlin's own tool for that. */
class SurfaceTest {
    private val tools = ServiceLoader.load(AbiToolsFactory::class.java).single().get()

    @Test
    fun ofTheLibrary() = compare("skifteportal", SkifteportalClient::class.java)

    @Test
    fun ofTheArtifactForTests() = compare("skifteportal-testing", Sandbox::class.java)

    /** Compares what is in the package of `one`, and below it. */
    private fun compare(artifact: String, one: Class<*>) {
        val root = File(one.protectionDomain.codeSource.location.toURI())
        val classes = root.resolve(one.packageName.replace('.', '/')).walk().filter { it.extension == "class" }
        val found = Workspace.path("target/kotlin/$artifact.txt").toFile()
        found.bufferedWriter().use { tools.v2.printJvmDump(it, classes.asIterable(), AbiFilters.EMPTY) }
        val listed = Workspace.path("bindings-ffi/kotlin/api/$artifact.txt").toFile()
        if (System.getenv("SKIFTEPORTAL_SURFACE") == "write") {
            found.copyTo(listed, overwrite = true)
        }
        assertNull(tools.filesDiff(listed, found)) {
            "the public surface has changed; where that is meant, write its listing anew by " +
                "`SKIFTEPORTAL_SURFACE=write cargo xtask test kotlin`"
        }
    }
}
