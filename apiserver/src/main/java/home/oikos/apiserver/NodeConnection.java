package home.oikos.apiserver;

import java.io.IOException;
import java.io.OutputStream;

/// The way from the API server to what runs on a node: behind pods/log, exec, attach, portforward and proxy. Owned here, implemented
/// by the node agent, wired by dist. Every call blocks, on a virtual thread, until what it does has ended; when the client
/// goes away its streams are closed and the thread is interrupted. A refusal is a [NodeRefusal], whose message the user reads.
public interface NodeConnection {
    /// Writes a container's log until its end, or, when it follows, until the container has ended for good or the client has gone.
    /// Each write reaches the client at once.
    void logs(PodTarget pod, LogOptions options, OutputStream out) throws IOException, NodeRefusal;

    /// Runs a command in a container.
    /// @return the command's exit code
    int exec(PodTarget pod, ExecOptions options, ContainerStreams streams) throws IOException, NodeRefusal;

    /// Joins the streams of a container's main process until it or the client ends.
    /// @param options its command is empty
    void attach(PodTarget pod, ExecOptions options, ContainerStreams streams) throws IOException, NodeRefusal;

    /// Opens a TCP connection to a port inside the pod's network, where 127.0.0.1 is the pod itself.
    NodeStream dial(PodTarget pod, int port) throws IOException, NodeRefusal;

    /// A connection where no node is: what a home without containers has.
    static NodeConnection none() {
        return new NoNode();
    }
}
