package home.oikos.broker;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.host.BackOff;
import home.oikos.host.ChildSpec;
import home.oikos.host.ProcessIdentity;
import home.oikos.host.Supervisor;
import home.oikos.pki.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// One Mosquitto of the home's own. It outlives us: closing leaves it running, and the next [#start] finds it again with the passwords
/// it was started with; [#stop] ends it. Safe for use by several threads.
public final class Broker implements AutoCloseable {
    private static final String PROGRAM = "/usr/sbin/mosquitto";
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);

    private final BrokerOptions options;
    private final Credentials admin;
    private final Credentials gateway;
    private final Supervisor supervisor;

    private Broker(BrokerOptions options, Credentials admin, Credentials gateway, Supervisor supervisor) {
        this.options = options;
        this.admin = admin;
        this.gateway = gateway;
        this.supervisor = supervisor;
    }

    /// Starts a broker, or adopts the one that runs.
    /// @param unitPrefix what its systemd scope is called after, see `host/Instance`
    /// @param story hears in sentences what happens to the process
    /// @throws IOException when Mosquitto is not installed or its files cannot be written
    public static Broker start(BrokerOptions options, String unitPrefix, BackOff backOff, Clock clock, SecureRandom random, Consumer<String> story)
            throws IOException {
        if (!Files.isExecutable(Path.of(PROGRAM))) throw new IOException("expected Mosquitto at " + PROGRAM + "; install it: apt-get install mosquitto");
        var passwords = options.runDir().resolve("broker.json");
        var known = read(passwords);
        var admin = credentials(known, DynamicSecurity.ADMIN, random);
        var gateway = credentials(known, DynamicSecurity.GATEWAY, random);
        var config = options.runDir().resolve("mosquitto.conf");
        var child = new ChildSpec("mosquitto", List.of(PROGRAM, "-c", config.toString()), options.runDir().resolve("mosquitto.log"));
        var supervisor = new Supervisor(child, options.runDir(), unitPrefix, backOff, clock, story);
        // A running broker holds the passwords of its own start, so files are written only when they are not known.
        if (known.isEmpty()) {
            SecretFile.write(passwords, JsonObject.of(admin.user(), admin.password(), gateway.user(), gateway.password()).bytes());
            writeAccounts(options, admin, gateway, random);
        }
        SecretFile.write(config, MosquittoConfig.text(options, plugin(), accountsFile(options), isRoot()).getBytes(StandardCharsets.UTF_8));
        var broker = new Broker(options, admin, gateway, supervisor.start());
        // One that outlived us may show the certificate of before the machine moved.
        if (supervisor.isAdopted()) broker.certificateReplaced();
        return broker;
    }

    private static void writeAccounts(BrokerOptions options, Credentials admin, Credentials gateway, SecureRandom random) throws IOException {
        SecretFile.createDirectories(options.dataDir());
        var file = accountsFile(options);
        SecretFile.write(file, DynamicSecurity.withOwnClients(read(file), admin, gateway, random).bytes());
    }

    private static JsonObject read(Path file) throws IOException {
        if (!Files.exists(file)) return JsonObject.EMPTY;
        try {
            return Json.parse(Files.readAllBytes(file)).object();
        } catch (JsonException broken) {
            // Secrets of the home make the accounts anew; a broken file must not keep the broker down.
            return JsonObject.EMPTY;
        }
    }

    private static Credentials credentials(JsonObject known, String user, SecureRandom random) {
        return known.at(user).text().map(password -> new Credentials(user, password)).orElseGet(() -> Credentials.random(user, random));
    }

    private static Path accountsFile(BrokerOptions options) {
        return options.dataDir().resolve("dynamic-security.json");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// Debian keeps the plugin in the folder of the processor's libraries.
    private static Path plugin() throws IOException {
        try (var folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
            for (var folder : folders) {
                var plugin = folder.resolve("mosquitto_dynamic_security.so");
                if (Files.exists(plugin)) return plugin;
            }
        }
        throw new IOException("expected mosquitto_dynamic_security.so in /usr/lib/*-linux-gnu; install Mosquitto 2 from Debian");
    }

    public BrokerOptions options() {
        return options;
    }

    /// The account that may read and write every topic, for the gateway alone.
    public Credentials gateway() {
        return gateway;
    }

    /// The account that may make accounts.
    Credentials admin() {
        return admin;
    }

    /// Takes a new certificate from the files it was given, without dropping a client.
    public void certificateReplaced() {
        supervisor.running().ifPresent(process -> process.signal("HUP"));
    }

    /// How often it died and was started again since we began to watch.
    public int restarts() {
        return supervisor.restarts();
    }

    public java.util.Optional<ProcessIdentity> running() {
        return supervisor.running();
    }

    /// Ends the broker for good.
    public void stop() throws IOException {
        supervisor.stop(STOP_GRACE);
        Files.deleteIfExists(options.runDir().resolve("broker.json"));
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
