package home.oikos.dashboard;

import home.oikos.http.Broadcast;
import home.oikos.http.Response;
import home.oikos.http.WebSocket;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The API's answer on its way to a browser: what lasts ends when the session does.
final class UserResponse implements Response {
    private static final int POLICY_VIOLATION = 1008;

    private final Response response;
    private final OpenAnswers open;
    private final String session;

    UserResponse(Response response, OpenAnswers open, String session) {
        this.response = response;
        this.open = open;
        this.session = session;
    }

    @Override
    public <E> Watch watch(String contentType, Broadcast<E> broadcast, Supplier<Replay> replay, Function<E, byte[]> frame,
            Runnable onClose) {
        var answer = open.open(session);
        try {
            var watch = response.watch(contentType, broadcast, replay, frame, () -> {
                answer.close();
                onClose.run();
            });
            answer.endsBy(watch::end);
            return watch;
        } catch (RuntimeException refused) {
            answer.close();
            throw refused;
        }
    }

    @Override
    public void webSocket(List<String> protocols, Consumer<WebSocket> use) {
        response.webSocket(protocols, socket -> {
            try (var answer = open.open(session)) {
                answer.endsBy(() -> socket.close(POLICY_VIOLATION, "the session has ended"));
                use.accept(socket);
            }
        });
    }

    @Override
    public OutputStream stream(int status, String contentType) throws IOException {
        return new EndingStream(response.stream(status, contentType), open.open(session));
    }

    @Override
    public void header(String name, String value) {
        response.header(name, value);
    }

    @Override
    public void send(int status, String contentType, byte[] body) {
        response.send(status, contentType, body);
    }

    @Override
    public boolean isAnswered() {
        return response.isAnswered();
    }

    /// Refuses to be written to once the session has ended.
    private static final class EndingStream extends FilterOutputStream {
        private final OpenAnswers.OpenAnswer answer;

        EndingStream(OutputStream out, OpenAnswers.OpenAnswer answer) {
            super(out);
            this.answer = answer;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (answer.isEnded()) throw new IOException("the session has ended");
            out.write(bytes, offset, length);
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void close() throws IOException {
            answer.close();
            out.close();
        }
    }
}
