package home.oikos.dist;

import home.oikos.client.ApiClient;
import home.oikos.cri.Containerd;
import home.oikos.host.AddressPlan;
import home.oikos.host.CommandException;
import home.oikos.host.Effects;
import home.oikos.host.Instance;
import home.oikos.node.NodeAgent;
import home.oikos.node.NodeMetrics;
import home.oikos.node.NodeSettings;
import home.oikos.node.RuntimeFailure;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/// This machine as a node: containerd and the agent that drives it.
final class NodeRoom implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final NodeSettings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Journal journal;
    private Containerd containerd;
    private NodeAgent agent;
    private volatile boolean keep;

    private NodeRoom(NodeSettings settings, Clock clock, SecureRandom random, Journal journal) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.journal = journal;
    }

    /// Prepares the machine, so that the API can listen where pods will look for it. Starts nothing yet.
    static NodeRoom prepare(Instance instance, String hostIp, Clock clock, SecureRandom random, Journal journal) throws IOException {
        var settings = new NodeSettings(instance, addresses(instance), LanAddress.hostName(), hostIp);
        NodeAgent.prepare(settings);
        return new NodeRoom(settings, clock, random, journal);
    }

    static AddressPlan addresses(Instance instance) {
        return AddressPlan.keep(instance.dataDir().resolve("addresses"), instance.id());
    }

    AddressPlan addresses() {
        return settings.addresses();
    }

    /// Starts or adopts containerd and the pods in it. What is open already stays, when it is tried again.
    void open(ApiClient client, LateNode nodes) throws IOException {
        if (agent != null) return;
        if (containerd == null) containerd = startRuntime(client);
        agent = NodeAgent.start(client, containerd.runtime(), settings, clock, random);
        nodes.open(new PodAccess(agent.streams()));
    }

    /// A home whose containers cannot run has a Node that says why.
    private Containerd startRuntime(ApiClient client) {
        try {
            return Containerd.start(settings.instance(), settings.addresses(), clock, journal::tell);
        } catch (CommandException | RuntimeFailure failed) {
            NodeAgent.announce(client, settings, clock, failed.getMessage());
            throw failed;
        }
    }

    /// What is known of the pods' use, once it is open.
    NodeMetrics metrics() {
        return agent.metrics();
    }

    /// Lets pods run on when this closes.
    void keepContainers() {
        keep = true;
    }

    /// Ends the pods and containerd, and takes back what was changed on the machine.
    void down() {
        if (agent != null) {
            agent.close();
            agent.removeAllPods(GRACE);
        }
        if (containerd != null) containerd.stop(GRACE);
        new Effects(settings.instance().runDir()).undoAll();
    }

    @Override
    public void close() {
        if (!keep) {
            down();
            return;
        }
        if (agent != null) agent.close();
        if (containerd != null) containerd.close();
    }
}
