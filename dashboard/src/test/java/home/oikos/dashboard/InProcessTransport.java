package home.oikos.dashboard;

import home.oikos.apiserver.User;
import home.oikos.client.Answer;
import home.oikos.client.Call;
import home.oikos.client.ClientSocket;
import home.oikos.client.StreamedAnswer;
import home.oikos.client.Transport;
import home.oikos.http.Handler;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import home.oikos.http.WebSocket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A client's requests to a handler in this process, as a user or, without one, as whoever their headers say.
final class InProcessTransport implements Transport {
    private final LocalExchange exchange;
    private final User user;

    InProcessTransport(Handler handler, User user) {
        exchange = new LocalExchange(handler);
        this.user = user;
    }

    @Override
    public Answer exchange(Call call) throws IOException {
        return switch (exchange.call(request(call))) {
            case LocalAnswer.Whole(var status, var headers, var body) -> new Answer(status, headers, body);
            case LocalAnswer.Streamed(var status, var headers, var body) -> new Answer(status, headers, body.readAllBytes());
            case LocalAnswer other -> throw new IOException(call + " has no end: " + other);
        };
    }

    @Override
    public StreamedAnswer stream(Call call) throws IOException {
        return switch (exchange.call(request(call))) {
            case LocalAnswer.Whole(var status, _, var body) -> new StreamedAnswer(status, new ByteArrayInputStream(body));
            case LocalAnswer.Streamed(var status, _, var body) -> new StreamedAnswer(status, body);
            case LocalAnswer.Watched(var status, _, var frames) -> new StreamedAnswer(status, new FrameInput(frames));
            case LocalAnswer.Upgraded upgraded -> throw new IOException(call + " was upgraded: " + upgraded);
        };
    }

    @Override
    public ClientSocket webSocket(Call call, List<String> protocols) throws IOException {
        var request = request(call).with("Connection", "Upgrade").with("Upgrade", "websocket").with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Protocol", String.join(", ", protocols));
        return switch (exchange.call(request)) {
            case LocalAnswer.Upgraded(_, _, var socket) -> new Socket(socket);
            case LocalAnswer other -> throw new IOException(call + ": expected a WebSocket, found status " + other.status());
        };
    }

    private record Socket(WebSocket socket) implements ClientSocket {
        @Override
        public String protocol() {
            return socket.protocol();
        }

        @Override
        public Optional<Message> read() throws IOException {
            return socket.read().map(message -> new Message(message.binary(), message.bytes()));
        }

        @Override
        public void write(Message message) throws IOException {
            socket.write(new WebSocket.Message(message.binary(), message.bytes()));
        }

        @Override
        public void close() {
            socket.close(1000, "");
        }
    }

    private LocalRequest request(Call call) {
        var request = LocalRequest.of(call.method(), call.target()).withBody(call.body());
        call.headers().forEach((name, values) -> List.of(values.split(Call.SEVERAL)).forEach(value -> request.with(name, value)));
        if (user != null) request.attribute(User.class, user);
        return request;
    }
}
