package home.oikos.dice;

import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// Opens the streams of all kinds of sources.
final class Openers {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 1_000;
    /// What the kernel keeps of a source that speaks faster than it is read.
    private static final int RECEIVE_BYTES = 16 << 10;

    private final ApiClient client;
    private final Machine machine;

    Openers(ApiClient client, Machine machine) {
        this.client = client;
        this.machine = machine;
    }

    SampleStream.Opener opener(String namespace, Origin origin) {
        return switch (origin) {
            case Origin.Tcp(var host, var port) -> () -> Tcp.connect(host, port);
            case Origin.Service(var name, var port) -> () -> Tcp.connect(address(new ObjectKey(namespace, name)), port);
            case Origin.Device(var path, var baud) -> () -> machine.device(path, baud);
            case Origin.Infnoise _ -> machine::infnoise;
        };
    }

    private String address(ObjectKey service) throws IOException {
        var found = client.find(Resources.SERVICES, service).orElseThrow(() -> new IOException("there is no Service " + service));
        var address = found.at("spec", "clusterIP").text("");
        if (address.isEmpty() || address.equals("None")) throw new IOException("the Service " + service + " has no address of its own");
        return address;
    }

    /// A connection whose reads give up after a while.
    record Tcp(Socket socket) implements SampleStream {
        static Tcp connect(String host, int port) throws IOException {
            var socket = new Socket();
            try {
                socket.setReceiveBufferSize(RECEIVE_BYTES);
                socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                socket.setSoTimeout(READ_MILLIS);
                return new Tcp(socket);
            } catch (IOException refused) {
                socket.close();
                throw new IOException("%s port %d: %s".formatted(host, port, refused.getMessage()), refused);
            }
        }

        @Override
        public int read(byte[] into) throws IOException {
            try {
                return socket.getInputStream().read(into);
            } catch (SocketTimeoutException silent) {
                return 0;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
