package home.oikos.pki;

import static org.junit.jupiter.api.Assertions.*;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPrivateKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
    @Test
    void holdsEverythingAndIsForItsOwnerOnly(@TempDir Path directory) throws Exception {
        var authority = CertificateAuthority.open(directory, new ServerNames(List.of("localhost"), List.of()), Clock.systemUTC(),
                new SecureRandom());
        var client = authority.issueClient("admin", List.of("system:masters"));
        var file = directory.resolve("home/kubeconfig");
        new Kubeconfig("oikos", "https://127.0.0.1:6443", authority.certificatePem(), client).write(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        var text = Files.readString(file);
        assertTrue(text.contains("    server: https://127.0.0.1:6443\n"), text);
        assertEquals(authority.certificatePem(), decoded(text, "certificate-authority-data: "));
        assertEquals(client.certificatePem(), decoded(text, "client-certificate-data: "));
        assertEquals(client.clientKeyPem(), decoded(text, "client-key-data: "));
    }

    @Test
    void theKeyIsInTheFormThatTellsClientsItsAlgorithmAndHoldsItsPublicHalf(@TempDir Path directory) throws Exception {
        var pair = Es256.generate(new SecureRandom());
        var file = directory.resolve("key");
        Files.writeString(file, Pem.ecPrivateKey((ECPrivateKey) pair.getPrivate(), pair.getPublic()));
        assertTrue(Files.readString(file).startsWith("-----BEGIN EC PRIVATE KEY-----\n"));
        var openssl = new ProcessBuilder("openssl", "pkey", "-in", file.toString(), "-pubout", "-check").redirectErrorStream(true).start();
        var words = new String(openssl.getInputStream().readAllBytes());
        assertTrue(words.contains("Key is valid") && words.contains(Pem.publicKey(pair.getPublic())), words);
    }

    @Test
    void aKeyThatBeginsWithZerosKeepsItsLength() throws Exception {
        var pair = Es256.generate(new SecureRandom());
        var spec = new ECPrivateKeySpec(BigInteger.TWO, ((ECPrivateKey) pair.getPrivate()).getParams());
        var small = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec);
        var der = Base64.getMimeDecoder().decode(Pem.ecPrivateKey(small, pair.getPublic()).replaceAll("-----[A-Z ]+-----", ""));
        assertEquals(121, der.length);
        assertEquals("0420" + "0".repeat(63) + "2", HexFormat.of().formatHex(der, 5, 39));
    }

    private static String decoded(String text, String field) {
        var value = text.lines().filter(line -> line.contains(field)).findFirst().orElseThrow().strip().substring(field.length());
        return new String(Base64.getDecoder().decode(value));
    }
}
