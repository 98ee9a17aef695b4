package dk.skifteportal.vectors

import com.fasterxml.jackson.databind.JsonNode
import dk.skifteportal.Workspace
import dk.skifteportal.model.SkifteportalException
import java.nio.file.Files
import java.nio.file.Path
import java.util.stream.Stream
import kotlin.io.path.extension
import kotlin.io.path.isDirectory
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.streams.asSequence
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/** Runs every file of the shared vectors; their README describes the format. */
class VectorsTest {
    private val areas: Map<String, (Members) -> Any?> = mapOf(
        "amounts" to Scalars::amount,
        "assertion" to Assertions::answer,
        "certificates" to CertificateVectors::answer,
        "claims" to Tokens::claims,
        "dates" to Scalars::date,
        "disposition" to Scalars::disposition,
        "errors" to Failures::answer,
        "form" to Wire::form,
        "ids" to Scalars::id,
        "operations" to Operations::answer,
        "outcomes" to Operations::outcome,
        "payloads" to PayloadVectors::answer,
        "pdf" to PdfVectors::answer,
        "rules" to RuleVectors::answer,
        "text" to Scalars::text,
        "times" to Scalars::time,
        "token" to Tokens::token,
        "url" to Wire::url,
    )

    @TestFactory
    fun vectors(): Stream<DynamicTest> = areas.entries.stream().flatMap { (area, answer) ->
        val files = json(Workspace.path("tests/vectors").resolve(area))
        assertTrue(files.isNotEmpty(), "$area has no files")
        files.stream().map { file -> dynamicTest("$area/${file.name}") { run(file, answer) } }
    }

    @Test
    fun everyFolderIsAnAreaThatIsRun() {
        val root = Workspace.path("tests/vectors")
        val folders = Files.list(root).use { list -> list.asSequence().filter { it.isDirectory() }.map { it.name }.toSet() }
        assertEquals(folders, areas.keys + "session")
        assertTrue(json(root).isEmpty())
    }

    private fun json(folder: Path): List<Path> =
        Files.list(folder).use { list -> list.asSequence().filter { it.extension == "json" }.sorted().toList() }

    private fun run(file: Path, answer: (Members) -> Any?) {
        val whole = Members(parsed(file.readText()))
        assertTrue(whole.text("description").isNotEmpty())
        assertTrue(whole.text("origin").isNotEmpty())
        val cases = whole.end(whole.get("cases"))
        assertTrue(cases.size() > 0, "no cases")
        val names = mutableSetOf<String>()
        val failures = cases.mapNotNull { node ->
            val case = Members(node)
            val name = case.text("name")
            assertTrue(names.add(name), "$name is there twice")
            val input = case.get("input")
            val expect = node.get("expect").also { case.optional("expect") }
            case.end(Unit)
            val found = answered(answer, input)
            val again = answered(answer, input)
            when {
                !same(found, again) -> "$name: not the same the second time\n  first  $found\n  second $again"
                !same(found, expect) -> "$name\n  expected $expect\n  found    $found"
                else -> null
            }
        }
        assertTrue(failures.isEmpty(), "${failures.size} of ${cases.size()} cases differ\n${failures.joinToString("\n")}")
    }

    private fun answered(answer: (Members) -> Any?, input: JsonNode): JsonNode = try {
        val members = Members(input)
        json(members.end(answer(members)))
    } catch (error: SkifteportalException) {
        json(mapOf("error" to error.code))
    }
}
