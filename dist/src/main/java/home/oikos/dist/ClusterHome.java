package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.ObjectKey;
import home.oikos.brewery.Brewery;
import home.oikos.cli.Refusal;
import home.oikos.client.ApiClient;
import home.oikos.client.Config;
import home.oikos.client.NetworkTransport;
import home.oikos.controller.ControllerGroup;
import home.oikos.controller.LeaderLease;
import home.oikos.dashboard.Dashboard;
import home.oikos.dashboard.Forward;
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
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.CertificateFile;
import home.oikos.pki.Fingerprint;
import home.oikos.pki.KeyedCertificate;
import home.oikos.pki.SecretFile;
import home.oikos.rollout.Rollouts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// A home beside an API server of somebody else, reached over the network: the page at once; broker, gateway and controllers while this copy
/// leads. What was opened is closed in reverse.
final class ClusterHome implements AutoCloseable {
    static final String NAME = "oikos-home";
    private static final ObjectKey LEASE = new ObjectKey(HomeServer.NAMESPACE, NAME);

    private final Parts parts = new Parts();
    private final Instance instance;
    private final Settings settings;
    private final Clock clock;
    private final HomeRandom random;
    private final Journal journal;
    /// Where devices ask for firmware; while another copy leads they are asked to come again.
    private final DdiChannel ddi;
    private volatile KeyedCertificate shown;
    /// Since it leads.
    private volatile Optional<DeviceRoom> devices = Optional.empty();
    private Leadership leadership;

    ClusterHome(Instance instance, Settings settings, Clock clock, SecureRandom random, Journal journal) {
        this.instance = instance;
        this.settings = settings;
        this.clock = clock;
        this.random = new HomeRandom(random);
        this.journal = journal;
        this.ddi = new DdiChannel(clock);
    }

    /// @param overthrown called when another copy leads in this one's place
    /// @throws Refusal when the cluster does not know the home kinds and this account may not teach it
    void open(Config api, MqttChoice mqtt, Runnable overthrown) throws Exception {
        var client = new ApiClient(new NetworkTransport(api)).fieldManager(NAME);
        parts.add(client.transport());
        if (!new HomeKinds(client).applyIfAllowed()) {
            throw new Refusal("this cluster does not know the home kinds, and this account may not add them; an administrator does: "
                    + "./oikos home --print-manifests | kubectl apply --server-side -f -");
        }
        var admission = AdmissionEndpoint.open(instance.dataDir(), random);
        var authority = listen(client, api, admission);
        var lease = new LeaderLease(client, LEASE, LanAddress.hostName() + "_" + instance.id());
        leadership = parts.add(new Leadership(lease, clock, journal, () -> lead(client, mqtt, admission, authority), overthrown));
    }

    /// Whether it ends because another copy leads.
    boolean isOverthrown() {
        return leadership.isOverthrown();
    }

    private CertificateAuthority listen(ApiClient client, Config api, AdmissionEndpoint admission) throws Exception {
        var pki = instance.dataDir().resolve("pki");
        var authority = CertificateAuthority.open(pki, Keys.names(settings), clock, random);
        SecretFile.writePublic(instance.dataDir().resolve("ca.crt"), authority.certificatePem().getBytes(StandardCharsets.US_ASCII));
        var file = new CertificateFile(pki, authority);
        Callable<KeyedCertificate> certificate = () -> shown = file.server(Keys.names(settings));
        var first = certificate.call();
        var address = new InetSocketAddress(settings.host(), settings.port());
        var handler = front(client, api, admission, authority);
        var server = parts.add(HttpServer.start(new ListenerOptions(List.of(address), CertificateKeeper.served(first), Limits.DEFAULT), handler));
        parts.add(new CertificateKeeper(wanted -> show(server, wanted), first, certificate, journal));
        return authority;
    }

    private void show(HttpServer server, KeyedCertificate certificate) {
        server.replaceCertificate(CertificateKeeper.served(certificate));
        devices.ifPresent(DeviceRoom::certificateReplaced);
    }

    /// The page goes on to the API with its visitor's token alone: the transport has no rights of its own.
    private Handler front(ApiClient client, Config api, AdmissionEndpoint admission, CertificateAuthority authority) throws IOException {
        var strangers = parts.add(new NetworkTransport(new Config(api.server(), api.namespace(), api.tls(), new Config.Credentials.None())));
        var facts = new PageFacts(LanAddress.hostName(), () -> Fingerprint.of(shown.certificate()), authority.certificatePem());
        return Filter.chain(List.of(ddi, admission, new Dashboard(client, facts, clock, random)), new Forward(strangers));
    }

    /// What only the leader runs.
    private AutoCloseable lead(ApiClient client, MqttChoice mqtt, AdmissionEndpoint admission, CertificateAuthority authority) throws Exception {
        var led = new Parts();
        try {
            led.add(admission::shut);
            var firmware = FirmwareRoom.open(instance.dataDir().resolve("firmware"), List.of(ddi), clock);
            var telemetry = led.add(TelemetryRoom.open(instance.dataDir().resolve("history"), firmware.resources(), clock, journal));
            var room = led.add(new DeviceRoom(instance, settings, clock, random, journal));
            room.open(new ControllerGroup(client, surroundings()), telemetry.telemetry(), firmware.part(mqtt.accountNamespaces()), mqtt);
            admission.open(room::review);
            room.openHouse(client);
            devices = Optional.of(room);
            var group = led.add(new ControllerGroup(client, surroundings()));
            HomeControllers.addTo(group);
            Brewery.addTo(group);
            firmware.addTo(group);
            Rollouts.addTo(group);
            group.start();
            led.add(new DiceRoom()).open(client, surroundings(), random, mqtt.accountNamespaces());
            register(client, admission, authority);
            return led;
        } catch (Exception broken) {
            led.close();
            throw broken;
        }
    }

    /// Without it the interlocks still hold: the gateway judges every command again at the moment it leaves.
    private void register(ApiClient client, AdmissionEndpoint admission, CertificateAuthority authority) {
        var url = "https://%s:%d%s".formatted(LanAddress.of(settings.host()), settings.port(), admission.path());
        try {
            client.apply(AdmissionWebhook.RESOURCE, AdmissionWebhook.of(url, authority.certificatePem()), true);
            journal.tell("writes are judged at " + settings.host() + ":" + settings.port() + " before they are stored");
        } catch (ApiException refused) {
            journal.tell("the API server will not ask the interlocks before it stores a write (" + refused.getMessage()
                    + "); they still judge every command");
        }
    }

    private ControllerGroup.Surroundings surroundings() {
        return new ControllerGroup.Surroundings(clock, Thread::sleep, random, (name, key, broken) -> journal.tell(name + " " + key, broken));
    }

    @Override
    public void close() throws Exception {
        parts.close();
    }
}
