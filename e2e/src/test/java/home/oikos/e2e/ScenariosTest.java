package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.fail;

import home.oikos.host.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Plays recorded answers of a reference API server against a home, where the folder with them is there (`OIKOS_SCENARIOS`).
class ScenariosTest {
    private static final String MUST = "(mech-.*|auth-.*|crd-.*|ctl-.*|kinds-.*|configmap-basics)";
    private static final String MAY_WAIT = "(crd-cel.*|crd-invalid-.*|crd-validating-policy|auth-escalation)";
    private static final Duration LONGEST = Duration.ofMinutes(15);
    /// Those that may fall short wait out their deadlines, some minutes in all. In a quick run the rest is played for so long; in the soak to its end.
    private static final Duration REST = Boolean.getBoolean("oikos.soak") ? LONGEST : Duration.ofSeconds(90);

    /// @param words what differed
    private record Played(String name, boolean passed, String words) { }

    @TestFactory
    Stream<DynamicTest> everyScenarioIsAnsweredAsByTheReference() throws Exception {
        var folder = System.getenv("OIKOS_SCENARIOS");
        if (folder == null || !Files.isDirectory(Path.of(folder))) return Stream.of();
        return play(Path.of(folder)).stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> {
            if (!one.passed()) fail(one.words());
        }));
    }

    /// @return how those went that must pass; of the rest only the count is told
    private static List<Played> play(Path folder) throws Exception {
        try (var machine = Machine.create(); var home = Home.on(machine); var files = Files.list(folder.resolve("scenarios"))) {
            home.up("--no-containers");
            var all = files.filter(file -> file.toString().endsWith(".json")).sorted().collect(Collectors.partitioningBy(ScenariosTest::mustPass));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var rest = threads.submit(() -> replay(folder, home, all.get(false), REST));
                var must = replay(folder, home, all.get(true), LONGEST);
                tell("must pass", must, all.get(true).size());
                tell("may wait", rest.get(), all.get(false).size());
                return must;
            }
        }
    }

    private static boolean mustPass(Path file) {
        var scenario = file.getFileName().toString().replaceFirst("\\.json$", "");
        return scenario.matches(MUST) && !scenario.matches(MAY_WAIT);
    }

    private static List<Played> replay(Path folder, Home home, List<Path> files, Duration longest) {
        var words = Stream.concat(Stream.of("timeout", longest.toSeconds() + "s", folder.resolve("replay").toString(), "check", "--kubeconfig",
                home.data().resolve("kubeconfig").toString()), files.stream().map(Path::toString)).toList();
        return parse(Command.of(words).within(longest.plusSeconds(10)).variable("PYTHONUNBUFFERED", "1").tryRun().lines());
    }

    private static void tell(String which, List<Played> played, int all) {
        System.out.printf("scenarios that %s: %d of %d pass, %d were not reached%n", which, played.stream().filter(Played::passed).count(), all,
                all - played.size());
        played.stream().filter(one -> !one.passed()).forEach(one -> System.out.println("  falls short: " + one.name()));
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
