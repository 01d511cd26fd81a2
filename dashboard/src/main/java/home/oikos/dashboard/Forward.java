package home.oikos.dashboard;

import home.oikos.client.Call;
import home.oikos.client.ClientSocket;
import home.oikos.client.Transport;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.http.WebSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Hands requests to an API server in another process, with the Authorization they carry and no other rights: the transport must
/// have no credentials of its own.
public final class Forward implements Handler {
    /// What belongs to a connection (RFC 9110 section 7.6.1) or to the body's coding, which the transport settles anew.
    private static final Set<String> NOT_ON = Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer",
            "transfer-encoding", "upgrade", "host", "content-length", "expect", "accept-encoding");
    /// The same as the API server's own limit on a request's body.
    private static final int BODY_BYTES_MAX = 3 << 20;

    private final Transport transport;

    public Forward(Transport transport) {
        this.transport = transport;
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        var call = new Call(request.method(), target(request), headers(request), request.body(BODY_BYTES_MAX));
        if (request.header("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent()) socket(call, request, response);
        else if (lasts(request)) stream(call, response);
        else exchange(call, response);
    }

    private static String target(Request request) {
        return request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
    }

    private static Map<String, String> headers(Request request) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : request.headerNames()) {
            boolean own = name.startsWith(":") || name.toLowerCase(Locale.ROOT).startsWith("sec-");
            if (own || NOT_ON.contains(name.toLowerCase(Locale.ROOT))) continue;
            headers.put(name, String.join(Call.SEVERAL, request.headers(name)));
        }
        return headers;
    }

    private static boolean lasts(Request request) {
        return isTrue(request, "watch") || isTrue(request, "follow");
    }

    private static boolean isTrue(Request request, String parameter) {
        return request.parameter(parameter).filter(value -> value.equals("true") || value.equals("1")).isPresent();
    }

    private void exchange(Call call, Response response) throws IOException {
        var answer = transport.exchange(call);
        response.send(answer.status(), answer.header("content-type").orElse("application/json"), answer.body());
    }

    private void stream(Call call, Response response) throws IOException {
        try (var answer = transport.stream(call); var out = response.stream(answer.status(), "application/json")) {
            var buffer = new byte[8 << 10];
            for (int count = answer.body().read(buffer); count >= 0; count = answer.body().read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        }
    }

    private void socket(Call call, Request request, Response response) throws IOException {
        var protocols = request.headers("Sec-WebSocket-Protocol").stream().flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip).toList();
        var far = transport.webSocket(call, protocols);
        response.webSocket(List.of(far.protocol()), near -> join(near, far));
    }

    private static void join(WebSocket near, ClientSocket far) {
        try (far) {
            var back = Thread.ofVirtual().name("forward").start(() -> answer(far, near));
            for (var message = near.read(); message.isPresent(); message = near.read()) {
                far.write(new ClientSocket.Message(message.get().binary(), message.get().bytes()));
            }
            back.interrupt();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void answer(ClientSocket far, WebSocket near) {
        try {
            for (var message = far.read(); message.isPresent(); message = far.read()) {
                near.write(new WebSocket.Message(message.get().binary(), message.get().bytes()));
            }
            near.close(1000, "");
        } catch (IOException broken) {
            near.close(1011, "the API server hung up");
        }
    }
}
