package home.oikos.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/// Hands the TLS library the key of the moment, so that a certificate can be replaced while the server runs. A handshake asks three
/// times (which, its chain, its key); the one before last is kept for handshakes that are under way when it is replaced.
final class CurrentKey extends X509ExtendedKeyManager {
    private record Generation(long number, ServerCertificate certificate, ServerCertificate before) { }

    private volatile Generation generation;

    CurrentKey(ServerCertificate certificate) {
        generation = new Generation(0, certificate, certificate);
    }

    synchronized void replace(ServerCertificate certificate) {
        generation = new Generation(generation.number + 1, certificate, generation.certificate);
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        var now = generation;
        return now.certificate.key().getAlgorithm().equals(keyType) ? Long.toString(now.number) : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return of(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return of(alias).key();
    }

    private ServerCertificate of(String alias) {
        var now = generation;
        return Long.toString(now.number).equals(alias) ? now.certificate : now.before;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        var alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
