package home.oikos.apiserver;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/// Dials with the JDK's own sockets: an upgraded or endless stream needs the bare connection, which no HTTP client hands out. Free for any
/// thread.
public final class SocketDialer implements Dialer {
    private static final TrustManager[] ANYBODY = {new Anybody()};

    @Override
    public NodeStream dial(Address address, Duration timeout) throws IOException {
        var socket = new Socket();
        try {
            int millis = Math.toIntExact(timeout.toMillis());
            socket.connect(new InetSocketAddress(address.host(), address.port()), millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            return new Stream(address.tls() == null ? socket : secured(socket, address));
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    private static Socket secured(Socket socket, Address address) throws IOException {
        var tls = address.tls();
        var secured = (SSLSocket) context(tls).getSocketFactory().createSocket(socket, tls.serverName(), address.port(), true);
        var parameters = secured.getSSLParameters();
        if (!tls.trusted()) parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (isName(tls.serverName())) parameters.setServerNames(List.of(new SNIHostName(tls.serverName())));
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /// An address is no server name (RFC 6066).
    private static boolean isName(String host) {
        return host.indexOf(':') < 0 && !host.matches("[0-9.]+");
    }

    private static SSLContext context(Tls tls) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, tls.trusted() ? ANYBODY : tls.authorities().length == 0 ? null : believed(tls.authorities()), new SecureRandom());
            return context;
        } catch (GeneralSecurityException wrong) {
            throw new IOException("unable to load root certificates: " + wrong.getMessage(), wrong);
        }
    }

    private static TrustManager[] believed(byte[] authorities) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (var each : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(authorities))) {
            store.setCertificateEntry("authority-" + number++, each);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private record Stream(Socket socket) implements NodeStream {
        @Override
        public InputStream in() {
            try {
                return socket.getInputStream();
            } catch (IOException closed) {
                return InputStream.nullInputStream();
            }
        }

        @Override
        public OutputStream out() {
            try {
                return socket.getOutputStream();
            } catch (IOException closed) {
                return OutputStream.nullOutputStream();
            }
        }

        @Override
        public void shutdownOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /// Believes whoever answers. For an administrator who has said so.
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) { }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
