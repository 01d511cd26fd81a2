package home.oikos.dist;

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
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Carries a client's requests to an API server in the same process: the same requests and answers, without sockets and TLS. The
/// client is the user it was made for; authentication takes its word, everything after it is as for any other client.
final class InProcessTransport implements Transport {
    private final LocalExchange exchange;
    private final User user;

    InProcessTransport(Handler handler, User user) {
        this.exchange = new LocalExchange(handler);
        this.user = user;
    }

    @Override
    public Answer exchange(Call call) throws IOException {
        return whole(call, request(call));
    }

    @Override
    public Answer upload(Call call, InputStream body, long lengthBytes) throws IOException {
        return whole(call, request(call).withBody(body).with("Content-Length", Long.toString(lengthBytes)));
    }

    private Answer whole(Call call, LocalRequest request) throws IOException {
        return switch (exchange.call(request)) {
            case LocalAnswer.Whole(var status, var headers, var body) -> new Answer(status, headers, body);
            case LocalAnswer.Streamed(var status, var headers, var body) -> {
                try (body) {
                    yield new Answer(status, headers, body.readAllBytes());
                }
            }
            case LocalAnswer.Watched(_, _, var frames) -> {
                frames.close();
                throw new IOException(call + " is a watch: it never ends");
            }
            case LocalAnswer.Upgraded(_, _, var socket) -> throw hungUp(call, socket);
        };
    }

    @Override
    public StreamedAnswer stream(Call call) throws IOException {
        return switch (exchange.call(request(call))) {
            case LocalAnswer.Whole(var status, _, var body) -> new StreamedAnswer(status, new java.io.ByteArrayInputStream(body));
            case LocalAnswer.Streamed(var status, _, var body) -> new StreamedAnswer(status, body);
            case LocalAnswer.Watched(var status, _, var frames) -> new StreamedAnswer(status, new FrameStream(frames));
            case LocalAnswer.Upgraded(_, _, var socket) -> throw hungUp(call, socket);
        };
    }

    @Override
    public ClientSocket webSocket(Call call, List<String> protocols) throws IOException {
        var request = request(call).with("Connection", "Upgrade").with("Upgrade", "websocket").with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Protocol", String.join(", ", protocols));
        return switch (exchange.call(request)) {
            case LocalAnswer.Upgraded(_, _, var socket) -> new Socket(socket);
            case LocalAnswer.Whole(var status, _, var body) -> throw new IOException(call + ": " + status + " " + new String(body));
            case LocalAnswer other -> throw new IOException(call + ": expected a WebSocket, found an answer of status " + other.status());
        };
    }

    private LocalRequest request(Call call) {
        var request = LocalRequest.of(call.method(), call.target()).withBody(call.body());
        call.headers().forEach((name, values) -> {
            for (var value : values.split(Call.SEVERAL)) request.with(name, value);
        });
        if (!call.headers().containsKey("User-Agent")) request.with("User-Agent", "oikos");
        request.attribute(User.class, user);
        return request;
    }

    private static IOException hungUp(Call call, WebSocket socket) {
        socket.close(1000, "");
        return new IOException(call + ": expected an answer, found a WebSocket");
    }

    /// The same socket by the client's names.
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
}
