package home.oikos.dist;

import home.oikos.apiserver.ContainerStreams;
import home.oikos.apiserver.ExecOptions;
import home.oikos.apiserver.LogOptions;
import home.oikos.apiserver.NodeConnection;
import home.oikos.apiserver.NodeRefusal;
import home.oikos.apiserver.NodeStream;
import home.oikos.apiserver.PodTarget;
import java.io.IOException;
import java.io.OutputStream;

/// The way to the node, which opens after the API: until then there is none, and the API says so.
final class LateNode implements NodeConnection {
    private volatile NodeConnection node = NodeConnection.none();

    void open(NodeConnection opened) {
        node = opened;
    }

    @Override
    public void logs(PodTarget pod, LogOptions options, OutputStream out) throws IOException, NodeRefusal {
        node.logs(pod, options, out);
    }

    @Override
    public int exec(PodTarget pod, ExecOptions options, ContainerStreams streams) throws IOException, NodeRefusal {
        return node.exec(pod, options, streams);
    }

    @Override
    public void attach(PodTarget pod, ExecOptions options, ContainerStreams streams) throws IOException, NodeRefusal {
        node.attach(pod, options, streams);
    }

    @Override
    public NodeStream dial(PodTarget pod, int port) throws IOException, NodeRefusal {
        return node.dial(pod, port);
    }
}
