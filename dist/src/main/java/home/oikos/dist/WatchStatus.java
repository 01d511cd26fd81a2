package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.cli.Home;
import home.oikos.cli.Screen;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The foreground of `up`: tells what happens in the home until Ctrl-C.
@Command(name = "watch-status")
final class WatchStatus implements Callable<Integer> {
    @Mixin
    private final Home home;
    private final Screen screen;

    WatchStatus(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        screen.out().println();
        screen.out().println("Ctrl-C stops the home. What happens in it:");
        var from = home.client().list(Resources.EVENTS, "", Selection.ALL, _ -> { });
        try (var events = home.client().watch(Resources.EVENTS, "", Selection.ALL, from)) {
            for (var event = events.next(); event.isPresent(); event = events.next()) tell(event.get().object());
        } catch (java.io.IOException ended) {
            screen.err().println("the home does not answer any more: " + ended.getMessage());
        }
        return 0;
    }

    private void tell(Json event) {
        var message = event.at("message").text("");
        if (!message.isEmpty()) screen.out().println("  " + event.at("involvedObject", "name").text("") + ": " + message);
    }
}
