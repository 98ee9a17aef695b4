package dk.skifteportal.testing

import org.junit.jupiter.api.extension.BeforeEachCallback
import org.junit.jupiter.api.extension.ExtensionContext
import org.junit.jupiter.api.extension.ExtensionContext.Namespace
import org.junit.jupiter.api.extension.ParameterContext
import org.junit.jupiter.api.extension.ParameterResolver

/**
 * Gives a [Sandbox] to tests that have a parameter of this type. All tests of a run share one, which is
 * started for the first of them, put back to its start before each test, and ended with the run; tests that
 * use it must not run at the same time. JUnit 5.13 or later ends it.
 */
class SandboxExtension : ParameterResolver, BeforeEachCallback {
    override fun supportsParameter(parameter: ParameterContext, context: ExtensionContext): Boolean =
        parameter.parameter.type == Sandbox::class.java

    override fun resolveParameter(parameter: ParameterContext, context: ExtensionContext): Any = sandbox(context)

    override fun beforeEach(context: ExtensionContext) = sandbox(context).reset()

    private fun sandbox(context: ExtensionContext): Sandbox =
        context.root.getStore(NAMESPACE).getOrComputeIfAbsent(KEY, { Sandbox.start() }, Sandbox::class.java)

    private companion object {
        val NAMESPACE: Namespace = Namespace.create(SandboxExtension::class.java)
        private const val KEY = "sandbox"
    }
}
