package home.oikos.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.host.Command;
import home.oikos.host.Effects;
import home.oikos.host.Mounts;
import home.oikos.node.NodeAgent;
import home.oikos.node.NodeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {
    @Test
    void afterASuddenDeathNothingOfTheHomeIsLeft() throws Exception {
        var home = new TestHome();
        NodeAgent.prepare(new NodeSettings(home.instance, home.addresses, "node", "127.0.0.1"));
        home.runContainer(home.runSandbox("left"), "left", "/bin/sleep", "601");
        var containerd = home.containerd.supervisor().running().orElseThrow();
        home.containerd.close();
        assertTrue(containerd.isAlive());
        Containerd.sweep(home.instance, Duration.ofSeconds(1));
        new Effects(home.instance.runDir()).undoAll();
        assertFalse(containerd.isAlive());
        assertEquals(List.of(), Mounts.under(home.instance.runDir()));
        assertEquals(List.of(), Mounts.under(home.dir));
        assertEquals(1, Command.of("pgrep", "-f", "containerd-shim.*-address " + home.instance.runDir()).tryRun().status(),
                "no shim is left");
        assertFalse(Files.exists(Path.of("/sys/fs/cgroup/memory" + home.instance.cgroupParent())));
        assertFalse(Files.exists(Path.of("/sys/fs/cgroup" + home.instance.cgroupParent())));
        Containerd.sweep(home.instance, Duration.ofSeconds(1));
        Command.of("rm", "-rf", home.dir.toString(), home.instance.runDir().toString()).run();
    }

    @Test
    void whatIsLeftOfPodsIsEndedEvenWithoutContainerd() throws Exception {
        var home = new TestHome();
        home.runContainer(home.runSandbox("orphan"), "orphan", "/bin/sleep", "602");
        home.containerd.close();
        home.containerd.supervisor().running().orElseThrow().signal("KILL");
        Containerd.sweep(home.instance, Duration.ofSeconds(1));
        new Effects(home.instance.runDir()).undoAll();
        assertEquals(1, Command.of("pgrep", "-f", "containerd-shim.*-address " + home.instance.runDir()).tryRun().status(),
                "no shim is left");
        assertFalse(Files.exists(Path.of("/sys/fs/cgroup/memory" + home.instance.cgroupParent())));
        assertEquals(List.of(), Mounts.under(home.instance.runDir()));
        Command.of("rm", "-rf", home.dir.toString(), home.instance.runDir().toString()).run();
    }
}
