package home.oikos.driver.onewire;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One connection to an owserver, asked one thing at a time. Belongs to the thread of its [Bus]; [#close] may come from any.
/// Source: owfs.org, "OWServer Protocol": six big-endian words, then the payload.
final class OwServer implements Closeable {
    /// A bus that converts a temperature takes 0.75 s, and owserver says every second that it is still at it.
    private static final int SILENCE_MILLIS = 5_000;
    /// How often it may say so.
    private static final int STILL_AT_IT_MAX = 20;
    /// A directory of some 500 sensors; a value has a dozen bytes.
    static final int ANSWER_BYTES_MAX = 16 * 1024;
    private static final int VALUE_BYTES_MAX = 256;

    private static final int READ = 2;
    private static final int DIRECTORY = 7;
    private static final int STAY_CONNECTED = 0x4;
    /// Degrees Celsius, and ids written `28.67C6697351FF`, are its zeros.
    private static final int ASKED_BY_A_PROGRAM = 0x100;
    private static final int STILL_AT_IT = -1;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final DataOutputStream out;
    private boolean stays = true;

    OwServer(InetSocketAddress address) throws IOException {
        try {
            socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), SILENCE_MILLIS);
            socket.setSoTimeout(SILENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        } catch (IOException away) {
            socket.close();
            throw away;
        }
    }

    /// Whether it lets us ask again on this connection.
    boolean stays() {
        return stays;
    }

    /// What is at a path; empty when there is nothing it could read.
    /// @throws IOException when the server is away, silent, or says what no owserver says
    Optional<String> read(String path) throws IOException {
        return ask(READ, path).map(String::strip);
    }

    /// The names below the root.
    Optional<String> directory() throws IOException {
        return ask(DIRECTORY, "/");
    }

    private Optional<String> ask(int what, String path) throws IOException {
        var words = (path + '\0').getBytes(StandardCharsets.US_ASCII);
        out.write(ByteBuffer.allocate(24 + words.length).putInt(0).putInt(words.length).putInt(what).putInt(ASKED_BY_A_PROGRAM | STAY_CONNECTED)
                .putInt(VALUE_BYTES_MAX).putInt(0).put(words).array());
        for (int more = 0; more <= STILL_AT_IT_MAX; more++) {
            int version = in.readInt();
            int payload = in.readInt();
            int outcome = in.readInt();
            stays = (in.readInt() & STAY_CONNECTED) != 0;
            int size = in.readInt();
            in.readInt();
            if (payload != STILL_AT_IT) return answer(version, payload, outcome, size);
        }
        throw new IOException("it was still at it after " + STILL_AT_IT_MAX + " s");
    }

    private Optional<String> answer(int version, int payload, int outcome, int size) throws IOException {
        if (version < 0 || payload < 0 || payload > ANSWER_BYTES_MAX) {
            throw new IOException("expected an owserver's answer of at most %d bytes, found one of %d".formatted(ANSWER_BYTES_MAX, payload));
        }
        var bytes = in.readNBytes(payload);
        if (bytes.length < payload) throw new IOException("it hung up in the middle of an answer");
        if (outcome < 0) return Optional.empty();
        var text = new String(bytes, 0, Math.clamp(size, 0, payload), StandardCharsets.UTF_8);
        return Optional.of(text.replace("\0", ""));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
