package home.oikos.dist;

import home.oikos.apiserver.ContainerStreams;
import home.oikos.apiserver.ExecOptions;
import home.oikos.apiserver.LogOptions;
import home.oikos.apiserver.NodeConnection;
import home.oikos.apiserver.NodeRefusal;
import home.oikos.apiserver.NodeStream;
import home.oikos.apiserver.PodTarget;
import home.oikos.node.LogRequest;
import home.oikos.node.PodConnection;
import home.oikos.node.PodIdentity;
import home.oikos.node.PodRefusal;
import home.oikos.node.PodStreams;
import home.oikos.node.ProcessStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The API server's way to the node in the same process: the same words under each room's own names.
record PodAccess(PodStreams pods) implements NodeConnection {
    @Override
    public void logs(PodTarget pod, LogOptions options, OutputStream out) throws IOException, NodeRefusal {
        try {
            pods.logs(identity(pod), new LogRequest(options.container(), options.follow(), options.previous(), options.since(), options.timestamps(),
                    options.tailLines(), options.limitBytes()), out);
        } catch (PodRefusal refused) {
            throw refusal(refused);
        }
    }

    @Override
    public int exec(PodTarget pod, ExecOptions options, ContainerStreams streams) throws IOException, NodeRefusal {
        try {
            return pods.exec(identity(pod), options.container(), options.command(), options.tty(), streams(options, streams));
        } catch (PodRefusal refused) {
            throw refusal(refused);
        }
    }

    @Override
    public void attach(PodTarget pod, ExecOptions options, ContainerStreams streams) throws IOException, NodeRefusal {
        try {
            pods.attach(identity(pod), options.container(), options.tty(), streams(options, streams));
        } catch (PodRefusal refused) {
            throw refusal(refused);
        }
    }

    @Override
    public NodeStream dial(PodTarget pod, int port) throws IOException, NodeRefusal {
        try {
            return new Stream(pods.dial(identity(pod), port));
        } catch (PodRefusal refused) {
            throw refusal(refused);
        }
    }

    private static PodIdentity identity(PodTarget pod) {
        return new PodIdentity(pod.namespace(), pod.name(), pod.uid());
    }

    private static NodeRefusal refusal(PodRefusal refused) {
        return new NodeRefusal(refused.code(), refused.getMessage());
    }

    private static ProcessStreams streams(ExecOptions options, ContainerStreams streams) {
        return new ProcessStreams(options.stdin(), streams.stdin(), streams.stdout(), streams.stderr(), sizes(options, streams.sizes()));
    }

    /// The sizes of a terminal, passed on as they come until the thread that reads them is no longer needed.
    private static BlockingQueue<ProcessStreams.TerminalSize> sizes(ExecOptions options, BlockingQueue<ContainerStreams.TerminalSize> asked) {
        var sizes = new LinkedBlockingQueue<ProcessStreams.TerminalSize>();
        if (!options.tty()) return sizes;
        Thread.ofVirtual().name("terminal sizes").start(() -> {
            try {
                for (var size = asked.take();; size = asked.take()) sizes.add(new ProcessStreams.TerminalSize(size.width(), size.height()));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        return sizes;
    }

    private record Stream(PodConnection connection) implements NodeStream {
        @Override
        public InputStream in() {
            return connection.in();
        }

        @Override
        public OutputStream out() {
            return connection.out();
        }

        @Override
        public void shutdownOutput() throws IOException {
            connection.shutdownOutput();
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
