package home.oikos.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.node.Container;
import home.oikos.node.PodConnection;
import home.oikos.node.ProcessStreams;
import home.oikos.node.RuntimeFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Against a real containerd: these fail, and do not skip, where its packages or the rights are missing.
class CriRuntimeTest {
    private static TestHome home;

    @BeforeAll
    static void start() {
        home = new TestHome();
    }

    @AfterAll
    static void stop() {
        home.close();
    }

    @Test
    void aContainerRunsAndItsEndIsKnown() throws Exception {
        var sandbox = home.runSandbox("ends");
        var events = new LinkedBlockingQueue<String>();
        try (var _ = home.runtime().events(events::add)) {
            assertEquals("", events.poll(10, TimeUnit.SECONDS), "a new subscription says that anything may have happened");
            var id = home.runContainer(sandbox, "ends", "/bin/sh", "-c", "echo $GREETING; exit 7");
            while (!events.poll(10, TimeUnit.SECONDS).equals(id)) { }
            while (home.runtime().containers("uid-ends").getFirst().isRunning()) events.poll(1, TimeUnit.SECONDS);
            var ended = home.runtime().containers("uid-ends").getFirst();
            assertEquals(Container.State.EXITED, ended.state());
            assertEquals(7, ended.exitCode());
            assertEquals("Error", ended.reason());
            var log = Files.readString(home.dir.resolve("logs/ends/main/0.log"));
            assertTrue(log.endsWith("stdout F hello\n"), log);
        }
    }

    @Test
    void aSandboxHasAnAddressOfTheInstance() {
        home.runSandbox("address");
        var sandbox = home.runtime().sandboxes("uid-address").getFirst();
        assertTrue(sandbox.ready());
        assertTrue(home.addresses.pods().contains(sandbox.ip()), sandbox.ip());
    }

    @Test
    void aCommandInAContainerGetsItsInputToTheEndAndGivesItsExitCode() throws Exception {
        var id = home.runContainer(home.runSandbox("exec"), "exec", "/bin/sleep", "600");
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var input = new ByteArrayInputStream("three\nlines\nhere\n".getBytes(StandardCharsets.UTF_8));
        var streams = new ProcessStreams(true, input, out, err, new LinkedBlockingQueue<>());
        int status = home.runtime().exec(id, List.of("sh", "-c", "wc -l; echo $GREETING >&2; exit 5"), false, streams);
        assertEquals("3\n", out.toString());
        assertEquals("hello\n", err.toString());
        assertEquals(5, status);
    }

    @Test
    void aTerminalHasTheSizeThatWasAskedFor() throws Exception {
        var id = home.runContainer(home.runSandbox("tty"), "tty", "/bin/sleep", "600");
        var out = new ByteArrayOutputStream();
        var sizes = new LinkedBlockingQueue<>(List.of(new ProcessStreams.TerminalSize(101, 37)));
        var streams = new ProcessStreams(false, new ByteArrayInputStream(new byte[0]), out, out, sizes);
        home.runtime().exec(id, List.of("sh", "-c", "until [ \"$(stty size)\" = '37 101' ]; do :; done; stty size"), true, streams);
        assertEquals("37 101", out.toString().lines().toList().getLast());
    }

    @Test
    void aCommandThatIsNotThereIsRefusedInWords() {
        var id = home.runContainer(home.runSandbox("absent"), "absent", "/bin/sleep", "600");
        var streams = ProcessStreams.output(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        var failure = assertThrows(RuntimeFailure.class, () -> home.runtime().exec(id, List.of("no-such-program"), false, streams));
        assertTrue(failure.getMessage().contains("no-such-program"), failure.getMessage());
    }

    @Test
    void aPortOfThePodsOwnLoopbackIsReached() throws Exception {
        var sandbox = home.runSandbox("dial");
        home.runContainer(sandbox, "dial", "/bin/httpd", "-f", "-p", "127.0.0.1:8099", "-h", "/etc");
        try (var connection = dial(sandbox, 8099)) {
            connection.out().write("GET /nsswitch.conf HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            connection.shutdownOutput();
            var answer = new String(connection.in().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.contains("hosts: files dns"), answer);
        }
    }

    @Test
    void attachSeesWhatTheProcessSays() throws Exception {
        var id = home.runContainer(home.runSandbox("attach"), "attach", "/bin/sh", "-c", "while :; do echo tick; sleep 0.1; done");
        var out = new LinkedBlockingQueue<String>();
        var stream = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                out.add(new String(bytes, offset, length));
            }
        };
        var joined = Thread.ofVirtual().start(() -> {
            try {
                home.runtime().attach(id, false, ProcessStreams.output(stream, stream));
            } catch (IOException failed) {
                out.add(failed.toString());
            }
        });
        assertEquals("tick", out.poll(10, TimeUnit.SECONDS).strip());
        System.gc();
        out.clear();
        for (int i = 0; i < 20; i++) assertEquals("tick", out.poll(10, TimeUnit.SECONDS).strip(), "after a collection of garbage");
        joined.interrupt();
        joined.join();
    }

    @Test
    void containersSurviveTheSuddenDeathOfContainerd() throws Exception {
        var id = home.runContainer(home.runSandbox("survives"), "survives", "/bin/sleep", "600");
        var started = home.runtime().containers("uid-survives").getFirst().startedTime();
        var before = home.containerd.supervisor().running().orElseThrow();
        before.signal("KILL");
        for (int i = 0; home.containerd.supervisor().running().filter(now -> !now.equals(before)).isEmpty()
                || home.runtime().trouble().isPresent(); i++) {
            assertTrue(i < 2_000, home.story.toString());
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
        var container = home.runtime().containers("uid-survives").getFirst();
        assertEquals(id, container.id());
        assertTrue(container.isRunning());
        assertEquals(started, container.startedTime());
        assertEquals(0, home.runtime().execSync(id, List.of("true"), Duration.ofSeconds(5)).exitCode());
    }

    @Test
    void theNextLifeAdoptsContainerdAndItsContainers() {
        var id = home.runContainer(home.runSandbox("adopted"), "adopted", "/bin/sleep", "600");
        try (var next = home.start()) {
            assertEquals(home.containerd.supervisor().running(), next.supervisor().running());
            assertTrue(next.runtime().containers("uid-adopted").getFirst().isRunning());
            assertEquals(id, next.runtime().containers("uid-adopted").getFirst().id());
        }
    }

    @Test
    void aContainerIsStoppedWithItsGraceAndRemoved() {
        var id = home.runContainer(home.runSandbox("stops"), "stops", "/bin/sh", "-c", "trap 'exit 3' TERM; while :; do sleep 0.05; done");
        home.runtime().stopContainer(id, Duration.ofSeconds(20));
        assertEquals(3, home.runtime().containers("uid-stops").getFirst().exitCode());
        home.runtime().removeContainer(id);
        home.runtime().removeContainer(id);
        assertEquals(List.of(), home.runtime().containers("uid-stops"));
    }

    @Test
    void anImageMadeHereIsLocalAndAMissingOneIsAbsent() {
        var image = home.runtime().image("busybox").orElseThrow();
        assertTrue(image.names().contains("docker.io/library/busybox:latest"), image.toString());
        assertTrue(image.isLocal(), image.toString());
        assertFalse(home.runtime().image("never-heard-of").isPresent());
    }

    private static PodConnection dial(String sandbox, int port) throws Exception {
        for (int i = 0; ; i++) {
            try {
                return home.runtime().dial(sandbox, port);
            } catch (IOException notYet) {
                if (i > 500) throw notYet;
                new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
            }
        }
    }
}
