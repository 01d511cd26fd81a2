package home.oikos.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The requests were made with OpenSSL, and their keys thrown away.
class SigningRequestTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    /// O=family, CN=kim, on P-256.
    private static final String KIM = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIHbMIGBAgEAMB8xDzANBgNVBAoMBmZhbWlseTEMMAoGA1UEAwwDa2ltMFkwEwYH
            KoZIzj0CAQYIKoZIzj0DAQcDQgAE8+ELwqu1nxS8mpdC/a1k0l7zuFLwlSrWxS33
            5m5YZAKuEIXIqy8/hTpYe1sswOP5zfaefb1mMPH75laGQVgcTKAAMAoGCCqGSM49
            BAMCA0kAMEYCIQDHQ/zcTUpKk6gWzhQntcoNo80H+XLrR1YVAo40LTiSVgIhAIcV
            cyMBRz/+RIBkDtCB2vOeM/AGG5OFUPvv9B+G2p0/
            -----END CERTIFICATE REQUEST-----
            """;
    /// CN=ed, Ed25519.
    private static final String ED = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIGMMEACAQAwDTELMAkGA1UEAwwCZWQwKjAFBgMrZXADIQA/iMg2A6oUady2O9Sd
            YqD44Q0uJYLNvC6LE/oaB92KjaAAMAUGAytlcANBAA29kEcfjHOJBqkTytijP7EQ
            eazQSVodeFSGIGyvBDLEnQkNPaUoHQfOiFUGJQA67eQ1YOCT78lGbmmkr8h85As=
            -----END CERTIFICATE REQUEST-----
            """;
    /// CN=lee, RSA.
    private static final String LEE = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIICUzCCATsCAQAwDjEMMAoGA1UEAwwDbGVlMIIBIjANBgkqhkiG9w0BAQEFAAOC
            AQ8AMIIBCgKCAQEAkdr+CqVLbbYcNEkFW/9m2agsMIm5DRwcNiilxaE443QA/c/Q
            c6v3N8n8m8MvqKF2h8xh5J2FcziXeDgb/8uaTVKCWKNd9394ag9hM4FwwRRDK+lh
            PIx8iHl+DazrgwKcQOuL5+9yAlyU7ULDWm+PJrOOwXUaQHddC5Z72H82p/hBKJuP
            5oNuk9Jy/o7QUuVbpVNH4p5TO6y5LyIeDRtSZIIVyprvG+NyPJmkUcL21Q6PGUIm
            Sl/O0nYSfoUVuSkMVQGkj3KMYbbH5o6cK3whOvzOTnK9hdrNXPpBZMqM6N939QG/
            7AUB+HWR/cjM1opA1ETt8HqfwsmJ6sDfQsl9ZwIDAQABoAAwDQYJKoZIhvcNAQEL
            BQADggEBAEx2UlJZTIUS6NYAthkWQ9abg2u/s0csZ2QNc2QORqSbpT4uLK3upO3B
            0uL4atRaFqko5KRNExxuGIGyHsk2CpOESsc6niUqD2r2kUEX0AXeOhVkrjQDbIHk
            C4LyxglarfiyEBmDWdw0x0o5Ok3k4h9Ajpnplqko+q1KcVWzHgwTX7i4qtxBEUA7
            Z1QNqfeE4jrEK4ckP1ma+cb9ZPHhslpVM2DeO8PQpY5AVr5ehv1edUdvQRi5n7Cx
            ZLqIiaXq3jPRuumoAdWnFLXb/wB95RkucOF7eJZTQr9gvUtaA/jKIXjr0wIHCvXh
            JjyO0tBTUCPOjcKKLu/2QqvZRmHV4ac=
            -----END CERTIFICATE REQUEST-----
            """;

    @TempDir
    Path directory;

    private CertificateAuthority authority() throws Exception {
        return CertificateAuthority.open(directory, new ServerNames(List.of("localhost"), List.of()), Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
    }

    @Test
    void aRequestNamesItsOwnerAndKey() throws Exception {
        assertEquals(new Subject("kim", List.of("family")), SigningRequest.read(KIM).subject());
        assertEquals("EC", SigningRequest.read(KIM).key().getAlgorithm());
        assertEquals("ed", SigningRequest.read(ED).subject().user());
        assertEquals("RSA", SigningRequest.read(LEE).key().getAlgorithm());
    }

    @Test
    void whatIsSignedIsACertificateOfAClientForTheTimeAskedForAndNotForLonger() throws Exception {
        var authority = authority();
        for (var pem : List.of(KIM, ED, LEE)) {
            var request = SigningRequest.read(pem);
            var certificate = authority.sign(request, Duration.ofHours(2));
            assertTrue(authority.vouchesForClient(certificate));
            assertEquals(request.subject(), Subject.of(certificate));
            assertEquals(request.key(), certificate.getPublicKey());
            assertEquals(NOW.plus(Duration.ofHours(2)), certificate.getNotAfter().toInstant());
            assertFalse(authority.sign(request, Duration.ofDays(5_000)).getNotAfter().toInstant().isAfter(NOW.plus(CertificateAuthority.LEAF_VALIDITY)));
        }
    }

    @Test
    void whatIsNoRequestIsRefusedInWords() {
        assertEquals("expected a PEM block CERTIFICATE REQUEST, found none", refusal("what"));
        assertEquals("the PEM block CERTIFICATE REQUEST holds no PKCS #10 request", refusal(block("")));
        // A length of two gigabytes in a value of nothing.
        assertEquals("the PEM block CERTIFICATE REQUEST holds no PKCS #10 request", refusal(block("MIR/////")));
        assertEquals("the PEM block CERTIFICATE REQUEST holds no PKCS #10 request", refusal(block("MIX/////////")));
        assertEquals("expected at most 32768 characters", refusal("x".repeat(40_000)));
    }

    private static String block(String base64) {
        return "-----BEGIN CERTIFICATE REQUEST-----\n" + base64 + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    @Test
    void anotherNameUnderTheSameSignatureIsRefused() {
        assertEquals("the request is not signed with its own key", refusal(KIM.replace("ZhbWlseTEM", "ZhbWlsaTEM")));
    }

    private static String refusal(String pem) {
        return assertThrows(GeneralSecurityException.class, () -> SigningRequest.read(pem)).getMessage();
    }
}
