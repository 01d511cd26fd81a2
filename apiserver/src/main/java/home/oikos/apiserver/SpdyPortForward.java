package home.oikos.apiserver;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/// One client's port-forward over SPDY: for each of its connections a pair of streams, `data` and `error`, that name the same request.
/// [#run] reads frames on the thread of the socket; each connection into the pod has a thread of its own each way.
final class SpdyPortForward {
    private static final byte[] NOTHING = new byte[0];

    private final SpdyConnection connection;
    private final NodeConnection node;
    private final PodTarget target;
    private final Map<Integer, BytePipeline> data = new HashMap<>();
    /// Error streams by the request that waits for its other half.
    private final Map<String, Integer> errors = new HashMap<>();

    SpdyPortForward(SpdyConnection connection, NodeConnection node, PodTarget target) {
        this.connection = connection;
        this.node = node;
        this.target = target;
    }

    void run() {
        try (connection) {
            for (var frame = connection.read(); !(frame instanceof SpdyConnection.Frame.End); frame = connection.read()) take(frame);
        } catch (IOException _) {
            // The client has gone; its connections are ended below.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            data.values().forEach(SpdyPortForward::end);
        }
    }

    private static void end(BytePipeline pipeline) {
        try {
            pipeline.end();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(SpdyConnection.Frame frame) throws IOException, InterruptedException {
        switch (frame) {
            case SpdyConnection.Frame.Opened opened -> open(opened);
            case SpdyConnection.Frame.Bytes(int stream, byte[] bytes, boolean last) -> {
                var pipeline = data.get(stream);
                if (pipeline == null) return;
                pipeline.add(bytes);
                if (last) pipeline.end();
            }
            case SpdyConnection.Frame.Reset(int stream) -> {
                var pipeline = data.remove(stream);
                if (pipeline != null) pipeline.end();
            }
            case SpdyConnection.Frame.End _ -> { }
        }
    }

    private void open(SpdyConnection.Frame.Opened opened) throws IOException {
        var request = opened.headers().getOrDefault("requestid", "") + ":" + opened.headers().getOrDefault("port", "");
        connection.reply(opened.stream());
        if (opened.headers().getOrDefault("streamtype", "").equals("error")) {
            errors.put(request, opened.stream());
            return;
        }
        var pipeline = new BytePipeline();
        data.put(opened.stream(), pipeline);
        var error = errors.remove(request);
        var port = opened.headers().getOrDefault("port", "0");
        Thread.ofVirtual().name("port-forward").start(() -> forward(opened.stream(), error == null ? 0 : error, port, pipeline));
    }

    private void forward(int stream, int error, String port, BytePipeline fromClient) {
        try (var pod = node.dial(target, Integer.parseInt(port)); fromClient) {
            var upwards = Thread.ofVirtual().name("port-forward-up").start(() -> up(fromClient, pod));
            Streams.copy(pod.in(), output(stream));
            connection.write(stream, NOTHING, 0, 0, true);
            if (error != 0) connection.write(error, NOTHING, 0, 0, true);
            upwards.interrupt();
        } catch (NodeRefusal | IOException | NumberFormatException e) {
            fail(stream, error, "error forwarding port " + port + " to pod " + target.uid() + ", uid : " + e.getMessage());
        }
    }

    /// A client that has sent all may still want to hear the answer.
    private static void up(BytePipeline fromClient, NodeStream pod) {
        if (!Streams.copy(fromClient, pod.out())) return;
        try {
            pod.shutdownOutput();
        } catch (IOException _) {
            // The pod has closed first.
        }
    }

    private void fail(int stream, int error, String message) {
        try {
            var bytes = ObjectBytes.utf8(message);
            if (error != 0) connection.write(error, bytes, 0, bytes.length, true);
            connection.reset(stream);
        } catch (IOException _) {
            // The client has gone.
        }
    }

    private OutputStream output(int stream) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                connection.write(stream, bytes, offset, length, false);
            }
        };
    }
}
