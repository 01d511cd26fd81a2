package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.http.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/// `pods/exec` and `pods/attach`: the streams of a process over the channels of a WebSocket.
final class ExecHandler implements SubresourceHandler {
    private static final List<String> PROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io", "v4.base64.channel.k8s.io",
            "channel.k8s.io",
            "base64.channel.k8s.io", "");

    private final PodTargets targets;
    private final NodeConnection node;
    private final boolean attach;

    ExecHandler(PodTargets targets, NodeConnection node, boolean attach) {
        this.targets = targets;
        this.node = node;
        this.attach = attach;
    }

    @Override
    public void handle(Request request, Response response, Resource resource, ApiCall call) {
        var pod = targets.pod(resource, call);
        var target = PodTargets.placed(pod);
        var options = new ExecOptions(PodTargets.container(pod, request.parameter("container").orElse("")),
                attach ? List.of() : request.parameters().getOrDefault("command", List.of()),
                flag(request, "stdin"), flag(request, "stdout"), flag(request, "stderr"), flag(request, "tty"));
        response.webSocket(PROTOCOLS, socket -> run(socket, target, options));
    }

    private static boolean flag(Request request, String name) {
        return request.parameter(name).map(v -> v.equals("true") || v.equals("1")).orElse(false);
    }

    private void run(WebSocket socket, PodTarget target, ExecOptions options) {
        var channel = new Channel(socket);
        var stdin = new BytePipeline();
        var sizes = new LinkedBlockingQueue<ContainerStreams.TerminalSize>();
        var input = Thread.ofVirtual().name("exec-input").start(new Input(channel, stdin, sizes, Thread.currentThread()));
        var streams = new ContainerStreams(options.stdin() ? stdin : InputStream.nullInputStream(),
                options.stdout() ? channel.output(Channel.STDOUT) : OutputStream.nullOutputStream(),
                options.stderr() && !options.tty() ? channel.output(Channel.STDERR) : OutputStream.nullOutputStream(), sizes);
        try {
            end(channel, outcome(target, options, streams));
            socket.close(1000, "");
        } catch (IOException _) {
            // The client has gone; the process has been told by its streams.
        } finally {
            stdin.close();
            input.interrupt();
        }
    }

    /// Since v4 a Status ends the error channel; before, a failure was told there in words and a success not at all.
    private static void end(Channel channel, JsonObject outcome) throws IOException {
        if (channel.protocol().matches("v[45]\\..*")) channel.write(Channel.ERROR, ObjectBytes.utf8(outcome.toString()));
        else if (!outcome.at("status").text("").equals("Success")) channel.write(Channel.ERROR, ObjectBytes.utf8(outcome.at("message").text("")));
    }

    private JsonObject outcome(PodTarget target, ExecOptions options, ContainerStreams streams) {
        try {
            int code = 0;
            if (attach) node.attach(target, options, streams);
            else code = node.exec(target, options, streams);
            return code == 0 ? JsonObject.of("metadata", JsonObject.EMPTY, "status", "Success") : nonZero(code);
        } catch (NodeRefusal e) {
            return failure(e.getMessage(), "InternalError", e.code());
        } catch (IOException e) {
            return failure(String.valueOf(e.getMessage()), "InternalError", 500);
        }
    }

    private static JsonObject failure(String message, String reason, int code) {
        return JsonObject.of("metadata", JsonObject.EMPTY, "status", "Failure", "message", message, "reason", reason, "code", code);
    }

    private static JsonObject nonZero(int code) {
        Json cause = JsonObject.of("reason", "ExitCode", "message", Integer.toString(code));
        return JsonObject.of("metadata", JsonObject.EMPTY, "status", "Failure", "message",
                "command terminated with non-zero exit code: error executing command, exit code " + code, "reason", "NonZeroExitCode",
                "details", JsonObject.of("causes", new JsonArray(List.of(cause))));
    }

    /// Reads what the client sends until it goes, then wakes whoever runs the process.
    private record Input(Channel channel, BytePipeline stdin, LinkedBlockingQueue<ContainerStreams.TerminalSize> sizes,
            Thread runner) implements Runnable {
        @Override
        public void run() {
            try {
                for (var message = channel.read(); message.isPresent(); message = channel.read()) take(message.get());
                stdin.end();
                runner.interrupt();
            } catch (IOException | InterruptedException _) {
                runner.interrupt();
            }
        }

        private void take(Channel.Message message) throws InterruptedException {
            switch (message.number()) {
                case Channel.STDIN -> stdin.add(message.bytes());
                case Channel.RESIZE -> {
                    var size = Json.parse(message.bytes());
                    sizes.add(new ContainerStreams.TerminalSize(size.at("Width").integer(80), size.at("Height").integer(24)));
                }
                case Channel.CLOSE -> {
                    if (message.bytes().length == 1 && message.bytes()[0] == Channel.STDIN) stdin.end();
                }
                default -> { }
            }
        }
    }
}
