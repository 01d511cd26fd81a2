package home.oikos.dashboard;

import home.oikos.apiserver.ContainerStreams;
import home.oikos.apiserver.ExecOptions;
import home.oikos.apiserver.LogOptions;
import home.oikos.apiserver.NodeConnection;
import home.oikos.apiserver.NodeRefusal;
import home.oikos.apiserver.NodeStream;
import home.oikos.apiserver.PodTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A node whose containers hold one program: it says again what it is told, until `exit`.
final class EchoNode implements NodeConnection {
    @Override
    public void logs(PodTarget pod, LogOptions options, OutputStream out) throws IOException {
        out.write("Nothing goes wrong in here.\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int exec(PodTarget pod, ExecOptions options, ContainerStreams streams) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(streams.stdin(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null && !line.equals("exit"); line = lines.readLine()) {
            streams.stdout().write((pod.name() + " heard " + line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return 0;
    }

    @Override
    public void attach(PodTarget pod, ExecOptions options, ContainerStreams streams) throws NodeRefusal {
        throw new NodeRefusal(400, "nothing to attach to");
    }

    @Override
    public NodeStream dial(PodTarget pod, int port) throws NodeRefusal {
        throw new NodeRefusal(400, "nothing listens");
    }
}
