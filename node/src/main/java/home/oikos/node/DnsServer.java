package home.oikos.node;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Answers pods' questions for names, over UDP and TCP on the instance's own address. A question takes a virtual thread; when too many wait
/// for other servers the next are dropped, which an asker repeats.
final class DnsServer implements AutoCloseable {
    static final int PORT = 53;
    private static final int UDP_BYTES_MAX = 512;
    private static final int MESSAGE_BYTES_MAX = 65_535;
    /// Each may hold a socket and some KiB for two seconds.
    private static final int BUSY_MAX = 256;
    private static final int TCP_IDLE_MILLIS = 10_000;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Supplier<DnsZone> zone;
    private final DnsForwarder forwarder;
    private final Semaphore busy = new Semaphore(BUSY_MAX);

    /// @param zone our names as they are now
    /// @throws IOException when the address or its port cannot be had
    DnsServer(InetAddress address, int port, Supplier<DnsZone> zone, DnsForwarder forwarder) throws IOException {
        this.zone = zone;
        this.forwarder = forwarder;
        udp = new DatagramSocket(new InetSocketAddress(address, port));
        tcp = new ServerSocket();
        tcp.setReuseAddress(true);
        tcp.bind(new InetSocketAddress(address, udp.getLocalPort()));
    }

    DnsServer start() {
        Thread.ofVirtual().name("dns-udp").start(this::serveUdp);
        Thread.ofVirtual().name("dns-tcp").start(this::serveTcp);
        return this;
    }

    int port() {
        return udp.getLocalPort();
    }

    private void serveUdp() {
        while (!udp.isClosed()) {
            try {
                var packet = new DatagramPacket(new byte[UDP_BYTES_MAX * 2], UDP_BYTES_MAX * 2);
                udp.receive(packet);
                inParallel(() -> answerUdp(packet));
            } catch (IOException closedOrUnreachable) {
                // A closed socket ends the loop; an unreachable asker does not.
            }
        }
    }

    private void answerUdp(DatagramPacket packet) {
        var question = Arrays.copyOf(packet.getData(), packet.getLength());
        var answer = answer(question, false);
        if (answer.length == 0) return;
        try {
            udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        } catch (IOException askerGone) {
            // Nobody waits for it.
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try {
                var socket = tcp.accept();
                if (!inParallel(() -> answerTcp(socket))) socket.close();
            } catch (IOException closed) {
                // Ends the loop when it was us.
            }
        }
    }

    private void answerTcp(Socket socket) {
        try (socket) {
            socket.setSoTimeout(TCP_IDLE_MILLIS);
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                var answer = answer(in.readNBytes(in.readUnsignedShort()), true);
                if (answer.length == 0) return;
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            }
        } catch (IOException gone) {
            // The asker has what it wanted.
        }
    }

    private boolean inParallel(Runnable work) {
        if (!busy.tryAcquire()) return false;
        Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } finally {
                busy.release();
            }
        });
        return true;
    }

    /// The answer to any bytes; empty bytes for what deserves none.
    byte[] answer(byte[] question, boolean overTcp) {
        DnsQuery query;
        try {
            query = DnsQuery.parse(question);
        } catch (IllegalArgumentException noQuestion) {
            return new byte[0];
        }
        var own = zone.get().answer(query);
        if (own.isPresent()) return own.get().message(question, query, overTcp ? MESSAGE_BYTES_MAX : UDP_BYTES_MAX);
        try {
            return forwarder.ask(question, query, overTcp);
        } catch (IOException nobodyKnows) {
            return DnsAnswer.failure().message(question, query, UDP_BYTES_MAX);
        }
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException closed) {
            // It is what we want.
        }
    }
}
