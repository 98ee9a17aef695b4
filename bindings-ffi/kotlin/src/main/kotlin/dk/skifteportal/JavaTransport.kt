package dk.skifteportal

import dk.skifteportal.model.Method
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse.BodyHandlers
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/**
 * Sends over a [java.net.http.HttpClient] of the JDK. The client must follow no redirect: a token must not
 * reach another host.
 */
class JavaTransport(private val client: HttpClient) : Transport {
    init {
        require(client.followRedirects() == HttpClient.Redirect.NEVER) {
            "the HTTP client follows redirects; build it with Redirect.NEVER"
        }
    }

    override fun send(request: HttpRequest, timeout: Duration): CompletableFuture<Answer> {
        val made = TransportFailures.making { translated(request, timeout) }
        val sent = client.sendAsync(made, BodyHandlers.ofByteArray())
        // The JDK's own timeout ends with the headers; this one covers the body too.
        val answer = sent.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).thenApply { response ->
            val headers = response.headers().map().flatMap { (name, values) -> values.map { HeaderField(name, it) } }
            Answer(response.statusCode(), headers, response.body())
        }
        val result = CompletableFuture<Answer>()
        answer.whenComplete { value, error ->
            if (error == null) {
                result.complete(value)
            } else {
                if (error is TimeoutException || error.cause is TimeoutException) {
                    sent.cancel(true)
                }
                result.completeExceptionally(error)
            }
        }
        result.whenComplete { _, _ ->
            if (result.isCancelled) {
                sent.cancel(true)
            }
        }
        return result
    }

    private fun translated(request: HttpRequest, timeout: Duration): java.net.http.HttpRequest {
        val builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(timeout)
        for (field in request.headers()) {
            builder.header(field.name, field.value)
        }
        val body = when (request.method()) {
            Method.GET, Method.DELETE -> BodyPublishers.noBody()
            Method.POST, Method.PUT -> BodyPublishers.ofByteArray(request.bodyInOneCopy())
        }
        return builder.method(request.methodName(), body).build()
    }

    companion object {
        /**
         * Transports over clients of the JDK that wait this long for a connection. They speak HTTP/1.1: over
         * HTTP/2, the JDK now and then loses the TLS alert with which a server refuses a client certificate,
         * and waits until the time is out.
         */
        @JvmStatic
        @JvmOverloads
        fun factory(connectTimeout: Duration = Duration.ofSeconds(10)): TransportFactory = TransportFactory { tls ->
            val client = HttpClient.newBuilder()
                .sslContext(tls.context)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build()
            JavaTransport(client)
        }
    }
}
