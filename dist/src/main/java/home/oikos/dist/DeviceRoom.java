package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.broker.Account;
import home.oikos.broker.AccountCommands;
import home.oikos.broker.AccountReconciler;
import home.oikos.broker.Broker;
import home.oikos.broker.BrokerOptions;
import home.oikos.client.ApiClient;
import home.oikos.client.Informer;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import home.oikos.controller.ControllerGroup;
import home.oikos.driver.Driver;
import home.oikos.driver.FirmwareChannel;
import home.oikos.driver.MessageLine;
import home.oikos.driver.http.HttpDriver;
import home.oikos.driver.http.HttpPullChannel;
import home.oikos.driver.http.HttpSettings;
import home.oikos.driver.mqtt.MqttDriver;
import home.oikos.driver.mqtt.MqttSettings;
import home.oikos.driver.onewire.OneWireDriver;
import home.oikos.gateway.FirmwarePart;
import home.oikos.gateway.Gateway;
import home.oikos.gateway.Telemetry;
import home.oikos.gateway.TokenSecrets;
import home.oikos.host.BackOff;
import home.oikos.host.Instance;
import home.oikos.host.Supervisor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What makes a home out of a cluster: the broker with its accounts, the drivers, the gateway. Without Mosquitto devices of other
/// protocols still work, and the journal says what is missing.
final class DeviceRoom implements AutoCloseable {
    /// Where devices that nobody asked for show up.
    private static final String DISCOVERED = "home";
    private static final Duration GRACE = Duration.ofSeconds(5);
    /// The library looks every second whether one of its threads hangs. Ours never block, and an idle home sleeps.
    private static final long LOOKS_FOR_BLOCKED_MILLIS = 3_600_000;

    private final Parts parts = new Parts();
    private final Instance instance;
    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Journal journal;
    private Optional<Broker> broker = Optional.empty();
    private Gateway gateway;
    private volatile boolean keep;

    DeviceRoom(Instance instance, Settings settings, Clock clock, SecureRandom random, Journal journal) {
        this.instance = instance;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.journal = journal;
    }

    /// @param group not started yet; started here
    void open(ControllerGroup group, Telemetry telemetry, FirmwarePart firmware, MqttChoice mqtt) throws IOException {
        if (settings.brokerPort() > 0 && mqtt.other().isEmpty()) openBroker();
        var drivers = drivers(group, mqtt);
        gateway = parts.add(new Gateway(group, drivers, firmware.with(channels(drivers)), telemetry, DISCOVERED, LastLife.bootId()));
        parts.add(group);
        broker.ifPresent(running -> accounts(group, running, mqtt.accountNamespaces()));
        group.start();
        gateway.start();
    }

    private void openBroker() {
        try {
            var pki = instance.dataDir().resolve("pki");
            var options = new BrokerOptions(instance.dataDir().resolve("mqtt"), instance.runDir(), List.of(), settings.brokerPort(), 0,
                    pki.resolve("server.crt"), pki.resolve("server.key"));
            var running = Broker.start(options, instance.prefix(), BackOff.CHILD, clock, random, journal::tell);
            parts.add(() -> closeBroker(running));
            broker = Optional.of(running);
        } catch (IOException missing) {
            journal.tell("there is no broker: " + missing.getMessage());
        }
    }

    private void closeBroker(Broker running) throws IOException {
        if (keep) running.close();
        else running.stop();
    }

    /// The broker shows what lies in the files of the home's server; any thread.
    void certificateReplaced() {
        broker.ifPresent(Broker::certificateReplaced);
    }

    private void closeHouse(Supervisor house) {
        if (keep) house.close();
        else house.stop(GRACE);
    }

    /// Lets the broker and the simulated house run on when this closes, as they do when the process is killed.
    void keepRunning() {
        keep = true;
    }

    private List<Driver> drivers(ControllerGroup group, MqttChoice mqtt) {
        var drivers = new ArrayList<Driver>();
        mqtt.other().ifPresent(other -> drivers.add(new MqttDriver(other, clock)));
        broker.ifPresent(running -> drivers.add(new MqttDriver(mqtt(running), clock)));
        drivers.add(new OneWireDriver(clock, System::nanoTime));
        var tokens = new TokenSecrets(group, TokenSecrets.SENSOR, mqtt.accountNamespaces(), () -> { });
        var place = new SensorPlace(instance.dataDir(), settings.host());
        drivers.add(new HttpDriver(new HttpSettings(place, (opened, use) -> journal.tell(place.words(opened, use))), tokens::of, clock, random));
        return drivers;
    }

    /// The ways of firmware that go over the connections of drivers.
    private List<FirmwareChannel> channels(List<Driver> drivers) {
        var images = drivers.stream().filter(HttpDriver.class::isInstance).map(HttpDriver.class::cast).findFirst().orElseThrow();
        var line = drivers.stream().filter(MqttDriver.class::isInstance).map(MqttDriver.class::cast).findFirst();
        var channels = new ArrayList<FirmwareChannel>();
        channels.add(new HttpPullChannel(images, line.map(MessageLine.class::cast), clock, System::nanoTime));
        line.ifPresent(mqtt -> channels.add(mqtt.zigbeeFirmware(images)));
        return channels;
    }

    private MqttSettings mqtt(Broker running) {
        var account = running.gateway();
        return MqttSettings.plain("127.0.0.1", running.options().tlsPort(), account.user()).login(account.user(), account.password())
                .trusting(instance.dataDir().resolve("ca.crt"));
    }

    private void accounts(ControllerGroup group, Broker running, List<String> namespaces) {
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckInterval(LOOKS_FOR_BLOCKED_MILLIS));
        parts.add(() -> vertx.close().await());
        var commands = new AccountCommands(running, instance.dataDir().resolve("ca.crt"), vertx);
        for (var namespace : namespaces) {
            var scope = new Informer.Scope(Resources.SECRETS, namespace, Selection.fields("type=" + Account.SECRET_TYPE));
            var secrets = group.watch(scope, AccountReconciler.Wanted::of);
            group.add("broker-accounts", new AccountReconciler(secrets, commands, this::complain)).on(secrets);
        }
    }

    private void complain(ObjectKey secret, String why) {
        journal.tell("Secret " + secret + " describes no broker account: " + why);
    }

    Gateway gateway() {
        return gateway;
    }

    /// The interlocks' word on a write.
    JsonObject review(JsonObject review) {
        return gateway.review(review);
    }

    /// The simulated house of a demo home, beside the broker.
    void openHouse(ApiClient client) {
        if (!settings.demo() || broker.isEmpty()) return;
        try {
            var house = HouseChild.start(client, instance, settings, clock, random, journal::tell);
            parts.add(() -> closeHouse(house));
        } catch (IOException | ApiException broken) {
            journal.tell("the simulated house cannot start: " + broken.getMessage());
        }
    }

    @Override
    public void close() throws Exception {
        parts.close();
    }
}
