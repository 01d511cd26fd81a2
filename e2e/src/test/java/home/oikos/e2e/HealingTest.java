package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever is killed, the page answers again without a human.
class HealingTest {
    private static Machine machine;
    private static Home home;
    private static String page;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        home.up("--demo");
        page = "http://" + home.field("{.spec.clusterIP}", "-n", "media", "service", "media") + "/";
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) { }
    }

    @Test
    void theContainerIsStartedAgain() throws Exception {
        var before = containers();
        underLoad("container", () -> {
            for (var pid : nginx()) home.machine().command("kill", "-9", pid).tryRun();
            Eventually.passes("another container", () -> assertNotEquals(before, containers()));
        });
    }

    /// Its processes as seen from outside: those whose command line names the page's configuration.
    private static List<String> nginx() {
        return home.ownProcesses().stream().filter(pid -> Home.commandLine(pid).startsWith("nginx:")).map(String::valueOf).toList();
    }

    @Test
    void containersSurviveContainerd() throws Exception {
        var before = processes();
        underLoad("containerd", () -> {
            var killed = home.kill("containerd");
            Eventually.passes("another containerd", () -> assertNotEquals(killed.pid(), home.process("containerd").orElseThrow().pid()));
            Eventually.passes("which is obeyed", () -> assertTrue(home.kubectl("-n", "media", "exec", "deploy/media", "--", "/usr/sbin/nginx", "-v")
                    .tryRun().status() == 0));
        });
        assertEquals(before, processes());
    }

    @Test
    void containersSurviveOikos() throws Exception {
        var before = processes();
        var containers = containers();
        underLoad("Oikos", () -> {
            var killed = home.kill("serve");
            Eventually.passes("another Oikos", () -> assertNotEquals(killed.pid(), home.process("serve").orElseThrow().pid()));
            Eventually.passes("which answers", () -> assertTrue(home.answers()));
        });
        assertEquals(before, processes());
        assertEquals(containers, containers());
        Eventually.becomes("no pod has become unready", "True", () -> home.field("{.items[*].status.conditions[?(@.type==\"Ready\")].status}", "-n",
                "media", "pods"));
    }

    @Test
    void devicesAreInSyncAgainAfterTheBrokerDies() throws Exception {
        underLoad("Mosquitto", () -> {
            var killed = home.kill("mosquitto");
            Eventually.passes("another broker", () -> assertNotEquals(killed.pid(), home.process("mosquitto").orElseThrow().pid()));
            Eventually.passes("the light obeys again", () -> {
                home.set("kitchen-light", "on", true);
                assertTrue(home.isOn("kitchen-light", "on"));
            });
            home.set("kitchen-light", "on", false);
            Eventually.becomes("and goes off", false, () -> home.isOn("kitchen-light", "on"));
        });
    }

    private static void underLoad(String what, Eventually.Check kill) throws Exception {
        Eventually.passes("the page answers", () -> home.curl(page));
        try (var load = PageLoad.start(machine, page)) {
            Eventually.passes("load runs", () -> assertTrue(load.answered() > 5));
            kill.run();
            long seen = load.answered();
            Eventually.passes("the page answers after the death of " + what, () -> assertTrue(load.answered() > seen + 20));
            Eventually.passes("and goes on", Duration.ofSeconds(30), () -> home.curl(page));
            System.out.printf("death of %s: %d requests answered, %d failed%n", what, load.answered(), load.failed());
        }
    }

    private static String containers() {
        return home.field("{range .items[*].status.containerStatuses[*]}{.containerID} {.state.running.startedAt}{\"\\n\"}{end}", "-n", "media", "pods");
    }

    /// The pods' processes with their start times.
    private static List<String> processes() {
        return home.podProcesses();
    }
}
