package home.oikos.bench;

import home.oikos.dice.Claim;
import home.oikos.dice.HealthTests;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;

/// A dice that never rests. Without arguments: how fast its bytes come over loopback, and how fast through the health tests. With a port: it speaks
/// there until it is stopped, for bench/dice to measure a home that listens.
public final class DiceBench {
    private static final int CHUNK_BYTES = 16 << 10;
    private static final int ROUNDS = 3;
    private static final long RAW_BYTES = 4L << 30;
    private static final long TESTED_BYTES = 32L << 20;

    private DiceBench() { }

    /// What becomes of a chunk.
    private interface Use {
        void take(byte[] chunk, int length);
    }

    public static void main(String[] arguments) throws IOException {
        try (var server = new ServerSocket(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0, 50, InetAddress.getLoopbackAddress())) {
            if (arguments.length > 0) speak(server);
            Thread.ofVirtual().start(() -> speak(server));
            for (int round = 1; round <= ROUNDS; round++) {
                System.out.printf("  round %d: raw read %,.0f MB/s", round, megabytesPerSecond(server, RAW_BYTES, (_, _) -> { }));
                var bytes = new HealthTests(new Claim(8, 7, 30));
                System.out.printf("; tested as bytes %.1f MB/s", megabytesPerSecond(server, TESTED_BYTES, (chunk, length) -> {
                    for (int i = 0; i < length; i++) bytes.feed(chunk[i] & 0xff);
                }));
                var bits = new HealthTests(new Claim(1, 0.9, 30));
                System.out.printf("; as bits %.2f MB/s (%1$.2f times 8 million samples)%n", megabytesPerSecond(server, TESTED_BYTES / 8, (chunk, length) -> {
                    for (int i = 0; i < length * 8; i++) bits.feed(chunk[i >> 3] >> (7 - (i & 7)) & 1);
                }));
            }
        }
    }

    private static void speak(ServerSocket server) {
        var random = new SplittableRandom(7);
        var chunk = new byte[CHUNK_BYTES];
        random.nextBytes(chunk);
        while (!server.isClosed()) {
            try (var listener = server.accept()) {
                for (int at = 0; ; at++) {
                    // Enough that no chunk is the one before; making all of it anew would be what is measured.
                    if ((at & 63) == 0) random.nextBytes(chunk);
                    listener.getOutputStream().write(chunk);
                }
            } catch (IOException gone) {
                // The listener has heard enough.
            }
        }
    }

    private static double megabytesPerSecond(ServerSocket server, long bytes, Use use) throws IOException {
        try (var socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            return measured(socket.getInputStream(), bytes, use);
        }
    }

    private static double measured(InputStream in, long bytes, Use use) throws IOException {
        var chunk = new byte[CHUNK_BYTES];
        long start = System.nanoTime();
        for (long left = bytes; left > 0; ) {
            int count = in.read(chunk);
            use.take(chunk, count);
            left -= count;
        }
        return bytes / 1e6 / ((System.nanoTime() - start) / 1e9);
    }
}
