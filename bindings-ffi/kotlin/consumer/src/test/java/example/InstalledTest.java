package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dk.skifteportal.Checks;
import dk.skifteportal.Doedsbo;
import dk.skifteportal.PortalEnvironment;
import dk.skifteportal.Token;
import dk.skifteportal.model.DoedsbojournalId;
import dk.skifteportal.model.Krav;
import dk.skifteportal.model.SkifteportalException;
import dk.skifteportal.model.Timestamp;
import dk.skifteportal.model.TokenKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a user's first minute looks like: the jar, its native library, a request. */
class InstalledTest {
    @Test
    void aRequestIsMade() {
        var krav = new Krav();
        krav.setBeloeb(new BigDecimal("12345.60"));
        var checks = Checks.at(Timestamp.of("2026-12-01T12:00:00Z"));
        var journal = DoedsbojournalId.of("9b0f4a57-9b5d-4d8e-8a54-6a3f0ff4f3b1");
        var token = new Token("not-a-secret", TokenKind.DIRECT, null);
        try (var call = new Doedsbo().addKrav(journal, krav, checks);
                var request = call.prepared().toRequest(PortalEnvironment.test(), token)) {
            assertEquals("POST", request.methodName());
            assertTrue(request.url().endsWith("/" + journal + "/krav"), request.url());
            assertTrue(new String(request.body(), StandardCharsets.UTF_8).contains("12345.60"));
            assertFalse(request.toString().contains("not-a-secret"));
        }
    }

    @Test
    void errorsHaveCodes() {
        var error = assertThrows(SkifteportalException.class, () -> DoedsbojournalId.of("a/b"));
        assertEquals("id", error.getCode());
    }

    /** Coroutines and OkHttp are for those who have them. */
    @Test
    void nothingOptionalCameAlong() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("okhttp3.OkHttpClient"));
        assertThrows(ClassNotFoundException.class, () -> Class.forName("kotlinx.coroutines.Job"));
    }
}
