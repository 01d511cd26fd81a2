package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.client.ClientSocket;
import home.oikos.client.ExecOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `exec media -- ls /`: a command inside a container, with its exit code. The channel protocol is `v5.channel.k8s.io` (KEP-4006).
@Command(name = "exec", description = "a command inside a container")
final class Exec implements Callable<Integer> {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int STATUS = 3;

    @Mixin
    private final Home home;
    private final Screen screen;

    @Option(names = {"-i", "--stdin"}, description = "hands standard input over")
    private boolean stdin;
    @Option(names = {"-c", "--container"})
    private String container = "";
    @Option(names = {"-n", "--namespace"})
    private String namespace = "";
    @Parameters(index = "0", paramLabel = "NAME")
    private String name;
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND")
    private List<String> command;

    Exec(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        var pod = Logs.Pods.named(home, name, namespace);
        try (var socket = home.client().exec(pod, new ExecOptions(container, command, stdin, false))) {
            if (stdin) Thread.ofVirtual().start(() -> feed(socket));
            return read(socket);
        }
    }

    private int read(ClientSocket socket) throws IOException {
        for (var message = socket.read(); message.isPresent(); message = socket.read()) {
            var bytes = message.get().bytes();
            if (bytes.length == 0) continue;
            switch (bytes[0]) {
                case STDOUT -> write(screen.out(), bytes);
                case STDERR -> write(screen.err(), bytes);
                case STATUS -> {
                    return exitCode(Json.parse(Arrays.copyOfRange(bytes, 1, bytes.length)));
                }
                default -> { }
            }
        }
        throw new Refusal("the connection to the container ended before the command did");
    }

    private static void write(PrintStream stream, byte[] bytes) {
        stream.write(bytes, 1, bytes.length - 1);
        stream.flush();
    }

    private int exitCode(Json status) {
        if (status.at("status").text("").equals("Success")) return 0;
        for (var cause : status.at("details", "causes").array()) {
            if (cause.at("reason").text("").equals("ExitCode")) return Integer.parseInt(cause.at("message").text("1"));
        }
        throw new Refusal(status.at("message").text("the command could not be run"));
    }

    private void feed(ClientSocket socket) {
        var buffer = new byte[8_192];
        try {
            for (int read = screen.in().read(buffer, 1, buffer.length - 1); read >= 0; read = screen.in().read(buffer, 1, buffer.length - 1)) {
                buffer[0] = STDIN;
                socket.write(new ClientSocket.Message(true, Arrays.copyOf(buffer, read + 1)));
            }
            socket.write(new ClientSocket.Message(true, new byte[] {(byte) 255, STDIN}));
        } catch (IOException ended) {
            // The command ended first; its exit code is on the way.
        }
    }
}
