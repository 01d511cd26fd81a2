package home.oikos.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What `application/vnd.kubernetes.protobuf` wraps round a message: four bytes of magic and an `Unknown`, which says the kind.
/// @param kind may have empty names in a request
/// @param raw  the message
public record ProtobufEnvelope(GroupVersionKind kind, byte[] raw) {
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    /// The object in its envelope. The kind is the object's own; members without a number (kind and apiVersion) live in the envelope only.
    public static byte[] encode(Json object, ObjectSchema type) {
        var out = new ProtobufWriter();
        out.bytes(4, new byte[0]);
        out.bytes(3, new byte[0]);
        out.bytes(2, Protobuf.encode(object, type));
        int before = out.size();
        out.bytes(2, object.at("kind").text("").getBytes(StandardCharsets.UTF_8));
        out.bytes(1, object.at("apiVersion").text("").getBytes(StandardCharsets.UTF_8));
        out.close(1, before);
        out.raw(MAGIC);
        return out.toBytes();
    }

    /// One event of a watch: four bytes of length, and a WatchEvent around the object in its own envelope.
    public static byte[] watchFrame(String type, byte[] envelope) {
        var out = new ProtobufWriter();
        int before = out.size();
        out.bytes(1, envelope);
        out.close(2, before);
        out.bytes(1, type.getBytes(StandardCharsets.UTF_8));
        var event = out.toBytes();
        return ByteBuffer.allocate(4 + event.length).putInt(event.length).put(event).array();
    }

    public static boolean hasMagic(byte[] body) {
        return body.length >= 4 && Arrays.equals(MAGIC, 0, 4, body, 0, 4);
    }

    /// @throws ProtobufException when the body is no envelope
    public static ProtobufEnvelope parse(byte[] body) {
        if (!hasMagic(body)) throw new ProtobufException("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
        var in = new ProtobufReader(body, MAGIC.length, body.length);
        var kind = new GroupVersionKind("", "", "");
        var raw = new byte[0];
        while (in.hasMore()) {
            long tag = in.varint();
            if (tag == 10) kind = typeMeta(in.nested());
            else if (tag == 18) raw = in.nested().bytes();
            else in.skip((int) (tag & 7));
        }
        return new ProtobufEnvelope(kind, raw);
    }

    private static GroupVersionKind typeMeta(ProtobufReader in) {
        var apiVersion = "";
        var kind = "";
        while (in.hasMore()) {
            long tag = in.varint();
            if (tag == 10) apiVersion = in.nested().text();
            else if (tag == 18) kind = in.nested().text();
            else in.skip((int) (tag & 7));
        }
        return GroupVersion.parse(apiVersion).kind(kind);
    }

    /// The object, with apiVersion and kind first when the envelope tells them.
    public JsonObject object(ObjectSchema type) {
        var head = kind.kind().isEmpty() ? JsonObject.EMPTY : JsonObject.of("kind", kind.kind(), "apiVersion", kind.apiVersion());
        return head.withAll(Protobuf.decode(raw, type));
    }
}
