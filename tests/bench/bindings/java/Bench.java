import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.util.Base64;
import dk.skifteportal.Checks;
import dk.skifteportal.Defaults;
import dk.skifteportal.Doedsbo;
import dk.skifteportal.HeaderField;
import dk.skifteportal.HttpRequest;
import dk.skifteportal.HttpResponse;
import dk.skifteportal.KeyStore;
import dk.skifteportal.Pdf;
import dk.skifteportal.PdfMemory;
import dk.skifteportal.PortalEnvironment;
import dk.skifteportal.Profile;
import dk.skifteportal.Token;
import dk.skifteportal.UnsignedAssertion;
import dk.skifteportal.model.AssertionSettings;
import dk.skifteportal.model.DoedsbojournalId;
import dk.skifteportal.model.Fritekst;
import dk.skifteportal.model.Krav;
import dk.skifteportal.model.KravId;
import dk.skifteportal.model.Timestamp;
import dk.skifteportal.model.TokenKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The rows of `cargo xtask bench bindings`, by the jar. */
public final class Bench {
    private static final char[] PASSWORD = "fixture".toCharArray();

    private final Path folder;
    private final PortalEnvironment environment = PortalEnvironment.test();
    private final Instant moment = Instant.parse("2026-12-01T12:00:00Z");
    private final Timestamp now = Timestamp.of(moment);
    private final Checks checks = Checks.at(now);
    private final Doedsbo doedsbo = new Doedsbo();
    private final DoedsbojournalId journal = DoedsbojournalId.of("e25d84d3-7aec-4361-84da-93125cb83f08");
    private final KravId id = KravId.of("4b97d591-1b88-4b70-81bc-7a4c4a227627");
    private final Pdf pdf = new Pdf();
    private final Profile profile = Profile.portal();
    private final List<HeaderField> headers = List.of(new HeaderField("Content-Type", "application/json"));
    private final byte[] entropy = new byte[32];
    private final Token token;
    private final KeyStore store;
    private final AssertionSettings settings = new Defaults().assertion("https://reporter.example", "11223344");
    private final PrivateKey key;
    private final Peers peers;

    private Bench(Path folder) throws Exception {
        this.folder = folder;
        String access = Files.readString(folder.resolve("token"));
        token = new Token(access, TokenKind.DIRECT, null);
        byte[] p12 = read("reporter.p12");
        store = KeyStore.fromPkcs12(p12, new String(PASSWORD));
        var jdk = java.security.KeyStore.getInstance("PKCS12");
        jdk.load(new ByteArrayInputStream(p12), PASSWORD);
        String alias = jdk.aliases().nextElement();
        key = (PrivateKey) jdk.getKey(alias, PASSWORD);
        var chain = new ArrayList<Base64>();
        for (var certificate : jdk.getCertificateChain(alias)) {
            chain.add(Base64.encode(certificate.getEncoded()));
        }
        peers = new Peers(access, environment.audience(), chain, key);
    }

