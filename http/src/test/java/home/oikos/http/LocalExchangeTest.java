package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalExchangeTest extends WatchContract {
    private final LocalExchange exchange = new LocalExchange((request, response) -> handler.handle(request, response));

    @Override
    Answer ask(String method, String target, byte[] body) throws IOException {
        var answer = exchange.call(LocalRequest.of(method, target).withBody(body));
        var stream = switch (answer) {
            case LocalAnswer.Whole whole -> new ByteArrayInputStream(whole.body());
            case LocalAnswer.Streamed streamed -> streamed.body();
            case LocalAnswer.Watched watched -> new ChunkInputStream(() -> watched.frames().next().orElse(null), watched.frames()::close);
            case LocalAnswer.Upgraded _ -> throw new IllegalStateException("a web socket has no body");
        };
        return new Answer(answer.status(), name -> Optional.ofNullable(answer.headers().get(name)).map(List::getFirst), stream);
    }

    private static void echo(WebSocket socket) {
        try {
            for (var message = socket.read(); message.isPresent(); message = socket.read()) socket.write(message.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LocalAnswer upgrade(String offered) throws IOException {
        handler = (_, response) -> response.webSocket(List.of("v5.channel.k8s.io", "v4.channel.k8s.io"), LocalExchangeTest::echo);
        return exchange.call(LocalRequest.of("GET", "/").with("Sec-WebSocket-Protocol", offered));
    }

    @Test
    void webSocketAgreesOnOurBestSubprotocolAndCarriesMessagesBothWays() throws Exception {
        var upgraded = assertInstanceOf(LocalAnswer.Upgraded.class, upgrade("v4.channel.k8s.io, v5.channel.k8s.io"));
        assertEquals("v5.channel.k8s.io", upgraded.socket().protocol());
        for (var i = 0; i < 100; i++) {
            var message = new WebSocket.Message(true, new byte[i]);
            upgraded.socket().write(message);
            assertEquals(Optional.of(message), upgraded.socket().read());
        }
        upgraded.socket().close(1000, "");
        assertEquals(Optional.empty(), upgraded.socket().read());
    }

    @Test
    void webSocketOfAnUnknownSubprotocolIsRefused() throws Exception {
        assertEquals(400, upgrade("v9.channel.k8s.io").status());
    }

    @Test
    void attributesOfTheRequestAreSeenByTheHandler() throws Exception {
        handler = (request, response) -> response.send(200, "text/plain", bytes(request.attribute(String.class)));
        var request = LocalRequest.of("GET", "/");
        request.attribute(String.class, "jane");
        assertEquals("jane", new String(((LocalAnswer.Whole) exchange.call(request)).body()));
    }
}
