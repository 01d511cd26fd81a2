package home.oikos.node;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Asks the machine's own resolvers what is none of our names, and remembers answers for as long as they allow, a minute at most. Safe for
/// any thread.
final class DnsForwarder {
    private static final int PORT = 53;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration KEEP_MAX = Duration.ofSeconds(60);
    /// At 512 bytes an answer this is half a megabyte.
    private static final int KEPT_MAX = 1_000;
    private static final int MESSAGE_BYTES_MAX = 4_096;

    private final Supplier<List<String>> servers;
    private final int port;
    private final Clock clock;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
            return size() > KEPT_MAX;
        }
    };

    private record Key(String name, int type, int recordClass, boolean tcp) { }

    private record Kept(byte[] message, Instant until) { }

    DnsForwarder(Supplier<List<String>> servers, Clock clock) {
        this(servers, PORT, clock);
    }

    DnsForwarder(Supplier<List<String>> servers, int port, Clock clock) {
        this.servers = servers;
        this.port = port;
        this.clock = clock;
    }

    /// The first answer that one of the servers gives.
    /// @throws IOException when none does
    byte[] ask(byte[] question, DnsQuery query, boolean tcp) throws IOException {
        var key = new Key(query.name(), query.type(), query.recordClass(), tcp);
        var known = known(key);
        if (known != null) return withId(known, query.id());
        IOException last = new IOException("this machine has no resolver");
        for (var server : servers.get()) {
            try {
                var answer = tcp ? overTcp(server, question) : overUdp(server, question, query.id());
                keep(key, answer, query);
                return answer;
            } catch (IOException unreachable) {
                last = unreachable;
            }
        }
        throw last;
    }

    private synchronized byte[] known(Key key) {
        var found = kept.get(key);
        return found != null && found.until().isAfter(clock.instant()) ? found.message() : null;
    }

    private static byte[] withId(byte[] message, int id) {
        var copy = message.clone();
        ByteBuffer.wrap(copy).putShort((short) id);
        return copy;
    }

    private void keep(Key key, byte[] answer, DnsQuery query) {
        var seconds = DnsLifetime.seconds(answer, query.end());
        if (seconds <= 0) return;
        var until = clock.instant().plusSeconds(Math.min(seconds, KEEP_MAX.toSeconds()));
        synchronized (this) {
            kept.put(key, new Kept(answer, until));
        }
    }

    private byte[] overUdp(String server, byte[] question, int id) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(InetAddress.getByName(server), port);
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.send(new DatagramPacket(question, question.length));
            var packet = new DatagramPacket(new byte[MESSAGE_BYTES_MAX], MESSAGE_BYTES_MAX);
            do socket.receive(packet);
            while (packet.getLength() < 12 || (ByteBuffer.wrap(packet.getData()).getShort() & 0xffff) != id);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }
    }

    private byte[] overTcp(String server, byte[] question) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(server, port), (int) TIMEOUT.toMillis());
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            return in.readNBytes(in.readUnsignedShort());
        }
    }
}
