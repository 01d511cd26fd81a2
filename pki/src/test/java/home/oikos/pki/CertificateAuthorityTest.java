package home.oikos.pki;

import static org.junit.jupiter.api.Assertions.*;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final ServerNames NAMES = new ServerNames(List.of("localhost", "pi", "pi.local", "kubernetes.default.svc.cluster.local"),
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("192.168.1.20"), InetAddress.ofLiteral("fd00::20")));
    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path directory;

    private CertificateAuthority at(Instant now) throws Exception {
        return CertificateAuthority.open(directory, NAMES, Clock.fixed(now, ZoneOffset.UTC), random);
    }

    private static void validate(CertificateAuthority authority, X509Certificate leaf, Instant at) throws Exception {
        // Java applies no constraints of a trust anchor, only those of certificates on the path: so the anchor is the bare key.
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, authority.certificate()));
        var anchor = new TrustAnchor(authority.certificate().getSubjectX500Principal(), authority.certificate().getPublicKey(), null);
        var parameters = new PKIXParameters(Set.of(anchor));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    @Test
    void serverCertificateIsValidForTheNamesOfTheMachine() throws Exception {
        var authority = at(NOW);
        var server = new CertificateFile(directory, authority).server(NAMES);
        validate(authority, server.certificate(), NOW);
        assertTrue(NAMES.missingFrom(server.certificate()).isEmpty());
    }

    @Test
    void authorityMayNotVouchForTheInternet() throws Exception {
        var authority = at(NOW);
        var bank = Issuer.of(KeyedCertificate.read(directory, "ca").orElseThrow(), random)
                .server(new ServerNames(List.of("bank.example"), List.of()), NOW, NOW.plus(Duration.ofDays(1)));
        assertThrows(CertPathValidatorException.class, () -> validate(authority, bank.certificate(), NOW));
        var address = Issuer.of(KeyedCertificate.read(directory, "ca").orElseThrow(), random)
                .server(new ServerNames(List.of("pi.local"), List.of(InetAddress.ofLiteral("8.8.8.8"))), NOW, NOW.plus(Duration.ofDays(1)));
        assertThrows(CertPathValidatorException.class, () -> validate(authority, address.certificate(), NOW));
    }

    @Test
    void namesTheAuthorityMayNotVouchForAreLeftOutAndDoNotCauseReissue() throws Exception {
        var authority = at(NOW);
        var files = new CertificateFile(directory, authority);
        var wider = new ServerNames(List.of("localhost", "renamed"), List.of(InetAddress.ofLiteral("8.8.8.8")));
        assertEquals(new ServerNames(List.of("renamed"), List.of(InetAddress.ofLiteral("8.8.8.8"))), authority.refused(wider));
        var first = files.server(wider);
        validate(authority, first.certificate(), NOW);
        assertEquals(first, files.server(wider));
    }

    @Test
    void publicAddressTheMachineHasAtTheBirthOfItsAuthorityIsPermittedAlone() throws Exception {
        var constraints = NameConstraints.around(new ServerNames(List.of("box"), List.of(InetAddress.ofLiteral("203.0.113.7"))));
        assertTrue(constraints.permits(InetAddress.ofLiteral("203.0.113.7")));
        assertFalse(constraints.permits(InetAddress.ofLiteral("203.0.113.8")));
        assertTrue(constraints.permits("box"));
        assertFalse(constraints.permits("inbox"));
    }

    @Test
    void sameCertificateIsReadAgainUntilAddressesChange() throws Exception {
        var files = new CertificateFile(directory, at(NOW));
        var first = files.server(NAMES);
        assertEquals(first, new CertificateFile(directory, at(NOW)).server(NAMES));
        var moved = new ServerNames(NAMES.hosts(), List.of(InetAddress.ofLiteral("10.0.0.9")));
        assertNotEquals(first, files.server(moved));
    }

    @Test
    void certificateIsReplacedBeforeItsEndAndWhenTheClockJumpedBack() throws Exception {
        var first = new CertificateFile(directory, at(NOW)).server(NAMES);
        var beforeRenewal = NOW.plus(CertificateAuthority.LEAF_VALIDITY).minus(CertificateAuthority.RENEWED_BEFORE).minus(Duration.ofDays(2));
        assertEquals(first, new CertificateFile(directory, at(beforeRenewal)).server(NAMES));
        var later = new CertificateFile(directory, at(beforeRenewal.plus(Duration.ofDays(2)))).server(NAMES);
        assertNotEquals(first, later);
        assertNotEquals(later, new CertificateFile(directory, at(Instant.EPOCH)).server(NAMES));
    }

    @Test
    void authorityBornWithoutAClockServesWhenTimeArrives() throws Exception {
        at(Instant.EPOCH);
        var authority = at(NOW);
        var server = new CertificateFile(directory, authority).server(NAMES);
        validate(authority, server.certificate(), NOW);
        assertTrue(server.certificate().getNotBefore().toInstant().isBefore(NOW), "backdated");
    }

    @Test
    void clientCertificateCarriesUserAndGroups() throws Exception {
        var authority = at(NOW);
        var admin = new CertificateFile(directory, authority).client("admin", "admin, the \"first\"", List.of("system:masters", "b+c"));
        assertEquals(new Subject("admin, the \"first\"", List.of("system:masters", "b+c")), Subject.of(admin.certificate()));
        assertTrue(authority.vouchesForClient(admin.certificate()));
        assertEquals(admin, new CertificateFile(directory, authority).client("admin", "admin, the \"first\"", List.of("system:masters",
                "b+c")));
    }

    @Test
    void onlyOwnValidClientCertificatesAreVouchedFor(@TempDir Path elsewhere) throws Exception {
        var authority = at(NOW);
        var foreign = CertificateAuthority.open(elsewhere, NAMES, Clock.fixed(NOW, ZoneOffset.UTC), random);
        assertFalse(authority.vouchesForClient(foreign.issueClient("admin", List.of("system:masters")).certificate()));
        assertFalse(authority.vouchesForClient(authority.issueServer(NAMES).certificate()), "a server's certificate is no login");
        assertFalse(authority.vouchesForClient(authority.certificate()), "nor is the CA's own");
        var admin = authority.issueClient("admin", List.of());
        assertFalse(at(NOW.plus(Duration.ofDays(400))).vouchesForClient(admin.certificate()), "expired");
    }

    @Test
    void keysAreForTheirOwnerOnly() throws Exception {
        new CertificateFile(directory, at(NOW)).server(NAMES);
        for (var name : List.of("ca.key", "server.key")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))));
        }
    }

    @Test
    void keyThatDoesNotFitItsCertificateIsReplaced() throws Exception {
        var authority = at(NOW);
        var files = new CertificateFile(directory, authority);
        files.server(NAMES);
        SecretFile.write(directory.resolve("server.key"), Pem.privateKey(Es256.generate(random).getPrivate()).getBytes());
        var replaced = files.server(NAMES);
        assertEquals(replaced, KeyedCertificate.read(directory, "server").orElseThrow());
    }
}
