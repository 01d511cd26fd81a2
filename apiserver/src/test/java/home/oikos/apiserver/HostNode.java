package home.oikos.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/// A node whose containers are this host: commands run here, ports are those of the loopback address, and a log is two lines.
final class HostNode implements NodeConnection {
    @Override
    public void logs(PodTarget pod, LogOptions options, OutputStream out) throws IOException, NodeRefusal {
        if (options.previous()) throw new NodeRefusal(400, "previous terminated container \"" + options.container() + "\" in pod \""
                + pod.name() + "\" not found");
        out.write(("first of " + options.container() + "\n").getBytes());
        out.write("second\n".getBytes());
    }

    @Override
    public int exec(PodTarget pod, ExecOptions options, ContainerStreams streams) throws IOException {
        var process = new ProcessBuilder(options.command()).start();
        var in = Thread.ofVirtual().start(() -> {
            try (var to = process.getOutputStream()) {
                Streams.copy(streams.stdin(), to);
            } catch (IOException _) {
                // The command reads no more.
            }
        });
        var errors = Thread.ofVirtual().start(() -> Streams.copy(process.getErrorStream(), streams.stderr()));
        Streams.copy(process.getInputStream(), streams.stdout());
        try {
            errors.join();
            in.interrupt();
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw new IOException(e);
        }
    }

    @Override
    public void attach(PodTarget pod, ExecOptions options, ContainerStreams streams) throws IOException {
        streams.stdout().write("attached\n".getBytes());
    }

    @Override
    public NodeStream dial(PodTarget pod, int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        return new NodeStream() {
            private final InputStream in = socket.getInputStream();
            private final OutputStream out = socket.getOutputStream();

            @Override
            public InputStream in() {
                return in;
            }

            @Override
            public OutputStream out() {
                return out;
            }

            @Override
            public void shutdownOutput() throws IOException {
                socket.shutdownOutput();
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }
}
