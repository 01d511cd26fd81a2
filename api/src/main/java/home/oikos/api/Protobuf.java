package home.oikos.api;

/// Trees as protobuf messages, by the field numbers of their schema; proto2 and proto3 alike. `bytes` are base64 strings in
/// the tree, enums are `int32`, and a list inside a map is a message whose field 1 repeats.
public final class Protobuf {
    private Protobuf() { }

    /// @throws ProtobufException when a value does not have its type
    public static byte[] encode(Json value, ObjectSchema type) {
        return new ProtobufEncoder().encode(value, type);
    }

    /// @throws ProtobufException when the bytes are no such message
    public static JsonObject decode(byte[] bytes, ObjectSchema type) {
        return new ProtobufDecoder().message(new ProtobufReader(bytes), type);
    }
}
