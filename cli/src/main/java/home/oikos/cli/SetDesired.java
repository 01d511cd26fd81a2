package home.oikos.cli;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import home.oikos.api.ObjectKey;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `set kitchen-light on=true brightness=40`; `set kitchen-light brightness=` wants nothing of it any more.
@Command(name = "set", description = "says what a device should be")
final class SetDesired implements Callable<Integer> {
    static final Resource DEVICES = Resource.namespaced("oikos.home/v1alpha1", "devices", "Device");

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "DEVICE")
    private String device;
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PROPERTY=VALUE")
    private List<String> wishes;
    @Option(names = {"-n", "--namespace"})
    private String namespace = "";

    SetDesired(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        var found = Located.find(home.client(), DEVICES, device, namespace);
        try {
            home.client().patch(DEVICES, ObjectKey.of(found), Patch.merge("spec", JsonObject.of("desired", desired())));
        } catch (ApiException refused) {
            throw new Refusal(InterlockWords.withHint(refused.getMessage()));
        }
        screen.out().println(device + " should be: " + String.join(", ", wishes));
        return 0;
    }

    private JsonObject desired() {
        var desired = JsonObject.EMPTY;
        for (var wish : wishes) {
            int equals = wish.indexOf('=');
            if (equals <= 0) throw Refusal.usage("expected PROPERTY=VALUE such as on=true, found " + wish);
            desired = desired.with(wish.substring(0, equals), value(wish.substring(equals + 1)));
        }
        return desired;
    }

    /// `true` and `40` mean what they look like, everything else is a word; nothing at all takes the wish back.
    static Json value(String text) {
        if (text.isEmpty()) return Json.NULL;
        try {
            var value = Json.parse(text);
            return value instanceof JsonObject ? new JsonString(text) : value;
        } catch (JsonException word) {
            return new JsonString(text);
        }
    }
}
