package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `events`: what happened, newest first.
@Command(name = "events", description = "what happened")
final class Events implements Callable<Integer> {
    private static final int SHOWN_MAX = 50;

    @Mixin
    private final Home home;
    private final Screen screen;

    @Option(names = {"-n", "--namespace"})
    private String namespace = "";

    Events(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        var now = home.clock().instant();
        var events = home.client().list(Resources.EVENTS, namespace, Selection.ALL).stream()
                .sorted(Comparator.comparing(Events::time).reversed()).limit(SHOWN_MAX).toList();
        var rows = new Rows("WHEN", "WHAT", "STORY");
        for (var event : events) {
            var when = Words.instant(time(event)).map(then -> Words.ago(then, now)).orElse("-");
            rows.add(when, event.at("involvedObject", "name").text("-"), event.at("message").text("-"));
        }
        if (rows.isEmpty()) screen.out().println("Nothing has happened yet.");
        else rows.print(screen.out());
        return 0;
    }

    private static String time(Json event) {
        return event.at("lastTimestamp").text().or(() -> event.at("eventTime").text())
                .orElseGet(() -> event.at("metadata", "creationTimestamp").text(""));
    }
}
