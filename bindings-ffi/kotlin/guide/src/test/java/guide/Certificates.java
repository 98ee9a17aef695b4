package guide;

import dk.skifteportal.Caller;
import dk.skifteportal.ClientIdentity;
import dk.skifteportal.SkifteportalClient;
import dk.skifteportal.model.Timestamp;
import dk.skifteportal.model.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;

/** Where certificates come from. */
final class Certificates {
    private Certificates() {}

    // snippet: jdk_key_store
    /** Out of a key store that the JDK reads. */
    static ClientIdentity fromKeyStore(Path file, String alias, char[] password)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        return ClientIdentity.of(store, alias, password);
    }
    // end of snippet

    // snippet: token
    /** The JDK's provider for a token: made once, since the keys of one are of no use to another. */
    static Provider token(Path configuration) {
        var provider = Security.getProvider("SunPKCS11").configure(configuration.toString());
        Security.addProvider(provider); // TLS asks all providers for one that can use the key
        return provider;
    }

    /** A key in an HSM or a smart card: the JDK gets a handle of it, and never its bytes. */
    static ClientIdentity onToken(Provider token, String alias, char[] pin)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS11", token);
        store.load(null, pin);
        return ClientIdentity.of(store, alias);
    }
    // end of snippet

    // snippet: variant_b
    /** A reporter by variant B: its key signs, the API user's certificate connects. */
    static Caller byAssertion(SkifteportalClient client, ClientIdentity reporter, ClientIdentity apiUser) {
        return client.addReporter("https://practice-system.example", reporter, apiUser);
    }
    // end of snippet

    // snippet: expiry
    /** What to tell the operator about a certificate, four weeks ahead; null if there is nothing. */
    static String warning(ClientIdentity identity) {
        try (var certificate = identity.getCertificate()) {
            var validity = certificate.validityAt(Timestamp.now(), 28);
            return validity instanceof Validity.Valid
                    ? null
                    : certificate.subjectSerialNumber() + " is valid until " + certificate.notAfter();
        }
    }
    // end of snippet
}
