package home.oikos.apiserver;

import java.util.Arrays;
import java.util.Optional;

/// The formats in which objects go over the wire.
enum MediaType {
    JSON("application/json"), YAML("application/yaml"), PROTOBUF("application/vnd.kubernetes.protobuf");

    private final String text;

    MediaType(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static Optional<MediaType> of(String text) {
        return Arrays.stream(values()).filter(t -> t.text.equals(text)).findFirst();
    }
}
