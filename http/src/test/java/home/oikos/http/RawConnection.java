package home.oikos.http;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/// A TLS connection that says what a well-behaved client would not.
final class RawConnection implements AutoCloseable {
    private final SSLSocket socket;

    RawConnection(HttpServer server) throws IOException {
        socket = (SSLSocket) TestIdentity.SERVER.trustedBy(null).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.startHandshake();
    }

    RawConnection say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /// Everything until the server hangs up.
    String hear() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    String hearLine() throws IOException {
        var line = new StringBuilder();
        for (var c = socket.getInputStream().read(); c >= 0 && c != '\n'; c = socket.getInputStream().read()) line.append((char) c);
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
