package home.oikos.driver.onewire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// Something on owserver's port that answers as a test tells it to: what a real one does not do on command, or never does.
final class ScriptedServer implements Closeable {
    private static final int CONNECTED = 0x104;
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Function<String, byte[]> answers;
    volatile String directory = "/bus.0,/uncached";

    /// @param answers the bytes for a path; none at all hangs up
    ScriptedServer(Function<String, byte[]> answers) throws IOException {
        this.answers = answers;
        Thread.ofVirtual().start(this::accept);
    }

    static byte[] value(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return header(bytes.length, bytes.length, CONNECTED, bytes);
    }

    static byte[] refusal() {
        return header(0, -1, CONNECTED, new byte[0]);
    }

    static byte[] stillAtIt() {
        return header(-1, 0, CONNECTED, new byte[0]);
    }

    static byte[] header(int payload, int outcome, int flags, byte[] bytes) {
        return ByteBuffer.allocate(24 + bytes.length).putInt(0).putInt(payload).putInt(outcome).putInt(flags).putInt(bytes.length).putInt(0).put(bytes).array();
    }

    static byte[] both(byte[] one, byte[] other) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(one);
        all.writeBytes(other);
        return all.toByteArray();
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> converse(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            var in = new DataInputStream(connection.getInputStream());
            while (true) {
                in.readInt();
                int length = in.readInt();
                in.skipNBytes(16);
                var path = new String(in.readNBytes(length), StandardCharsets.US_ASCII).replace("\0", "");
                var answer = path.equals("/") ? value(directory) : answers.apply(path);
                if (answer.length == 0) return;
                connection.getOutputStream().write(answer);
            }
        } catch (IOException gone) {
            // The driver hung up.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
