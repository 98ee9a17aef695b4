package guide;

// snippet: sandbox_test
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dk.skifteportal.model.Certainty;
import dk.skifteportal.model.SkifteportalException;
import dk.skifteportal.testing.Sandbox;
import dk.skifteportal.testing.SandboxExtension;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
class ClaimsInSandboxTest {
    @Test
    void aCutConnectionLeavesItOpen(Sandbox sandbox) {
        try (var client = sandbox.client().build()) {
            var caller = sandbox.reporter().addTo(client);
            sandbox.fault("""
                    {"host": "api", "match": {"method": "POST", "path": "/doedsbojournaler/*/krav"},
                     "fault": {"kind": "dropAfterProcessing"}}
                    """);
            var error = assertThrows(SkifteportalException.Portal.class,
                    () -> Claims.fileAClaim(caller, sandbox.cprNummer(), BigDecimal.TEN, new byte[0]));
            assertEquals(Certainty.UNKNOWN, error.getCertainty());
        }
    }
}
// end of snippet
