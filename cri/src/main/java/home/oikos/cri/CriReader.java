package home.oikos.cri;

import home.oikos.api.Json;
import home.oikos.node.Container;
import home.oikos.node.Image;
import home.oikos.node.Sandbox;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the node agent's records of CRI's messages.
final class CriReader {
    private CriReader() { }

    static Container container(Json status, String sandboxId) {
        return new Container(status.at("id").text(""), sandboxId, status.at("metadata", "name").text(""), status.at("metadata",
                "attempt").integer(0),
                Container.State.values()[status.at("state").integer(0)], time(status.at("created_at")).orElse(Instant.EPOCH),
                time(status.at("started_at")), time(status.at("finished_at")), status.at("exit_code").integer(0),
                status.at("reason").text(""), status.at("message").text(""), status.at("image", "image").text(""),
                status.at("image_ref").text(""), map(status.at("labels")), map(status.at("annotations")));
    }

    static Sandbox sandbox(Json sandbox, String ip) {
        var metadata = sandbox.at("metadata");
        return new Sandbox(sandbox.at("id").text(""), metadata.at("uid").text(""), metadata.at("namespace").text(""),
                metadata.at("name").text(""), metadata.at("attempt").integer(0), sandbox.at("state").integer(0) == 0,
                time(sandbox.at("created_at")).orElse(Instant.EPOCH), ip);
    }

    static Image image(Json image) {
        var user = image.at("uid", "value").isPresent() ? Long.toString(image.at("uid", "value").integer(0L))
                : image.at("username").text("");
        return new Image(image.at("id").text(""), texts(image.at("repo_tags")), texts(image.at("repo_digests")),
                image.at("size").integer(0L), user);
    }

    private static List<String> texts(Json list) {
        return list.array().stream().map(item -> item.text("")).toList();
    }

    private static Map<String, String> map(Json object) {
        var map = new LinkedHashMap<String, String>();
        object.object().members().forEach((name, value) -> map.put(name, value.text("")));
        return map;
    }

    /// Nanoseconds since 1970; CRI's zero is "never".
    private static Optional<Instant> time(Json nanos) {
        long value = nanos.integer(0L);
        return value <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(value / 1_000_000_000, value % 1_000_000_000));
    }
}
