package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `brew log pale-ale`: its diary; `brew export pale-ale`: its readings and phases as CSV; `brew pitch pale-ale`: other yeast is in,
/// another batch begins.
@Command(name = "brew", description = "a batch of beer and the like")
final class Brew implements Callable<Integer> {
    private static final Resource FERMENTATIONS = Resource.namespaced("oikos.home/v1alpha1", "fermentations", "Fermentation");

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "log|export|pitch")
    private String what;
    @Parameters(index = "1", paramLabel = "NAME")
    private String name;
    @Option(names = {"-n", "--namespace"})
    private String namespace = "home";

    Brew(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        var key = new ObjectKey(namespace, name);
        switch (what) {
            case "log" -> log(home.client().get(FERMENTATIONS, key));
            case "export" -> screen.out().print(BatchTable.of(home.client(), home.client().get(FERMENTATIONS, key), now()).csv());
            case "pitch" -> pitch(key);
            default -> throw Refusal.usage("brew knows log, export and pitch, not " + what);
        }
        screen.out().flush();
        return 0;
    }

    private Instant now() {
        return home.clock().instant();
    }

    private void log(Json batch) {
        var status = batch.at("status");
        screen.out().println("%s: %s. %s.".formatted(name, status.at("phase").text("nobody has looked at it yet"),
                status.at("note").text("-")));
        var rows = new Rows("WHEN", "STORY");
        for (var line : status.at("diary").array()) {
            rows.add(Words.instant(line.at("time").text("")).map(then -> Words.ago(then, now())).orElse("-"), line.at("text").text("-"));
        }
        if (!rows.isEmpty()) rows.print(screen.out());
    }

    private void pitch(ObjectKey key) {
        home.client().patch(FERMENTATIONS, key,
                Patch.merge("spec", JsonObject.of("pitchTime", now().truncatedTo(ChronoUnit.SECONDS).toString())));
        screen.out().println("%s is another batch from now on.".formatted(name));
    }
}
