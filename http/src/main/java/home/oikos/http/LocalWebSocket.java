package home.oikos.http;

import java.io.IOException;
import java.util.Optional;

/// One end of a web socket inside this process.
final class LocalWebSocket implements WebSocket {
    private final String protocol;
    private final MessagePipe incoming;
    private final MessagePipe outgoing;

    LocalWebSocket(String protocol, MessagePipe incoming, MessagePipe outgoing) {
        this.protocol = protocol;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public Optional<Message> read() throws IOException {
        return incoming.take();
    }

    @Override
    public void write(Message message) throws IOException {
        outgoing.put(message);
    }

    @Override
    public void close(int code, String reason) {
        outgoing.end();
        incoming.end();
    }
}
