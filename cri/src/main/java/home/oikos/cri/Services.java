package home.oikos.cri;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Protobuf;
import home.oikos.api.SchemaLibrary;
import home.oikos.node.RuntimeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// The gRPC services on containerd's socket, called with JSON trees. Message names are those of the schema files beside this class,
/// `cri/VersionResponse` for example. Safe for any thread.
final class Services implements AutoCloseable {
    static final String RUNTIME = "/runtime.v1.RuntimeService/";
    static final String IMAGE = "/runtime.v1.ImageService/";
    static final String TASKS = "/containerd.services.tasks.v1.Tasks/";
    static final String CONTAINERS = "/containerd.services.containers.v1.Containers/";
    static final String EVENTS = "/containerd.services.events.v1.Events/";
    /// Where CRI keeps its containers.
    private static final Map<String, String> NAMESPACE = Map.of("containerd-namespace", "k8s.io");

    private final GrpcChannel channel;
    private final SchemaLibrary messages = new SchemaLibrary(Services::schema);

    Services(Path socket) {
        channel = new GrpcChannel(socket, NAMESPACE);
    }

    JsonObject call(String method, String request, Json message, String response, Duration timeout) {
        var answer = channel.call(method, Protobuf.encode(message, messages.type(request)), timeout);
        return Protobuf.decode(answer, messages.type(response));
    }

    AutoCloseable stream(String method, String request, Json message, String response, Consumer<JsonObject> each,
            Consumer<RuntimeFailure> ended) {
        var type = messages.type(response);
        return channel.stream(method, Protobuf.encode(message, messages.type(request)), bytes -> each.accept(Protobuf.decode(bytes, type)),
                ended);
    }

    JsonObject decode(byte[] bytes, String type) {
        return Protobuf.decode(bytes, messages.type(type));
    }

    @Override
    public void close() {
        channel.close();
    }

    private static String schema(String name) {
        try (var file = Services.class.getResourceAsStream(name + ".txt")) {
            if (file == null) throw new IllegalStateException("no schema file " + name);
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