    public static void main(String[] words) throws Exception {
        Logger.getLogger("org.apache.pdfbox").setLevel(Level.OFF);
        Logger.getLogger("org.apache.fontbox").setLevel(Level.OFF);
        var bench = new Bench(Path.of(words[1]));
        switch (words[0]) {
            case "measure" -> bench.measure(Double.parseDouble(words[2]));
            case "memory" -> bench.memory(words[2]);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private byte[] read(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    private void measure(double seconds) throws Exception {
        var clock = new Clock(seconds);
        System.out.printf("{\"who\":\"Java\",\"version\":\"Java %s (%s)\"}%n",
                System.getProperty("java.version"), System.getProperty("java.vm.name"));
        try (var response = new HttpResponse(200, headers, new byte[0])) {
            clock.ours("cheapest", response::isSuccess);
        }
        clock.ours("request", () -> {
            try (var request = request()) {
                return request;
            }
        });
        clock.ours("request_read", () -> {
            try (var request = request()) {
                return List.of(request.method(), request.url(), request.headers(), request.body());
            }
        });
        clock.peer("request_read", "Jackson and java.net.http", peers::request);
        decode(clock);
        sign(clock);
        pdf(clock);
        byte[] bilag = read("bilag.pdf");
        clock.ours("upload", () -> {
            try (var request = upload(bilag)) {
                return request;
            }
        });
        clock.ours("upload_read", () -> {
            try (var request = upload(bilag)) {
                return request.body();
            }
        });
    }

    private HttpRequest request() {
        var krav = new Krav();
        krav.setBeskrivelse(Fritekst.of("Faktura 20261101-17, levering af varme i oktober 2026"));
        krav.setBeloeb(new BigDecimal("12345.67"));
        krav.setEndeligt(false);
        krav.setOpgjortdato(LocalDate.of(2026, 11, 1));
        try (var call = doedsbo.addKrav(journal, krav, checks); var prepared = call.prepared()) {
            return prepared.toRequest(environment, token);
        }
    }

    private HttpRequest upload(byte[] bytes) {
        try (var call = doedsbo.uploadKravBilag(journal, id, "bilag.pdf", bytes, checks, null);
                var prepared = call.prepared()) {
            return prepared.toRequest(environment, token);
        }
    }

    private void decode(Clock clock) throws Exception {
        try (var one = doedsbo.getKrav(journal, id); var all = doedsbo.getAllKrav(journal)) {
            for (int count : new int[] {1, 100, 10_000}) {
                byte[] body = read("krav-" + count + ".json");
                clock.ours("decode_" + count, () -> {
                    try (var response = new HttpResponse(200, headers, body)) {
                        return count == 1 ? one.outcome(response, now) : all.outcome(response, now);
                    }
                });
                clock.peer("decode_" + count, "Jackson, tree", () -> peers.json.readTree(body));
            }
        }
    }

    private UnsignedAssertion unsigned() {
        try (var chain = store.chain()) {
            return UnsignedAssertion.prepare(
                    settings, environment.audience(), chain, now, "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7");
        }
    }

    private String signed() {
        try (var unsigned = unsigned(); var key = store.key(); var signed = unsigned.sign(key, entropy)) {
            return signed.jwt();
        }
    }

    private String signedOutside() throws Exception {
        try (var unsigned = unsigned()) {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(unsigned.signingInput());
            try (var signed = unsigned.withSignature(signature.sign())) {
                return signed.jwt();
            }
        }
    }

    private void sign(Clock clock) throws Exception {
        // A comparison is one only where both make the same.
        same(signed(), peers.signed(moment));
        same(signed(), signedOutside());
        clock.ours("signing_input", () -> {
            try (var unsigned = unsigned()) {
                return unsigned.signingInput();
            }
        });
        clock.peer("signing_input", "nimbus", () -> peers.unsigned(moment).getSigningInput());
        clock.ours("sign", Bench.this::signed);
        clock.peer("sign", "nimbus", () -> peers.signed(moment));
        clock.ours("sign_outside", this::signedOutside);
    }

    private void same(String one, String other) throws IOException {
        for (int part = 0; part < 2; part++) {
            if (!part(one, part).equals(part(other, part))) {
                throw new IllegalStateException("two assertions differ: " + part(one, part) + " and " + part(other, part));
            }
        }
    }

    private JsonNode part(String jwt, int number) throws IOException {
        return peers.json.readTree(java.util.Base64.getUrlDecoder().decode(jwt.split("\\.")[number]));
    }

    private void pdf(Clock clock) throws Exception {
        for (String size : new String[] {"small", "large"}) {
            byte[] file = read(size + ".pdf");
            clock.ours("pdf_" + size, () -> pdf.check(file, profile));
            if (size.equals("large")) {
                var outside = outside(file);
                clock.ours("pdf_large_at", () -> PdfMemory.check(pdf, outside, profile));
            }
            if (!Read.read(file)) {
                throw new IllegalStateException("PDFBox does not read " + size + ".pdf");
            }
            clock.peer("pdf_" + size, "PDFBox", () -> Read.read(file));
        }
    }

    /** A file in memory outside of the heap, as a mapped one is. */
    private static ByteBuffer outside(byte[] file) {
        return ByteBuffer.allocateDirect(file.length).put(file).flip();
    }

    /** One row in a fresh process; what it loads and compiles is there by then. */
    private void memory(String row) throws Exception {
        byte[] small = read("small.pdf");
        pdf.check(small, profile);
        upload(small).close();
        Read.read(small);
        byte[] file = read("large.pdf");
        switch (row) {
            case "pdf_large" -> Clock.memory(row, null, () -> pdf.check(file, profile));
            case "pdf_large_at" -> {
                var outside = outside(file);
                Clock.memory(row, null, () -> PdfMemory.check(pdf, outside, profile));
            }
            case "upload_large" -> Clock.memory(row, null, () -> upload(file));
            case "pdf_large_peer" -> Clock.memory("pdf_large", "PDFBox", () -> Read.read(file));
            default -> throw new IllegalArgumentException(row);
        }
    }
}
