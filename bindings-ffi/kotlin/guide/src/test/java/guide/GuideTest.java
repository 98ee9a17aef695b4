package guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dk.skifteportal.Pdf;
import dk.skifteportal.Profile;
import dk.skifteportal.model.DoedsbojournalQuery;
import dk.skifteportal.model.Krav;
import dk.skifteportal.model.Page;
import dk.skifteportal.model.SkifteportalException;
import dk.skifteportal.model.TokenKind;
import dk.skifteportal.model.Verdict;
import dk.skifteportal.testing.Sandbox;
import dk.skifteportal.testing.SandboxExtension;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything that docs/java.md shows does what it says. */
@ExtendWith(SandboxExtension.class)
class GuideTest {
    private static final BigDecimal BELOEB = new BigDecimal("12345.60");

    private static byte[] file(String name) throws Exception {
        return Files.readAllBytes(Path.of("../../../examples/rust/data", name));
    }

    @Test
    void theLibraryIsWrittenWhereJnaIsTold() throws Exception {
        new Pdf().close();
        try (var files = Files.list(Path.of(System.getProperty("jna.tmpdir")))) {
            assertTrue(files.findAny().isPresent()); // JNA's own may be gone once it is loaded; ours stays
        }
    }

    @Test
    void aClientIsMade() {
        try (var client = Claims.client()) {
            assertEquals(0, client.stats().getReporters());
        }
    }

    @Test
    void aClaimIsFiled(Sandbox sandbox) throws Exception {
        try (var client = sandbox.client().build()) {
            var party = sandbox.reporter();
            var caller = Claims.reporter(
                    client, party.certificateFile(), party.password(), party.clientId(), party.clientSecret());
            assertNotNull(Claims.fileAClaim(caller, sandbox.cprNummer(), BELOEB, file("faktura.pdf")));
            assertTrue(sandbox.control("GET", "/requests", "").contains("bilag"));
        }
    }

    @Test
    void theJdksKeyStoresServe(Sandbox sandbox) throws Exception {
        var party = sandbox.reporter();
        var password = party.password().toCharArray();
        var store = java.security.KeyStore.getInstance(party.certificateFile().toFile(), password);
        var alias = store.aliases().nextElement();
        var identity = Certificates.fromKeyStore(party.certificateFile(), alias, password);
        assertEquals(party.identity().getChain(), identity.getChain());
        try (var client = sandbox.client().build()) {
            var caller = client.addReporter(party.clientId(), party.clientSecret(), identity);
            caller.token().close();
        }
    }

    @Test
    void assertionsAreSigned(Sandbox sandbox) {
        try (var client = sandbox.client().build()) {
            var reporter = sandbox.reporter().identity();
            var caller = Certificates.byAssertion(client, reporter, sandbox.apiUser().identity());
            try (var token = caller.token()) {
                assertEquals(TokenKind.DIRECT, token.kind());
            }
            assertEquals(1, client.stats().getSignaturesTotal());
        }
    }

    @Test
    void certificatesThatExpireAreTold(Sandbox sandbox) {
        assertNull(Certificates.warning(sandbox.reporter().identity()));
        var warning = Certificates.warning(sandbox.party("/refusedCertificates/expired").identity());
        assertTrue(warning.contains("UI:DK-O:G:"), warning);
    }

    @Test
    void customersHaveTokensOfTheirOwn(Sandbox sandbox) {
        try (var client = sandbox.client().build()) {
            var customers = new Customers(client, name -> {
                var party = name.equals("a") ? sandbox.reporter() : sandbox.otherReporter();
                return new Customers.Settings(party.clientId(), party.clientSecret(), party.identity());
            });
            assertSame(customers.of("a"), customers.of("a"));
            try (var a = customers.of("a").token(); var b = customers.of("b").token()) {
                assertNotEquals(a.accessToken(), b.accessToken());
            }
            customers.of("a").token().close();
            assertEquals(2, client.stats().getTokenRequestsTotal());
        }
    }

    @Test
    void customersAreRenewedAndRemoved(Sandbox sandbox) {
        try (var client = sandbox.client().build()) {
            var party = sandbox.reporter();
            // Another company's certificate stands for a renewed one.
            var certificates = List.of(party.identity(), sandbox.otherReporter().identity()).iterator();
            var customers = new Customers(client, name ->
                    new Customers.Settings(party.clientId(), party.clientSecret(), certificates.next()));
            var caller = customers.of("a");
            caller.token().close();
            customers.renew("a");
            assertSame(caller, customers.of("a"));
            caller.token().close();
            assertEquals(2, client.stats().getTokenRequestsTotal());
            customers.remove("a");
            assertThrows(SkifteportalException.Session.class, caller::token);
            assertEquals(0, client.stats().getReporters());
        }
    }

    @Test
    void aLikvidatorIsActedFor(Sandbox sandbox) {
        try (var client = sandbox.client().build()) {
            var system = sandbox.likvidatorSystem().addTo(client);
            assertFalse(Likvidatorer.sager(system, sandbox.adgangsprofil()).isEmpty());
        }
    }

    @Test
    void failuresAreTold(Sandbox sandbox) {
        try (var client = sandbox.client().build()) {
            var caller = sandbox.reporter().addTo(client);
            var query = new DoedsbojournalQuery();
            query.setCprNummer(sandbox.cprNummer());
            var bo = caller.doedsbo().searchBo(query, new Page()).getItems().get(0).getId();
            var krav = new Krav();
            krav.setBeloeb(BELOEB);
            assertEquals("Indsendt.", Failures.outcome(() -> caller.doedsbo().addKrav(bo, krav)));
            for (var fault : new String[][] {
                {"{\"kind\":\"dropAfterProcessing\"}", "Måske indsendt."},
                {"{\"kind\":\"garbage\"}", "Indsendt, men"},
                {"{\"kind\":\"status\",\"status\":403}", "Afvist: "},
            }) {
                sandbox.fault("{\"host\":\"api\",\"match\":{\"method\":\"POST\"},\"fault\":" + fault[0] + "}");
                var told = Failures.outcome(() -> caller.doedsbo().addKrav(bo, krav));
                assertTrue(told.startsWith(fault[1]), told);
            }
            krav.setOpgjortdato(LocalDate.of(2999, 1, 1));
            var told = Failures.outcome(() -> caller.doedsbo().addKrav(bo, krav));
            assertTrue(told.startsWith("Ikke sendt: "), told);
        }
    }

    @Test
    void filesAreMadeSafe() throws Exception {
        var told = new ArrayList<String>();
        var good = file("faktura.pdf");
        assertSame(good, Pdfs.safe(good, told::add));
        var bad = file("faktura-med-javascript.pdf");
        var safe = Pdfs.safe(bad, told::add);
        assertFalse(told.isEmpty());
        try (var pdf = new Pdf(); var profile = Profile.portal()) {
            assertEquals(Verdict.REFUSED, pdf.check(bad, profile).getVerdict());
            assertNotEquals(Verdict.REFUSED, pdf.check(safe, profile).getVerdict());
        }
        assertArrayEquals(safe, Pdfs.safe(safe, ignored -> { }));
    }
}
