package home.oikos.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key with a self-signed certificate, made by keytool; a server's or a client's.
record TestIdentity(KeyStore store) {
    private static final String PASSWORD = "password";
    static final TestIdentity SERVER = create("localhost");
    static final TestIdentity CLIENT = create("admin");

    static TestIdentity create(String commonName) {
        try {
            var directory = Files.createTempDirectory("identity");
            var file = directory.resolve("store.p12");
            keytool("-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=" + commonName, "-ext", "san=dns:localhost,ip:127.0.0.1",
                    "-keystore", file.toString(), "-storepass", PASSWORD, "-validity", "30");
            var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            Files.delete(file);
            Files.delete(directory);
            return new TestIdentity(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no test certificate", e);
        }
    }

    private static void keytool(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) throw new IOException(output);
    }

    X509Certificate certificate() {
        try {
            return (X509Certificate) store.getCertificate("key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    ServerCertificate asServer() {
        try {
            return new ServerCertificate((PrivateKey) store.getKey("key", PASSWORD.toCharArray()), List.of(certificate()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A client's TLS that trusts this identity alone, and proves `self` unless it is null.
    SSLContext trustedBy(TestIdentity self) {
        try {
            var trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("server", certificate());
            var trustFactory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustFactory.init(trust);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(self == null ? new KeyManager[0] : self.keyManagers(), trustFactory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyManager[] keyManagers() throws GeneralSecurityException {
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        return factory.getKeyManagers();
    }
}
