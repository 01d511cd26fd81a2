package home.oikos.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Makes the TLS side of a [Config].
final class TlsContext {
    private static final char[] NO_PASSWORD = {};

    private TlsContext() { }

    static SSLContext of(Config.Tls tls, Config.Credentials credentials) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(credentials), trust(tls), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the TLS material cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static KeyManager[] keys(Config.Credentials credentials) throws GeneralSecurityException, IOException {
        if (!(credentials instanceof Config.Credentials.Certificate(var chain, var key))) return null;
        var store = emptyStore();
        store.setKeyEntry("client", PemKey.read(key), NO_PASSWORD, certificates(chain));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(Config.Tls tls) throws GeneralSecurityException, IOException {
        if (tls.insecure()) return new TrustManager[] {new TrustsAnyone()};
        if (tls.ca().isEmpty()) return null;
        var store = emptyStore();
        var authorities = certificates(tls.ca().get());
        for (int i = 0; i < authorities.length; i++) store.setCertificateEntry("ca" + i, authorities[i]);
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /// In memory only, without a password and its slow key derivation.
    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("JKS");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Certificate[] certificates(String pem) throws GeneralSecurityException {
        var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
        return CertificateFactory.getInstance("X.509").generateCertificates(in).toArray(Certificate[]::new);
    }

    /// For a kubeconfig that says insecure-skip-tls-verify. Extended, because the JDK adds its host name check to plain ones.
    private static final class TrustsAnyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) { }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
