package dk.skifteportal.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dk.skifteportal.Caller;
import dk.skifteportal.Checks;
import dk.skifteportal.Doedsbo;
import dk.skifteportal.Errors;
import dk.skifteportal.Pdf;
import dk.skifteportal.PdfMemory;
import dk.skifteportal.PortalEnvironment;
import dk.skifteportal.Profile;
import dk.skifteportal.SanitizeOptions;
import dk.skifteportal.SkifteportalClient;
import dk.skifteportal.Workspace;
import dk.skifteportal.model.CprNummer;
import dk.skifteportal.model.CvrNummer;
import dk.skifteportal.model.DoedsbojournalId;
import dk.skifteportal.model.DoedsbojournalQuery;
import dk.skifteportal.model.Fritekst;
import dk.skifteportal.model.Krav;
import dk.skifteportal.model.KravId;
import dk.skifteportal.model.Language;
import dk.skifteportal.model.Page;
import dk.skifteportal.model.SkifteportalException;
import dk.skifteportal.model.Timestamp;
import dk.skifteportal.model.TransportFailure;
import dk.skifteportal.model.Verdict;
import dk.skifteportal.testing.Sandbox;
import dk.skifteportal.testing.SandboxExtension;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The binding as Java sees it, in Java alone. */
@ExtendWith(SandboxExtension.class)
class JavaApiTest {
    private final Sandbox sandbox;

