package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.http.WebSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `pods/portforward`: over the channels of a WebSocket, two for each port, or by SPDY frames in one.
final class PortForwardHandler implements SubresourceHandler {
    static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
    private static final List<String> PROTOCOLS = List.of(TUNNEL, "v4.channel.k8s.io", "v4.base64.channel.k8s.io", "portforward.k8s.io");
    private static final int PORT_MAX = 65_535;

    private final PodTargets targets;
    private final NodeConnection node;

    PortForwardHandler(PodTargets targets, NodeConnection node) {
        this.targets = targets;
        this.node = node;
    }

    @Override
    public void handle(Request request, Response response, Resource resource, ApiCall call) {
        var target = PodTargets.placed(targets.pod(resource, call));
        var ports = ports(request);
        response.webSocket(PROTOCOLS, socket -> {
            if (socket.protocol().equals(TUNNEL)) new SpdyPortForward(new SpdyConnection(new SocketBytes(socket)), node, target).run();
            else channels(new Channel(socket), target, ports);
        });
    }

    private static List<Integer> ports(Request request) {
        var ports = new ArrayList<Integer>();
        for (var text : request.parameters().getOrDefault("ports", List.of())) {
            for (var part : text.split(",")) ports.add(port(part.strip()));
        }
        return ports;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= PORT_MAX) return port;
        } catch (NumberFormatException _) {
            // Falls through to the refusal, as a number out of range does.
        }
        throw new ApiException(Reason.BAD_REQUEST, "query parameter \"ports\" must be a valid TCP port: \"%s\"", text);
    }

    /// Port i has channel 2i for its bytes and 2i + 1 for its error; each begins by telling the port.
    private void channels(Channel channel, PodTarget target, List<Integer> ports) {
        var streams = new NodeStream[ports.size()];
        try {
            for (int i = 0; i < ports.size(); i++) open(channel, target, ports.get(i), i, streams);
            for (var message = channel.read(); message.isPresent(); message = channel.read()) {
                var number = message.get().number();
                var stream = number % 2 == 0 && number / 2 < streams.length ? streams[number / 2] : null;
                if (stream == null) continue;
                stream.out().write(message.get().bytes());
                stream.out().flush();
            }
        } catch (IOException _) {
            // Either end has gone; both are closed below.
        } finally {
            for (var stream : streams) Streams.close(stream);
        }
    }

    private void open(Channel channel, PodTarget target, int port, int index, NodeStream[] streams) throws IOException {
        var told = new byte[] {(byte) port, (byte) (port >>> 8)};
        channel.write(2 * index, told);
        channel.write(2 * index + 1, told);
        try {
            var stream = node.dial(target, port);
            streams[index] = stream;
            Thread.ofVirtual().name("port-forward").start(() -> Streams.copy(stream.in(), channel.output(2 * index)));
        } catch (NodeRefusal | IOException e) {
            channel.write(2 * index + 1, ObjectBytes.utf8(String.valueOf(e.getMessage())));
        }
    }
}
