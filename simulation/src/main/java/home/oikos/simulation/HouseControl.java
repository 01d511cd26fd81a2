package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The hand and the fault that reach a running [MqttHouse]: one JSON line asked over a Unix socket, one answered.
/// `{"hand":"kitchen-light","property":"on","value":false}`, `{"fault":"leak-sensor","kind":"wet"}`, `{"mend":"leak-sensor"}`,
/// `{"speed":60}`, `{"truth":true}`.
public final class HouseControl implements AutoCloseable {
    /// A question is a name, a property and a scalar.
    private static final int LINE_CHARACTERS_MAX = 4_096;

    private final MqttHouse house;
    private final ServerSocketChannel listener;
    private final Path socket;

    private HouseControl(MqttHouse house, ServerSocketChannel listener, Path socket) {
        this.house = house;
        this.listener = listener;
        this.socket = socket;
    }

    public static HouseControl listen(MqttHouse house, Path socket) throws IOException {
        // Bound under another name first: where the socket lies, somebody listens.
        var unheard = socket.resolveSibling(socket.getFileName() + ".new");
        Files.deleteIfExists(unheard);
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(unheard));
        Files.move(unheard, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        var control = new HouseControl(house, listener, socket);
        Thread.ofVirtual().name("house-control").start(control::serve);
        return control;
    }

    /// Asks a running house, from another process.
    /// @throws IOException when no house listens there
    /// @throws IllegalArgumentException when the house refuses; the message is its own
    public static Json ask(Path socket, JsonObject question) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(java.nio.ByteBuffer.wrap((question + "\n").getBytes(StandardCharsets.UTF_8)));
            var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            var line = reader.readLine();
            if (line == null) throw new IOException("the house hung up");
            var answer = Json.parse(line);
            if (answer.at("error").isPresent()) throw new IllegalArgumentException(answer.at("error").text(""));
            return answer.at("answer");
        }
    }

    private void serve() {
        while (listener.isOpen()) {
            try (var peer = listener.accept()) {
                answer(peer);
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException gone) {
                // The one who asked went away: the next one may stay.
            }
        }
    }

    private void answer(SocketChannel peer) throws IOException {
        var reader = new BufferedReader(Channels.newReader(peer, StandardCharsets.UTF_8), LINE_CHARACTERS_MAX);
        var line = reader.readLine();
        if (line == null) return;
        var answer = line.length() > LINE_CHARACTERS_MAX ? JsonObject.of("error", "the question is too long") : answer(line);
        peer.write(java.nio.ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private JsonObject answer(String line) {
        try {
            return JsonObject.of("answer", carryOut(Json.parse(line)));
        } catch (IllegalArgumentException | JsonException refused) {
            return JsonObject.of("error", refused.getMessage());
        }
    }

    private Json carryOut(Json question) {
        if (question.at("truth").isPresent()) return house.truth();
        if (question.at("hand").isPresent()) {
            house.hand(question.at("hand").text(""), question.at("property").text(""), question.at("value"));
        } else if (question.at("fault").isPresent()) {
            var kind = question.at("kind").text("");
            var fault = Fault.of(kind).orElseThrow(() -> new IllegalArgumentException("there is no fault " + kind + "; there are " + Fault.words()));
            house.fault(question.at("fault").text(""), fault);
        } else if (question.at("speed").isPresent()) {
            house.speed(question.at("speed").decimal(Double.NaN));
        } else if (question.at("mend").isPresent()) {
            house.mend(question.at("mend").text(""));
        } else {
            throw new IllegalArgumentException("expected hand, fault, mend, speed or truth");
        }
        return Json.of(true);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(socket);
    }
}
