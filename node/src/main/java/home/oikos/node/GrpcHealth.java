package home.oikos.node;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// One call of `grpc.health.v1.Health/Check`, spoken by hand (RFC 9113 without TLS): a probe needs one stream of one connection, sends
/// headers that never change, and looks at one number of the answer. That is less than a library in every node agent.
/// @param service empty for the server as a whole
record GrpcHealth(InetSocketAddress target, String service) {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    /// ACK of settings and pings has the same number as END_STREAM.
    private static final int END = 1;
    private static final int PADDED = 8;
    private static final int END_HEADERS = 4;
    /// What servers may send without being asked for more (SETTINGS_MAX_FRAME_SIZE).
    private static final int FRAME_BYTES_MAX = 16_384;
    /// `HealthCheckResponse.ServingStatus`.
    private static final String[] STATUS = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};

    /// @return why it is not serving, in the kubelet's words; empty when it is
    Optional<String> check(Duration timeout) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(target, (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            var out = new DataOutputStream(socket.getOutputStream());
            out.write(opening());
            out.flush();
            return verdict(answer(new DataInputStream(socket.getInputStream()), out));
        }
    }

    private byte[] opening() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(PREFACE);
        frame(out, SETTINGS, 0, 0, new byte[0]);
        frame(out, HEADERS, END_HEADERS, 1, headers());
        frame(out, DATA, END, 1, question());
        return bytes.toByteArray();
    }

    /// HPACK without its tables: each header a literal, or a number of the static table (RFC 7541, appendix A).
    private byte[] headers() {
        var block = new ByteArrayOutputStream();
        block.write(0x83);
        block.write(0x86);
        block.write(0x04);
        text(block, "/grpc.health.v1.Health/Check");
        block.write(0x01);
        text(block, target.getHostString());
        block.writeBytes(new byte[] {0x0f, 31 - 15});
        text(block, "application/grpc");
        block.writeBytes(new byte[] {0x0f, 58 - 15});
        text(block, "kube-probe/oikos");
        block.write(0x00);
        text(block, "te");
        text(block, "trailers");
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// A gRPC message (no compression, length) that holds a `HealthCheckRequest`.
    private byte[] question() throws IOException {
        var name = service.getBytes(StandardCharsets.UTF_8);
        var message = new ByteArrayOutputStream();
        if (name.length > 0) {
            message.write(0x0a);
            for (int rest = name.length; ; rest >>= 7) {
                message.write(rest < 0x80 ? rest : rest & 0x7f | 0x80);
                if (rest < 0x80) break;
            }
            message.write(name);
        }
        var framed = new ByteArrayOutputStream();
        var out = new DataOutputStream(framed);
        out.writeByte(0);
        out.writeInt(message.size());
        message.writeTo(out);
        return framed.toByteArray();
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload) throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    /// The data of the answer, as far as it goes.
    private static byte[] answer(DataInputStream in, DataOutputStream out) throws IOException {
        var data = new ByteArrayOutputStream();
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            in.readInt();
            if (length > FRAME_BYTES_MAX) throw new IOException("the server speaks no HTTP/2 without TLS");
            var payload = in.readNBytes(length);
            switch (type) {
                case DATA -> data.writeBytes(unpadded(payload, flags));
                case SETTINGS, PING -> {
                    if ((flags & END) == 0) frame(out, type, END, 0, type == PING ? payload : new byte[0]);
                }
                case RESET, GOAWAY -> throw new IOException("the server refused the call");
                default -> { }
            }
            if ((type == DATA || type == HEADERS) && (flags & END) != 0) return data.toByteArray();
        }
    }

    private static byte[] unpadded(byte[] payload, int flags) {
        if ((flags & PADDED) == 0 || payload.length == 0) return payload;
        return Arrays.copyOfRange(payload, 1, Math.max(1, payload.length - payload[0]));
    }

    private static Optional<String> verdict(byte[] data) {
        if (data.length < 5) return Optional.of("error: this server does not implement the grpc health protocol (grpc.health.v1.Health)");
        int status = data.length >= 7 && data[5] == 0x08 ? data[6] : 0;
        if (status == 1) return Optional.empty();
        return Optional.of("service unhealthy (responded with \"%s\")".formatted(status > 0 && status < STATUS.length ? STATUS[status]
                : STATUS[0]));
    }
}
