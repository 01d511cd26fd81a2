package home.oikos.apiserver;

import java.io.OutputStream;

/// Where no node agent runs nothing can be reached.
final class NoNode implements NodeConnection {
    private static NodeRefusal refusal(PodTarget pod) {
        return new NodeRefusal(500, "pods \"" + pod.name() + "\": no node agent runs here");
    }

    @Override
    public void logs(PodTarget pod, LogOptions options, OutputStream out) throws NodeRefusal {
        throw refusal(pod);
    }

    @Override
    public int exec(PodTarget pod, ExecOptions options, ContainerStreams streams) throws NodeRefusal {
        throw refusal(pod);
    }

    @Override
    public void attach(PodTarget pod, ExecOptions options, ContainerStreams streams) throws NodeRefusal {
        throw refusal(pod);
    }

    @Override
    public NodeStream dial(PodTarget pod, int port) throws NodeRefusal {
        throw refusal(pod);
    }
}
