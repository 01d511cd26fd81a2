package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import home.oikos.host.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Plays recorded answers of a reference API server against a home, where the folder with them is there (`OIKOS_SCENARIOS`).
class ScenariosTest {
    private static final String MUST = "(mech-.*|auth-.*|crd-.*|ctl-.*|configmap-basics)";
    private static final String MAY_WAIT = "(crd-cel.*|crd-invalid-.*|crd-validating-policy|auth-escalation)";
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /// @param words what differed
    private record Played(String name, boolean passed, String words) { }

    @TestFactory
    Stream<DynamicTest> everyScenarioIsAnsweredAsByTheReference() throws Exception {
        var folder = System.getenv("OIKOS_SCENARIOS");
        if (folder == null || !Files.isDirectory(Path.of(folder))) return Stream.of();
        var played = play(Path.of(folder));
        System.out.printf("scenarios: %d of %d pass%n", played.stream().filter(Played::passed).count(), played.size());
        played.stream().filter(one -> !one.passed()).forEach(one -> System.out.println("  falls short: " + one.name()));
        return played.stream().filter(one -> one.name().matches(MUST) && !one.name().matches(MAY_WAIT)).map(one -> DynamicTest.dynamicTest(one.name(), () -> {
            if (!one.passed()) fail(one.words());
        }));
    }

    private static List<Played> play(Path folder) throws Exception {
        try (var machine = Machine.create(); var home = Home.on(machine); var files = Files.list(folder.resolve("scenarios"))) {
            home.up("--no-containers");
            var words = Stream.concat(Stream.of(folder.resolve("replay").toString(), "check", "--kubeconfig", home.data().resolve("kubeconfig").toString()),
                    files.filter(ScenariosTest::isPlayed).map(Path::toString).sorted()).toList();
            return parse(Command.of(words).within(LONGEST).tryRun().lines());
        }
    }

    /// Those that may still fall short wait out their deadlines, some minutes in all: they are played and counted in the soak.
    private static boolean isPlayed(Path file) {
        var name = file.getFileName().toString();
        if (!name.endsWith(".json")) return false;
        var scenario = name.substring(0, name.length() - ".json".length());
        return Boolean.getBoolean("oikos.soak") || scenario.matches(MUST) && !scenario.matches(MAY_WAIT);
    }

    /// Differences come first, then the verdict: `ok   NAME: ...` or `FAIL NAME: ...`.
    private static List<Played> parse(List<String> lines) {
        var played = new ArrayList<Played>();
        var differences = new StringBuilder();
        for (var line : lines) {
            if (line.startsWith("ok  ") || line.startsWith("FAIL ")) {
                played.add(new Played(line.substring(5, line.indexOf(':')).strip(), line.startsWith("ok"), differences.toString()));
                differences.setLength(0);
            } else {
                differences.append(line).append('\n');
            }
        }
        return played;
    }
}