    JavaApiTest(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    private static Krav krav() {
        var krav = new Krav();
        krav.setBeloeb(new BigDecimal("12345.60"));
        krav.setEndeligt(false);
        return krav;
    }

    @Test
    void aClaimIsFiledAndRead() {
        try (var client = sandbox.client().build()) {
            var doedsbo = sandbox.reporter().addTo(client).doedsbo();
            var query = new DoedsbojournalQuery();
            query.setCprNummer(sandbox.cprNummer());
            var bo = doedsbo.searchBo(query, new Page()).getItems().get(0).getId();
            var id = doedsbo.addKrav(bo, krav()).getId();
            var read = doedsbo.getKravAsync(bo, id).join();
            assertEquals(new BigDecimal("12345.60"), read.getBeloeb());
            doedsbo.deleteKrav(bo, id);
            assertEquals(true, doedsbo.getKrav(bo, id).getSlettet());
            var nobodys = KravId.of("00000000-0000-4000-8000-000000000000");
            var gone = assertThrows(SkifteportalException.Portal.class, () -> doedsbo.getKrav(bo, nobodys));
            assertEquals(404, gone.getRefusal().getStatus());
            var later = assertThrows(CompletionException.class, () -> doedsbo.getKravAsync(bo, nobodys).join());
            assertInstanceOf(SkifteportalException.Portal.class, later.getCause());
        }
    }

    @Test
    void aReporterGetsNewCredentialsAndIsRemoved() {
        try (var client = sandbox.client().build()) {
            var party = sandbox.reporter();
            var caller = client.addReporter(party.clientId(), "wrong", party.identity());
            assertThrows(SkifteportalException.Portal.class, caller::token);
            client.replaceCredentials(caller, party.clientId(), party.clientSecret(), party.identity());
            caller.token().close();
            client.replaceCredentials(
                    caller, "https://practice-system.example", party.identity(), sandbox.apiUser().identity());
            caller.token().close();
            assertEquals(1, client.stats().getSignaturesTotal());
            client.removeReporter(caller);
            assertEquals(0, client.stats().getReporters());
            var removed = assertThrows(SkifteportalException.Session.class, caller::token);
            assertEquals("session.unknown_reporter", removed.getCode());
        }
    }

    @Test
    void aBrokenRuleIsSaidBeforeAnythingIsSent() {
        var krav = krav();
        krav.setOpgjortdato(LocalDate.of(2027, 1, 1));
        var checks = Checks.on(LocalDate.of(2026, 12, 1));
        var error = assertThrows(
                SkifteportalException.Call.class, () -> new Doedsbo().addKrav(DoedsbojournalId.of("1"), krav, checks));
        assertEquals("call.rules", error.getCode());
        assertEquals("doedsbo.f17", error.getViolations().get(0).getCode());
        assertTrue(error.getMessage().endsWith("(call.rules)"), error.getMessage());
        assertFalse(error.toString().contains("12345"), error.toString());
    }

    @Test
    void textsAreRefusedWhereTheyAreGiven() {
        assertEquals("id", assertThrows(SkifteportalException.class, () -> KravId.of("../x")).getCode());
        assertThrows(SkifteportalException.class, () -> CvrNummer.of("1"));
        var error = assertThrows(SkifteportalException.class, () -> CprNummer.of("1234"));
        assertFalse(error.getMessage().contains("1234"));
        assertThrows(SkifteportalException.class, () -> Timestamp.of("yesterday"));
        assertThrows(SkifteportalException.class, () -> PortalEnvironment.custom("x", "y", "z"));
    }

    @Test
    void idsAreValues() {
        assertEquals(KravId.of("a1"), KravId.of("a1"));
        assertEquals(KravId.of("a1").hashCode(), KravId.of("a1").hashCode());
        assertEquals("a1", KravId.of("a1").getValue());
        var noon = Instant.parse("2026-12-01T12:00:00Z");
        assertEquals(noon, Timestamp.of(noon).toInstant());
        assertEquals("2026-12-01T12:00:00Z", Timestamp.of(noon).getText());
    }

    @Test
    void nothingPersonalIsInATextForm() {
        var krav = krav();
        krav.setTitel(Fritekst.of("Testine"));
        var query = new DoedsbojournalQuery();
        query.setCprNummer(sandbox.cprNummer());
        var digits = sandbox.cprNummer().expose();
        for (var text : new String[] {krav.toString(), query.toString(), sandbox.cprNummer().toString()}) {
            assertFalse(text.contains("Testine") || text.contains("12345") || text.contains(digits), text);
        }
        var hostile = Fritekst.of("<b>&\"</script>");
        assertFalse(hostile.toString().contains("script"));
        assertFalse(hostile.html().contains("<"));
        assertFalse(hostile.attribute().contains("\""));
        assertFalse(hostile.javascript().contains("</"));
    }

    @Test
    void aPdfIsCheckedAndWrittenAnew() throws Exception {
        var bytes = Files.readAllBytes(Workspace.path("examples/rust/data/faktura-med-javascript.pdf"));
        try (var pdf = new Pdf();
                var profile = Profile.portal();
                var options = new SanitizeOptions()) {
            var report = pdf.check(bytes, profile);
            assertEquals(Verdict.REFUSED, report.getVerdict());
            var file = Workspace.path("examples/rust/data/faktura-med-javascript.pdf");
            assertEquals(report, PdfMemory.check(pdf, file, profile));
            var direct = ByteBuffer.allocateDirect(bytes.length + 10).position(7).put(bytes).limit(bytes.length + 7);
            for (var buffer : new ByteBuffer[] {direct.position(7), ByteBuffer.wrap(bytes)}) {
                int at = buffer.position();
                assertEquals(report, PdfMemory.check(pdf, buffer, profile));
                assertEquals(at, buffer.position());
            }
            var empty = PdfMemory.check(pdf, ByteBuffer.allocateDirect(0), profile);
            assertEquals(pdf.check(new byte[0], profile), empty);
            assertFalse(pdf.explain(report.getFindings().get(0), Language.DANISH).isEmpty());
            var clean = pdf.sanitize(bytes, profile, options);
            assertTrue(clean.getReport().getVerdict() != Verdict.REFUSED);
            assertFalse(java.util.Arrays.equals(bytes, clean.getBytes()));
        }
    }

    @Test
    void casesWithoutFieldsHaveOneInstance() {
        try (var errors = new Errors()) {
            assertEquals("network.timed_out", errors.failureCode(TransportFailure.TimedOut.INSTANCE));
            assertEquals("network.broken", errors.failureCode(new TransportFailure.Broken("cut")));
        }
    }

    @Test
    void aClosedObjectSaysSo() {
        var checks = Checks.none();
        checks.close();
        checks.close();
        assertThrows(IllegalStateException.class, checks::today);
    }

    /** Nothing that Java is to call has a mangled name or a type that Java does not have. */
    @Test
    void publicMethodsCanBeCalled() {
        var classes = new Class<?>[] {
            Caller.class, SkifteportalClient.class, Doedsbo.class, dk.skifteportal.DoedsboClient.class,
            dk.skifteportal.Session.class, dk.skifteportal.Pdf.class, dk.skifteportal.Certificate.class,
            dk.skifteportal.KeyStore.class, Krav.class, dk.skifteportal.model.Limits.class,
            dk.skifteportal.model.Report.class, dk.skifteportal.model.SessionSettings.class,
            dk.skifteportal.model.RawAnswer.class,
        };
        for (var type : classes) {
            for (var method : type.getDeclaredMethods()) {
                var open = Modifier.isPublic(method.getModifiers()) && !method.isSynthetic();
                // A name with `$` is that of something internal.
                if (open && !method.getName().contains("$")) {
                    assertFalse(method.getName().contains("-"), type + ": " + method);
                    assertFalse(method.toString().contains("kotlin.U"), type + ": " + method);
                    assertFalse(method.toString().contains("Continuation"), type + ": " + method);
                }
            }
        }
    }
}
