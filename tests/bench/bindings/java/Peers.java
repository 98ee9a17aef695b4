import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;

/** The same work as other libraries for Java do it. */
final class Peers {
    private static final URI KRAV = URI.create(
            "https://api.test-minskiftesag.net/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08/krav");

    final ObjectMapper json = new ObjectMapper();
    private final String token;
    private final String audience;
    private final List<Base64> certificates;
    private final RSASSASigner signer;

    Peers(String token, String audience, List<Base64> certificates, PrivateKey key) {
        this.token = token;
        this.audience = audience;
        this.certificates = certificates;
        signer = new RSASSASigner(key);
    }

    HttpRequest request() throws Exception {
        var krav = new LinkedHashMap<String, Object>();
        krav.put("beskrivelse", "Faktura 20261101-17, levering af varme i oktober 2026");
        krav.put("beloeb", new BigDecimal("12345.67"));
        krav.put("endeligt", false);
        krav.put("opgjortdato", "2026-11-01");
        return HttpRequest.newBuilder(KRAV)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(krav)))
                .build();
    }

    SignedJWT unsigned(Instant now) throws Exception {
        var sha256 = MessageDigest.getInstance("SHA-256");
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .x509CertChain(certificates)
                .x509CertSHA256Thumbprint(Base64URL.encode(sha256.digest(certificates.get(0).decode())))
                .build();
        var claims = new JWTClaimsSet.Builder()
                .issuer("https://reporter.example")
                .subject("11223344")
                .audience(audience)
                .jwtID("0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7")
                .expirationTime(Date.from(now.plusSeconds(50)))
                .build();
        return new SignedJWT(header, claims);
    }

    String signed(Instant now) throws Exception {
        var jwt = unsigned(now);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
