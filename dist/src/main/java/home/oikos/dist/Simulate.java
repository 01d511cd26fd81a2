package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.host.Instance;
import home.oikos.simulation.HouseControl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `simulate house --hand kitchen-light on=false`, `--fault leak-sensor wet`, `--mend leak-sensor`; without any: how the house truly is.
@Command(name = "simulate")
final class Simulate implements Callable<Integer> {
    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "house")
    private String what;
    @Option(names = "--hand", arity = "2..*", paramLabel = "DEVICE PROPERTY=VALUE")
    private List<String> hand = List.of();
    @Option(names = "--fault", arity = "2", paramLabel = "DEVICE KIND")
    private List<String> fault = List.of();
    @Option(names = "--mend", paramLabel = "DEVICE")
    private String mend;
    @Option(names = "--speed", paramLabel = "FACTOR", description = "how fast time runs in the house")
    private Double speed;

    Simulate(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (!what.equals("house")) throw Refusal.usage("simulate knows house, not " + what);
        var questions = questions();
        if (questions.isEmpty()) show(ask(JsonObject.of("truth", true)).object());
        for (var question : questions) ask(question);
        return 0;
    }

    private List<JsonObject> questions() {
        var questions = new ArrayList<JsonObject>();
        for (var wish : hand.subList(Math.min(1, hand.size()), hand.size())) {
            int equals = wish.indexOf('=');
            if (equals <= 0) throw Refusal.usage("--hand: expected DEVICE PROPERTY=VALUE such as kitchen-light on=false, found " + wish);
            questions.add(JsonObject.of("hand", hand.getFirst(), "property", wish.substring(0, equals), "value", value(wish.substring(equals + 1))));
        }
        if (!fault.isEmpty()) questions.add(JsonObject.of("fault", fault.get(0), "kind", fault.get(1)));
        if (speed != null) questions.add(JsonObject.of("speed", speed));
        if (mend != null) questions.add(JsonObject.of("mend", mend));
        return questions;
    }

    private static Json value(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException word) {
            return new JsonString(text);
        }
    }

    private Json ask(JsonObject question) {
        var socket = Instance.of(home.data()).runDir().resolve(SimulatedHouse.SOCKET);
        try {
            return HouseControl.ask(socket, question);
        } catch (IOException none) {
            throw new Refusal("no simulated house runs beside the home in " + home.data() + "; ./oikos up --demo starts one");
        } catch (IllegalArgumentException refused) {
            throw new Refusal(refused.getMessage());
        }
    }

    private void show(JsonObject truth) {
        truth.members().forEach((name, state) -> screen.out().println("%-18s %s".formatted(name, state)));
    }
}
