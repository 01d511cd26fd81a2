package home.oikos.http;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The server library's settings, in one place.
final class LibraryOptions {
    /// Within it a client must have finished its TLS handshake; afterwards [Limits#idleTimeout] watches it.
    private static final long HANDSHAKE_TIMEOUT_SECONDS = 10;
    /// Streams that a client may reset within ten seconds (CVE-2023-44487). A client that drops all its watches at once resets as
    /// many as it may have open, so this is four times that; an attack resets that many in a millisecond.
    private static final int RESETS_MAX = 1_000;
    private static final int RESET_WINDOW_SECONDS = 10;
    /// What a client may send on one stream before its handler reads: small, for many streams stay unread.
    private static final int STREAM_WINDOW_BYTES = 64 << 10;
    private static final int CONNECTION_WINDOW_BYTES = 256 << 10;

    /// All that the JDK has for TLS 1.3, in its order. Unnamed, the library would make a TLS context of its own to ask for them.
    private static final List<String> CIPHERS = List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

    private LibraryOptions() { }

    static HttpServerOptions of(Limits limits, CurrentKey key) {
        var options = new HttpServerOptions()
                .setMaxHeaderSize(limits.headerBytesMax())
                .setMaxInitialLineLength(limits.headerBytesMax())
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
                .setHttp2RstFloodMaxRstFramePerWindow(RESETS_MAX)
                .setHttp2RstFloodWindowDuration(RESET_WINDOW_SECONDS)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(limits.streamsPerConnectionMax())
                        .setMaxHeaderListSize(limits.headerBytesMax())
                        .setInitialWindowSize(STREAM_WINDOW_BYTES)
                        .setPushEnabled(false))
                .setWebSocketSubProtocols(List.of("*"))                          // ours is chosen per request, see SocketWebSocket
                .setMaxWebSocketFrameSize(limits.webSocketMessageBytesMax())
                .setMaxWebSocketMessageSize(limits.webSocketMessageBytesMax())
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        tls(options, key);
        return options;
    }

    private static void tls(HttpServerOptions options, CurrentKey key) {
        CIPHERS.forEach(options::addEnabledCipherSuite);
        options.setSsl(true).setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(KeyCertOptions.wrap(key))
                .setTrustOptions(TrustOptions.wrap(new AnyClient()))
                .setClientAuth(ClientAuth.REQUEST)
                .setSslHandshakeTimeout(HANDSHAKE_TIMEOUT_SECONDS).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true);
    }
}
