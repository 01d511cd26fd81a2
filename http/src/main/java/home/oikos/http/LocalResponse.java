package home.oikos.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The response to a request in this process: completes its answer as soon as the answer begins.
final class LocalResponse implements ServedResponse {
    private final LocalRequest request;
    private final Executor lane;
    private final CompletableFuture<LocalAnswer> answer;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private BytePipe stream;
    private boolean answered;

    LocalResponse(LocalRequest request, Executor lane, CompletableFuture<LocalAnswer> answer) {
        this.request = request;
        this.lane = lane;
        this.answer = answer;
    }

    @Override
    public void header(String name, String value) {
        headers.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
    }

    @Override
    public void send(int status, String contentType, byte[] body) {
        begin(contentType);
        answer.complete(new LocalAnswer.Whole(status, headers, body));
    }

    @Override
    public OutputStream stream(int status, String contentType) {
        begin(contentType);
        stream = new BytePipe();
        answer.complete(new LocalAnswer.Streamed(status, headers, stream.input()));
        return stream.output();
    }

    @Override
    public <E> Watch watch(String contentType, Broadcast<E> broadcast, Supplier<Replay> replay, Function<E, byte[]> frame, Runnable onClose) {
        var frames = new LocalFrames(lane);
        var watch = LiveWatch.start(broadcast, lane, frames, replay, frame, onClose);
        begin(contentType);
        answer.complete(new LocalAnswer.Watched(200, headers, frames));
        return watch;
    }

    @Override
    public void webSocket(List<String> protocols, Consumer<WebSocket> open) {
        var chosen = Subprotocols.choose(request.headers(Subprotocols.HEADER), protocols);
        if (chosen.isEmpty()) {
            send(400, "text/plain", Subprotocols.refusal(protocols).getBytes(StandardCharsets.UTF_8));
            return;
        }
        answered = true;
        if (!chosen.get().isEmpty()) header(Subprotocols.HEADER, chosen.get());
        var toServer = new MessagePipe();
        var toClient = new MessagePipe();
        answer.complete(new LocalAnswer.Upgraded(101, headers, new LocalWebSocket(chosen.get(), toClient, toServer)));
        OpenSocket.serve(new LocalWebSocket(chosen.get(), toServer, toClient), open);
    }

    private void begin(String contentType) {
        if (answered) throw new IllegalStateException("this request has been answered already");
        answered = true;
        headers.put("Content-Type", List.of(contentType));
    }

    @Override
    public boolean isAnswered() {
        return answered;
    }

    @Override
    public void handlerReturned(boolean failed) {
        if (stream == null) return;
        if (failed) stream.fail(new IOException("the answer broke off: its handler failed"));
        else stream.end();
    }
}
