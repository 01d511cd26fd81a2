package home.oikos.dist;

import home.oikos.api.Catalog;
import home.oikos.apiserver.AddressBlock;
import home.oikos.apiserver.AdmissionReviewer;
import home.oikos.apiserver.ApiServer;
import home.oikos.apiserver.AuditLog;
import home.oikos.apiserver.LocalApi;
import home.oikos.apiserver.User;
import home.oikos.brewery.Brewery;
import home.oikos.client.ApiClient;
import home.oikos.controller.ControllerGroup;
import home.oikos.dashboard.Dashboard;
import home.oikos.dashboard.PageFacts;
import home.oikos.dice.HomeRandom;
import home.oikos.driver.ddi.DdiChannel;
import home.oikos.home.HomeControllers;
import home.oikos.host.Instance;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.HttpServer;
import home.oikos.http.Limits;
import home.oikos.http.ListenerOptions;
import home.oikos.pki.Fingerprint;
import home.oikos.pki.KeyedCertificate;
import home.oikos.rollout.Rollouts;
import home.oikos.store.LogOptions;
import home.oikos.store.LogStore;
import home.oikos.workloads.Workloads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The whole home in one process, opened in order and closed in reverse: keys, store, API, listener; then what works over the API.
final class HomeServer implements AutoCloseable {
    /// Where the home keeps what is its own.
    static final String NAMESPACE = "oikos-system";
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Parts parts = new Parts();
    private final LateNode nodes = new LateNode();
    private final MetricsApi metrics = new MetricsApi();
    private final LateReviewers reviewers = new LateReviewers();
    private final DiceRoom dice = new DiceRoom();
    private final CommandRoom commands = new CommandRoom();
    private final OneTimeRoom oneTime = new OneTimeRoom();
    private final CountDownLatch furnished = new CountDownLatch(1);
    private Optional<NodeRoom> node = Optional.empty();
    private TelemetryRoom telemetry;
    private FirmwareRoom firmware;
    /// Where devices ask for firmware, before the API.
    private final DdiChannel ddi;
    private LastLife lastLife;
    /// The certificate that clients are shown now.
    private volatile KeyedCertificate shown;
    private volatile Optional<DeviceRoom> devices = Optional.empty();
    private final Instance instance;
    private final Settings settings;
    private final Clock clock;
    private final HomeRandom random;
    private final Journal journal;

    private HomeServer(Instance instance, Settings settings, Clock clock, SecureRandom random, Journal journal) {
        this.instance = instance;
        this.settings = settings;
        this.clock = clock;
        this.random = new HomeRandom(random);
        this.journal = journal;
        this.ddi = new DdiChannel(clock);
    }

    /// Opens the home. Its random numbers are the system's, and from when a dice speaks the dice's beside them.
    /// When it returns the API answers; containers and devices follow by themselves.
    /// @throws Exception when something without which there is no home cannot be opened; what was opened is closed again
    static HomeServer start(Instance instance, Settings settings, Clock clock, SecureRandom random, Journal journal) throws Exception {
        var server = new HomeServer(instance, settings, clock, random, journal);
        try {
            server.open();
            return server;
        } catch (Exception broken) {
            server.close();
            throw broken;
        }
    }

    private void open() throws Exception {
        // The built-in kinds and TLS need nothing of this home: another core loads them while this one opens keys and store.
        Thread.ofVirtual().name("built-in kinds").start(Catalog::builtIn);
        Thread.ofVirtual().name("TLS").start(HttpServer::warmUp);
        lastLife = parts.add(LastLife.begin(instance.dataDir()));
        var keys = Keys.open(instance, settings, clock, random);
        var seal = new StoreSeal(keys.data());
        var options = LogOptions.standard().withSeals(Map.of("/registry/core/secrets/", seal)).withReport(journal::tell);
        var store = parts.add(LogStore.open(instance.dataDir().resolve("store"), clock, options));
        if (settings.home()) openServed();
        var audit = parts.add(AuditLog.open(ApiOptions.audit(instance.dataDir())));
        var security = parts.add(ApiOptions.security(keys, store, audit, List.of(), clock, random));
        var services = AddressBlock.parse(NodeRoom.addresses(instance).services().toString());
        var api = parts.add(ApiServer.start(store, ApiOptions.of(security, nodes, reviewers(), services, locals(), paths(store), clock, random)));
        if (settings.containers()) node = Optional.of(parts.add(NodeRoom.prepare(instance, LanAddress.of(settings.host()), clock, random, journal)));
        listen(keys, api);
        keys.writeKubeconfig(instance.dataDir(), settings);
        journal.tell("the API answers on " + settings.host() + ":" + settings.port());
        workloads(api, keys);
        // What follows must neither keep the API from answering nor wait for one another: a home without containerd still shuts its valve.
        if (settings.home()) furnish(api);
        else furnished.countDown();
        node.ifPresent(room -> parts.add(new Furnishing("containers", journal, () -> openNode(api, room))));
    }

    /// What the gateway's API serves has to be there before the API server is.
    private void openServed() throws IOException {
        firmware = FirmwareRoom.open(instance.dataDir().resolve("firmware"), List.of(ddi), clock);
        var others = Stream.of(firmware.resources(), dice.resources(), oneTime.resources(), commands.resources()).flatMap(List::stream).toList();
        telemetry = parts.add(TelemetryRoom.open(instance.dataDir().resolve("history"), others, clock, journal));
    }

    /// Without a home here nobody in this process judges writes or keeps readings.
    private List<AdmissionReviewer> reviewers() {
        return settings.home() ? List.of(reviewers) : List.of();
    }

