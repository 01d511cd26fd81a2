package home.oikos.cli;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `do front-door-lock open [CODE]`: what a device does for a one-time code alone. Without the code it is asked for.
@Command(name = "do", description = "tells a device to do what needs a code")
final class DoCommand implements Callable<Integer> {
    private static final Resource SERVED = Resource.namespaced("gateway.oikos.home/v1alpha1", "devices", "Device");

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "DEVICE")
    private String device;
    @Parameters(index = "1", paramLabel = "COMMAND")
    private String command;
    @Parameters(index = "2", paramLabel = "CODE", arity = "0..1")
    private String code;
    @Option(names = {"-n", "--namespace"})
    private String namespace = "";

    DoCommand(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        var key = ObjectKey.of(Located.find(home.client(), SetDesired.DEVICES, device, namespace));
        var body = JsonObject.of("command", command, "code", code == null ? asked() : code);
        screen.out().println(home.client().post(SERVED, key, "command", body).at("message").text(""));
        return 0;
    }

    private String asked() throws IOException {
        screen.err().print("code: ");
        screen.err().flush();
        var typed = new BufferedReader(new InputStreamReader(screen.in(), StandardCharsets.UTF_8)).readLine();
        if (typed == null || typed.isBlank()) throw Refusal.usage("do: which code? ./oikos do " + device + " " + command + " CODE");
        return typed.strip();
    }
}
