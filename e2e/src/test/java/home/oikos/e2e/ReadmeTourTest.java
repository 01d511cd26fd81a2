package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.host.Command;
import home.oikos.host.Command.Output;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The five minutes of the README, as they stand there: what a newcomer types works, and does what the remark behind it says.
class ReadmeTourTest {
    /// One line of the tour.
    /// @param remark what stands behind the `#`
    private record Step(String command, String remark) {
        static Step of(String line) {
            var parts = line.split(" +# ", 2);
            return new Step(parts[0].strip(), parts.length == 1 ? "" : parts[1].strip());
        }

        boolean isRefused() {
            return remark.startsWith("refused");
        }

        boolean goesOn() {
            return command.contains("port-forward");
        }
    }

    @Test
    void everyLineOfTheTourDoesWhatItsRemarkSays() throws Exception {
        var tour = tour();
        assertTrue(tour.size() > 8, tour.toString());
        try (var machine = Machine.create(); var home = Home.onLoopback(machine)) {
            home.up("--demo");
            for (var step : tour) take(home, step);
            assertEquals(List.of(), home.remains(), "the last line takes the home down");
        }
    }

    private static List<Step> tour() throws Exception {
        var readme = Files.readString(Build.checkout().resolve("README.md"));
        var section = readme.substring(readme.indexOf("## Five minutes"));
        return section.split("```")[1].lines().filter(line -> !line.isBlank()).map(Step::of).toList();
    }

    private static void take(Home home, Step step) throws Exception {
        System.out.println("$ " + step.command());
        if (step.goesOn()) {
            forward(home, step);
            return;
        }
        var told = type(home, step);
        System.out.print(told.text() + told.err());
        if (step.isRefused()) assertNotEquals(0, told.status(), step.command());
        else assertEquals(0, told.status(), step.command() + "\n" + told.err());
        look(home, step);
    }

    /// What it should lead to, where the line itself does not show it.
    private static void look(Home home, Step step) {
        switch (step.remark()) {
            case "the water valve shuts" -> Eventually.becomes("the valve is shut", false, () -> home.isOn("water-valve", "open"));
            case "refused: the interlock says why" -> assertEquals(false, home.isOn("fermenter-cooler", "on"));
            case "it comes back" -> Eventually.becomes("the pod is back", "True", () -> home.field(
                    "{.items[*].status.conditions[?(@.type==\"Ready\")].status}", "-n", "media", "pods"));
            case "" -> { }
            default -> throw new AssertionError("nothing here checks the remark: " + step.remark());
        }
    }

    /// The remark says where to look meanwhile.
    private static void forward(Home home, Step step) throws Exception {
        var seen = Files.createTempFile("oikos-e2e", ".forward");
        var words = shell(home, "exec " + step.command()).words();
        var forward = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(seen.toFile()).start();
        try {
            var page = step.remark().replaceFirst("then ", "");
            Eventually.passes("the page at " + page, () -> assertTrue(home.curl(page).contains("media server of this home")));
        } finally {
            forward.descendants().forEach(ProcessHandle::destroy);
            forward.destroy();
            forward.waitFor(10, TimeUnit.SECONDS);
            Files.delete(seen);
        }
    }

    private static Output type(Home home, Step step) {
        return shell(home, step.command()).tryRun();
    }

    /// The standard home is somebody else's here, so the script hears of another data directory, as a second home's owner would tell it.
    private static Command shell(Home home, String command) {
        var data = home.data().toString();
        var typed = command.replace("/var/lib/oikos", data).replace("/root/", home.data().resolve("versions") + "/")
                .replaceFirst("^(exec )?\\./oikos ([a-z]+)", "$1" + home.script() + " $2 --data " + data);
        return home.machine().command("bash", "-c", "export KUBECONFIG=" + data + "/kubeconfig; " + typed).variable("JAVA_HOME", home.java());
    }
}
