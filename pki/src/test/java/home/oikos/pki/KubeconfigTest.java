package home.oikos.pki;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
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
        assertEquals(client.keyPem(), decoded(text, "client-key-data: "));
    }

    private static String decoded(String text, String field) {
        var value = text.lines().filter(line -> line.contains(field)).findFirst().orElseThrow().strip().substring(field.length());
        return new String(Base64.getDecoder().decode(value));
    }
}
