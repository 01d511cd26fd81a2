package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.http.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `pods/log`, streamed over HTTP or a WebSocket.
final class LogHandler implements SubresourceHandler {
    private static final List<String> PROTOCOLS = List.of("binary.k8s.io", "base64.binary.k8s.io", "");

    private final PodTargets targets;
    private final NodeConnection node;
    private final Clock clock;

    LogHandler(PodTargets targets, NodeConnection node, Clock clock) {
        this.targets = targets;
        this.node = node;
        this.clock = clock;
    }

    @Override
    public void handle(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var pod = targets.pod(resource, call);
        var options = options(request, pod);
        var target = PodTargets.target(pod);
        if (target.nodeName().isEmpty()) Answers.text(response, 200, "");
        else if (Sockets.wanted(request)) response.webSocket(PROTOCOLS, socket -> toSocket(socket, target, options));
        else stream(response, target, options);
    }

    private void stream(Response response, PodTarget target, LogOptions options) throws IOException {
        try (var out = new LateStream(response)) {
            node.logs(target, options, out);
            out.flush();
        } catch (NodeRefusal e) {
            if (!response.isAnswered()) throw refused(e);
        }
    }

    static ApiException refused(NodeRefusal e) {
        var reason = switch (e.code()) {
            case 400 -> Reason.BAD_REQUEST;
            case 404 -> Reason.NOT_FOUND;
            default -> Reason.UNKNOWN;
        };
        return new ApiException(new ApiStatus(false, e.getMessage(), reason, e.code(), Optional.empty()));
    }

    private void toSocket(WebSocket socket, PodTarget target, LogOptions options) {
        var text = socket.protocol().startsWith("base64");
        try {
            node.logs(target, options, new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    var piece = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
                    socket.write(new WebSocket.Message(!text, text ? Base64.getEncoder().encode(piece) : piece));
                }
            });
        } catch (NodeRefusal e) {
            socket.close(1011, e.getMessage());
        } catch (IOException _) {
            // The client has gone; nobody is left to tell.
        }
    }

    private LogOptions options(Request request, JsonObject pod) {
        var container = PodTargets.container(pod, request.parameter("container").orElse(""));
        return new LogOptions(container, flag(request, "follow"), flag(request, "previous"), since(request), flag(request, "timestamps"),
                number(request, "tailLines"), number(request, "limitBytes"));
    }

    private static boolean flag(Request request, String name) {
        return request.parameter(name).map(v -> !v.equals("false") && !v.equals("0")).orElse(false);
    }

    private static OptionalLong number(Request request, String name) {
        return request.parameter(name).isPresent() ? OptionalLong.of(ListParameters.integer(request, name)) : OptionalLong.empty();
    }

    private Optional<Instant> since(Request request) {
        var seconds = number(request, "sinceSeconds");
        if (seconds.isPresent()) return Optional.of(clock.instant().minusSeconds(seconds.getAsLong()));
        try {
            return request.parameter("sinceTime").map(Instant::parse);
        } catch (DateTimeException e) {
            throw new ApiException(Reason.BAD_REQUEST, "sinceTime: %s", e.getMessage());
        }
    }

    /// Begins the answer with the first byte, or at the end, so that a refusal before it can still be told by a Status.
    private static final class LateStream extends OutputStream {
        private final Response response;
        private OutputStream out;

        LateStream(Response response) {
            this.response = response;
        }

        private OutputStream open() throws IOException {
            if (out == null) out = response.stream(200, "text/plain");
            return out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            open().write(bytes, offset, length);
            out.flush();
        }

        /// What is flushed before there is anything, tells that the log has been found: a follower's headers go out.
        @Override
        public void flush() throws IOException {
            open().flush();
        }

        @Override
        public void close() throws IOException {
            if (out != null) out.close();
        }
    }
}