    private List<LocalApi> locals() {
        var locals = new ArrayList<LocalApi>();
        if (settings.home()) locals.add(telemetry.api());
        if (settings.containers()) locals.add(metrics);
        return locals;
    }

    private void furnish(ApiServer api) {
        parts.add(new Furnishing("devices", journal, () -> openHome(api)));
        parts.add(new Furnishing("dice", journal, () -> openDice(api)));
        parts.add(new Furnishing("accounts of the page", journal, () -> Dashboard.makeAccounts(installer(api))));
    }

    private void openHome(ApiServer api) throws Exception {
        new HomeKinds(installer(api)).applyInOneProcess();
        lastLife.tell(installer(api), clock);
        openDevices(api);
        furnished.countDown();
    }

    private void openDice(ApiServer api) {
        parts.add(dice).open(client(api, "oikos:dice"), surroundings(), random, List.of(""));
        oneTime.open(client(api, "oikos:otp"), surroundings(), random);
    }

    private void openNode(ApiServer api, NodeRoom room) throws IOException {
        service().apply(installer(api));
        if (settings.home() && settings.brokerPort() > 0) new MqttService(NodeRoom.addresses(instance).own(), settings.brokerPort()).apply(installer(api));
        room.open(client(api, "oikos:node"), nodes);
        metrics.open(room.metrics());
    }

    /// Closed again when it cannot be opened whole, because it is tried again.
    private void openDevices(ApiServer api) throws Exception {
        var room = new DeviceRoom(instance, settings, clock, random, journal);
        try {
            var part = firmware.part(MqttChoice.OWN.accountNamespaces());
            room.open(new ControllerGroup(client(api, "oikos:gateway"), surroundings()), telemetry.telemetry(), part, MqttChoice.OWN);
            reviewers.open(room::review);
            commands.open(room.gateway());
            room.openHouse(installer(api));
            rules(api);
            devices = Optional.of(parts.add(room));
        } catch (Exception broken) {
            room.close();
            throw broken;
        }
    }

    private void rules(ApiServer api) {
        var group = parts.add(new ControllerGroup(client(api, "oikos:home-controllers"), surroundings()));
        HomeControllers.addTo(group);
        Brewery.addTo(group);
        firmware.addTo(group);
        Rollouts.addTo(group);
        group.start();
    }

    private void listen(Keys keys, ApiServer api) throws Exception {
        Callable<KeyedCertificate> certificate = () -> shown = keys.server(Keys.names(settings, service().clusterIp()));
        var first = certificate.call();
        var server = parts.add(HttpServer.start(new ListenerOptions(addresses(), CertificateKeeper.served(first), Limits.DEFAULT), front(api, keys)));
        parts.add(new CertificateKeeper(wanted -> show(server, wanted), first, certificate, journal));
    }

    private void show(HttpServer server, KeyedCertificate certificate) {
        server.replaceCertificate(CertificateKeeper.served(certificate));
        devices.ifPresent(DeviceRoom::certificateReplaced);
    }

    private ApiService service() {
        var plan = NodeRoom.addresses(instance);
        return new ApiService(plan.services().at(1), plan.services().toString(), node.map(_ -> plan.own()), settings.port());
    }

    private Handler front(ApiServer api, Keys keys) throws IOException {
        if (!settings.home()) return api.handler();
        var facts = new PageFacts(LanAddress.hostName(), () -> Fingerprint.of(shown.certificate()), keys.authority().certificatePem());
        return Filter.chain(List.of(ddi, new Dashboard(client(api, "oikos:dashboard"), facts, clock, random)), api.handler());
    }

    private Map<String, Handler> paths(LogStore store) {
        return Map.of(BackupHandler.PATH, new BackupHandler(store, instance.dataDir(), Keys.rootKey(instance.dataDir(), settings), random));
    }

    /// Where people reach the API and, when that is not every address, where pods do.
    private List<InetSocketAddress> addresses() {
        var asked = new InetSocketAddress(settings.host(), settings.port());
        if (node.isEmpty() || asked.getAddress().isAnyLocalAddress()) return List.of(asked);
        return List.of(asked, new InetSocketAddress(node.get().addresses().own(), settings.port()));
    }

    private void workloads(ApiServer api, Keys keys) {
        var group = parts.add(new ControllerGroup(client(api, "oikos:workloads"), surroundings()));
        Workloads.addTo(group, keys.authority().certificatePem(), keys::sign);
        group.start();
    }

    private ControllerGroup.Surroundings surroundings() {
        return new ControllerGroup.Surroundings(clock, Thread::sleep, random, (name, key, broken) -> journal.tell(name + " " + key, broken));
    }

    /// A client of this process: a user of its own, with the rights that a default role of its name gives it.
    private static ApiClient client(ApiServer api, String name) {
        return client(api, name, User.of("system:" + name, "system:authenticated"));
    }

    /// What is made at start as the owner would by hand: kinds, namespaces, roles. It may do everything, and runs nothing.
    private static ApiClient installer(ApiServer api) {
        return client(api, "oikos:home", User.of("system:oikos:installer", "system:masters"));
    }

    private static ApiClient client(ApiServer api, String name, User user) {
        return new ApiClient(new InProcessTransport(api.handler(), user)).fieldManager(name.replace(':', '-'));
    }

    /// Waits until everything that was asked for has been opened once.
    void awaitReady() throws InterruptedException {
        furnished.await(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
    }

    /// Whether containers go on running when the server closes, as for `down --keep-containers`.
    void keepContainers(boolean keep) {
        if (!keep) return;
        node.ifPresent(NodeRoom::keepContainers);
        devices.ifPresent(DeviceRoom::keepRunning);
    }

    @Override
    public void close() throws Exception {
        parts.close();
    }
}
