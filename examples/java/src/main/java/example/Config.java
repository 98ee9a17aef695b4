package example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.skifteportal.ClientIdentity;
import dk.skifteportal.KeyStore;
import dk.skifteportal.PortalEnvironment;
import dk.skifteportal.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** A configuration file: who files, in which environment. The sandbox writes one. */
final class Config {
    private final Path folder;
    private final JsonNode root;

    Config(Path file) throws IOException {
        folder = file.toAbsolutePath().getParent();
        root = new ObjectMapper().readTree(file.toFile());
    }

    PortalEnvironment environment() {
        var hosts = root.get("environment");
        var environment = PortalEnvironment.custom(
                hosts.get("sysauth").textValue(), hosts.get("auth").textValue(), hosts.get("api").textValue());
        for (var path : root.get("paths").properties()) {
            environment = environment.withPath(path.getKey(), path.getValue().textValue());
        }
        return environment;
    }

    List<X509Certificate> authorities() throws IOException {
        return Tls.certificates(read(root.get("trustAnchors")));
    }

    JsonNode reporter() {
        return root.get("reporters").get(0);
    }

    JsonNode apiUser() {
        return root.get("apiUser");
    }

    JsonNode likvidator() {
        return root.get("likvidator");
    }

    JsonNode testData() {
        return root.get("testData");
    }

    KeyStore store(JsonNode party) throws IOException {
        return KeyStore.fromPkcs12(read(party.get("certificate")), new String(read(party.get("passwordFile"))));
    }

    ClientIdentity identity(JsonNode party) throws IOException {
        try (var store = store(party)) {
            return ClientIdentity.of(store);
        }
    }

    String clientSecret(JsonNode party) throws IOException {
        return new String(read(party.get("clientSecretFile")));
    }

    private byte[] read(JsonNode path) throws IOException {
        return Files.readAllBytes(folder.resolve(path.textValue()));
    }
}
