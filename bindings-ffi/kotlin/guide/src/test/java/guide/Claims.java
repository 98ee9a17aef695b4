package guide;

import dk.skifteportal.Caller;
import dk.skifteportal.ClientIdentity;
import dk.skifteportal.KeyStore;
import dk.skifteportal.PortalEnvironment;
import dk.skifteportal.Profile;
import dk.skifteportal.SkifteportalClient;
import dk.skifteportal.model.CprNummer;
import dk.skifteportal.model.DoedsbojournalQuery;
import dk.skifteportal.model.Krav;
import dk.skifteportal.model.KravId;
import dk.skifteportal.model.Page;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first claim. */
final class Claims {
    private Claims() {}

    // snippet: client
    /** One client for the whole program: tokens, connections and rate limits are shared in it. */
    static SkifteportalClient client() {
        return SkifteportalClient.builder(PortalEnvironment.test()).build();
    }
    // end of snippet

    // snippet: add_reporter
    /** A reporter by variant A: its certificate, and the client id and secret that the portal issued. */
    static Caller reporter(
            SkifteportalClient client, Path p12, String password, String clientId, String clientSecret)
            throws IOException {
        try (var store = KeyStore.fromPkcs12(Files.readAllBytes(p12), password)) {
            return client.addReporter(clientId, clientSecret, ClientIdentity.of(store));
        }
    }
    // end of snippet

    // snippet: file_a_claim
    /** Finds a dødsbo by CPR number and files a claim with a PDF attached. */
    static KravId fileAClaim(Caller caller, CprNummer cpr, BigDecimal beloeb, byte[] pdf) {
        var doedsbo = caller.doedsbo();
        var query = new DoedsbojournalQuery();
        query.setCprNummer(cpr);
        var bo = doedsbo.searchBo(query, new Page()).getItems().get(0).getId();
        var krav = new Krav();
        krav.setBeloeb(beloeb);
        var id = doedsbo.addKrav(bo, krav).getId();
        doedsbo.uploadKravBilag(bo, id, "faktura.pdf", pdf, Profile.portal());
        return id;
    }
    // end of snippet
}
