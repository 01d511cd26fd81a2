package home.oikos.dice;

import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Opens the streams of all kinds of sources.
final class Openers {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 1_000;

    private final ApiClient client;
    private final Machine machine;

    Openers(ApiClient client, Machine machine) {
        this.client = client;
        this.machine = machine;
    }

    SampleStream.Opener opener(String namespace, Origin origin) {
        return switch (origin) {
            case Origin.Tcp(var host, var port) -> () -> tcp(host, port);
            case Origin.Service(var name, var port) -> () -> tcp(address(new ObjectKey(namespace, name)), port);
            case Origin.Http(var url) -> () -> http(url);
            case Origin.Device(var path, var baud) -> () -> device(path, baud);
            case Origin.Infnoise _ -> machine::infnoise;
        };
    }

    private static SampleStream tcp(String host, int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            return new Timed(socket.getInputStream(), socket);
        } catch (IOException | IllegalArgumentException refused) {
            socket.close();
            throw new IOException("%s port %d: %s".formatted(host, port, refused.getMessage()), refused);
        }
    }

    private String address(ObjectKey service) throws IOException {
        var found = client.find(Resources.SERVICES, service).orElseThrow(() -> new IOException("there is no Service " + service));
        var address = found.at("spec", "clusterIP").text("");
        if (address.isEmpty() || address.equals("None")) throw new IOException("the Service " + service + " has no address of its own");
        return address;
    }

    private static SampleStream http(URI url) throws IOException {
        var body = body(url);
        return new Timed(body, body);
    }

    private static InputStream body(URI url) throws IOException {
        var connection = url.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        return connection.getInputStream();
    }

    private SampleStream device(Path path, int baud) throws IOException {
        if (!Files.exists(path)) throw new IOException("there is no " + path + "; is it plugged in?");
        if (Files.isRegularFile(path) || Files.isDirectory(path)) throw new IOException(path + " is no device and no pipe");
        boolean serial = path.getFileName().toString().startsWith("tty") || path.startsWith("/dev/pts");
        if (serial) machine.raw(path, baud);
        return new Opened(path, new FileInputStream(path.toFile()), serial);
    }

    /// A stream whose reads give up after a while.
    private record Timed(InputStream in, AutoCloseable owner) implements SampleStream {
        @Override
        public int read(byte[] into) throws IOException {
            try {
                return in.read(into);
            } catch (SocketTimeoutException silent) {
                return 0;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                owner.close();
            } catch (IOException | RuntimeException broken) {
                throw broken;
            } catch (Exception other) {
                throw new IOException(other);
            }
        }
    }

    /// A device. A serial line answers end of file when it was silent for a second; that it was unplugged shows in its path.
    private record Opened(Path path, FileInputStream in, boolean serial) implements SampleStream {
        @Override
        public int read(byte[] into) throws IOException {
            int count = in.read(into);
            return count < 0 && serial && isThere() ? 0 : count;
        }

        private boolean isThere() {
            try {
                return Files.readAttributes(path, BasicFileAttributes.class).isOther();
            } catch (IOException unplugged) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
