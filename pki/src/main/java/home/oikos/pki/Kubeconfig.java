package home.oikos.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/// A kubeconfig with everything in it, so that one file can be copied to a laptop.
/// @param cluster how cluster, context and user are called in it
/// @param server for example `https://127.0.0.1:6443`
public record Kubeconfig(String cluster, String server, String authorityPem, KeyedCertificate client) {
    /// Replaces the file in one step, readable by its owner only.
    public void write(Path file) throws IOException {
        SecretFile.write(file, text().getBytes(StandardCharsets.UTF_8));
    }

    String text() {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    server: %2$s
                    certificate-authority-data: %3$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %1$s
                current-context: %1$s
                users:
                - name: %1$s
                  user:
                    client-certificate-data: %4$s
                    client-key-data: %5$s
                """.formatted(cluster, server, base64(authorityPem), base64(client.certificatePem()), base64(client.clientKeyPem()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
