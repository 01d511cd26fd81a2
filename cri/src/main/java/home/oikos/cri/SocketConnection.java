package home.oikos.cri;

import home.oikos.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// A connection into a pod over a socket that was opened there.
record SocketConnection(Socket socket, InputStream in, OutputStream out) implements PodConnection {
    SocketConnection(Socket socket) throws IOException {
        this(socket, socket.getInputStream(), socket.getOutputStream());
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
