package home.oikos.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.host.BackOff;
import home.oikos.host.Command;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.CertificateFile;
import home.oikos.pki.ServerNames;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against the real Mosquitto and its own clients.
class BrokerTest {
    private static final String MOVED = "192.168.77.5";

    @TempDir
    Path dir;
    private final Vertx vertx = Vertx.vertx();
    private BrokerOptions options;
    private Broker broker;
    private CertificateFile certificates;

    @BeforeEach
    void start() throws Exception {
        var random = new SecureRandom();
        var names = new ServerNames(List.of("localhost"), List.of(InetAddress.getLoopbackAddress()));
        var authority = CertificateAuthority.open(dir.resolve("pki"), names, Clock.systemUTC(), random);
        certificates = new CertificateFile(dir.resolve("pki"), authority);
        certificates.server(names);
        options = new BrokerOptions(dir.resolve("mqtt"), dir.resolve("run"), List.of("127.0.0.1"), freePort(), 0,
                dir.resolve("pki/server.crt"), dir.resolve("pki/server.key"));
        broker = open();
    }

    private Broker open() throws IOException {
        var opened = Broker.start(options, "oikos-test", BackOff.CHILD, Clock.systemUTC(), new SecureRandom(), said -> { });
        await(this::listens);
        return opened;
    }

    @AfterEach
    void stop() throws Exception {
        broker.stop();
        vertx.close().await();
    }

    @Test
    void theGatewaysAccountReachesEverythingAndNobodyElseAnything() {
        assertEquals(0, publish(broker.gateway(), "anything/at/all").status());
        assertNotEquals(0, publish(new Credentials("nobody", "x"), "anything/at/all").status());
    }

    @Test
    void anAccountIsKeptToItsTopicsAndGoesWhenRemoved() throws Exception {
        var lamp = new Account(new Credentials("lamp", "secret-1"), List.of("shed/lamp/#"));
        commands().put(lamp);
        assertEquals("on", kept("shed/lamp/state", lamp.credentials()));
        assertEquals("nothing", kept("house/other/state", lamp.credentials()));

        commands().put(new Account(new Credentials("lamp", "secret-2"), List.of("attic/lamp/#")));
        assertNotEquals(0, publish(lamp.credentials(), "attic/lamp/state").status());
        assertEquals("on", kept("attic/lamp/state", new Credentials("lamp", "secret-2")));

        commands().remove("lamp");
        commands().remove("lamp");
        assertNotEquals(0, publish(new Credentials("lamp", "secret-2"), "attic/lamp/state").status());
    }

    @Test
    void aKilledBrokerIsBackWithItsAccounts() throws Exception {
        commands().put(new Account(new Credentials("lamp", "secret"), List.of("shed/lamp/#")));
        var first = broker.running().orElseThrow();
        first.signal("KILL");
        await(() -> broker.running().filter(process -> process.pid() != first.pid()).isPresent() && listens());
        assertEquals(0, publish(new Credentials("lamp", "secret"), "shed/lamp/state").status());
        assertEquals(0, publish(broker.gateway(), "x").status());
    }

    @Test
    void theBrokerOutlivesUsAndIsFoundAgain() throws Exception {
        var process = broker.running().orElseThrow();
        broker.close();
        assertTrue(process.isAlive());
        broker = open();
        assertEquals(process, broker.running().orElseThrow());
        // It takes its certificate anew then: who greets it in that instant is turned away, and comes again as clients do.
        await(() -> publish(broker.gateway(), "x").status() == 0);
    }

    @Test
    void stoppingEndsIt() throws Exception {
        var process = broker.running().orElseThrow();
        broker.stop();
        assertFalse(process.isAlive());
        broker = open();
        assertEquals(0, publish(broker.gateway(), "x").status());
    }

    @Test
    void aNewCertificateIsShownToWhoComesAndDropsNobody() throws Exception {
        var heard = listener(broker.gateway(), "stays");
        move();
        assertFalse(shown().contains(MOVED), "nobody has told the broker yet");
        broker.certificateReplaced();
        await(() -> shown().contains(MOVED));
        assertEquals(0, publish(broker.gateway(), "stays").status());
        assertNeverCutOff(heard);
    }

    @Test
    void anAccountThatIsAsItShouldBeIsLeftAlone() throws Exception {
        var lamp = new Account(new Credentials("lamp", "secret"), List.of("shed/lamp/#"));
        commands().put(lamp);
        var heard = listener(lamp.credentials(), "shed/lamp/set");
        commands().put(lamp);
        assertEquals(0, publish(broker.gateway(), "shed/lamp/set").status());
        assertNeverCutOff(heard);
    }

    /// Words of a client that hears one message and ends; it has subscribed when this returns.
    private BufferedReader listener(Credentials credentials, String topic) throws IOException {
        var words = client("mosquitto_sub", credentials, "-d", "-t", topic, "-C", "1", "-W", "60");
        words.addAll(0, List.of("stdbuf", "-oL"));
        var listener = new ProcessBuilder(words).start();
        var heard = new BufferedReader(new InputStreamReader(listener.getInputStream(), StandardCharsets.UTF_8));
        while (!heard.readLine().contains("received SUBACK")) assertTrue(listener.isAlive());
        return heard;
    }

    private static void assertNeverCutOff(BufferedReader heard) {
        var rest = heard.lines().toList();
        assertTrue(rest.contains("on"), rest.toString());
        assertTrue(rest.stream().noneMatch(line -> line.contains("sending CONNECT")), "it never had to come again: " + rest);
    }

    @Test
    void oneThatOutlivedUsShowsTheCertificateOfNow() throws Exception {
        broker.close();
        move();
        broker = open();
        await(() -> shown().contains(MOVED));
    }

    /// The machine has come into another network, and the home's certificate names its address there.
    private void move() throws Exception {
        certificates.server(new ServerNames(List.of("localhost"), List.of(InetAddress.getLoopbackAddress(), InetAddress.getByName(MOVED))));
    }

    /// The names in the certificate that who connects now is shown.
    private String shown() {
        return Command.of("sh", "-c", "openssl s_client -connect 127.0.0.1:%d </dev/null | openssl x509 -noout -ext subjectAltName".formatted(
                options.tlsPort())).tryRun().text();
    }

    private AccountCommands commands() {
        return new AccountCommands(broker, dir.resolve("pki/ca.crt"), vertx);
    }

    private Command.Output publish(Credentials who, String topic) {
        return Command.of(client("mosquitto_pub", who, "-t", topic, "-m", "on", "-q", "1", "-r")).tryRun();
    }

    /// What the broker kept of a publication: "on", or "nothing" when it dropped it. The broker delivers what it keeps in the order of
    /// the subscriptions, so the second topic comes first only when nothing is on the first.
    private String kept(String topic, Credentials publisher) {
        publish(publisher, topic);
        Command.of(client("mosquitto_pub", broker.gateway(), "-t", "end", "-m", "nothing", "-q", "1", "-r")).run();
        return Command.of(client("mosquitto_sub", broker.gateway(), "-t", topic, "-t", "end", "-C", "1", "-W", "10")).run().text().strip();
    }

    private List<String> client(String program, Credentials who, String... more) {
        var words = new java.util.ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", String.valueOf(options.tlsPort()), "--cafile",
                dir.resolve("pki/ca.crt").toString(), "-u", who.user(), "-P", who.password()));
        words.addAll(List.of(more));
        return words;
    }

    private boolean listens() {
        try (var socket = new Socket("127.0.0.1", options.tlsPort())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("not within 20 s");
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
