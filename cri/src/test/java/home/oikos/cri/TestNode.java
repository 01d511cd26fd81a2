package home.oikos.cri;

import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.FakeApi;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.node.NodeAgent;
import home.oikos.node.NodeSettings;
import home.oikos.node.PodIdentity;
import home.oikos.node.ProcessStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/// A node agent over a real containerd and an API in memory.
final class TestNode implements AutoCloseable {
    static final String NODE = "testnode";

    final TestHome home = new TestHome();
    final FakeApi api = new FakeApi(Clock.systemUTC(), Resources.PODS, Resources.NODES, Resources.SERVICES, Resources.ENDPOINT_SLICES,
            Resources.EVENTS,
            Resources.LEASES, Resources.PERSISTENT_VOLUMES, Resources.PERSISTENT_VOLUME_CLAIMS,
            Resources.CONFIG_MAPS, Resources.SECRETS, Resources.SERVICE_ACCOUNTS);
    final ApiClient client = new ApiClient(api);
    final NodeSettings settings = new NodeSettings(home.instance, home.addresses, NODE, "127.0.0.1");
    NodeAgent agent = start();

    NodeAgent start() {
        try {
            return NodeAgent.start(client, home.runtime(), settings, Clock.systemUTC(), new Random(1));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    Json create(Resource resource, String yamlLikeJson) {
        var object = Json.parse(yamlLikeJson.replace('\'', '"')).object();
        return client.create(resource, object.withAt("default", "metadata", "namespace"));
    }

    /// A pod of that spec on this node.
    PodIdentity pod(String name, String spec) {
        var pod = create(Resources.PODS, "{'metadata':{'name':'%s','labels':{'app':'%s'}},'spec':%s}".formatted(name, name,
                spec).replace("\n", " "));
        client.post(Resources.PODS, ObjectKey.of(pod), "binding", JsonObject.of("target", JsonObject.of("name", NODE)));
        return new PodIdentity("default", name, pod.at("metadata", "uid").text(""));
    }

    Json read(String pod) {
        return client.find(Resources.PODS, new ObjectKey("default", pod)).orElse(Json.NULL);
    }

    Json await(String pod, Predicate<Json> holds) {
        try {
            boolean happened = api.objects().await(() -> holds.test(read(pod)), Duration.ofSeconds(10));
            assertTrue(happened, () -> "did not happen within 10 s: " + read(pod).at("status") + "\n"
                    + events().stream().filter(event -> event.startsWith(pod + " ")).toList());
            return read(pod);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    Json awaitReady(String pod) {
        return await(pod, found -> isReady(found));
    }

    static boolean isReady(Json pod) {
        return pod.at("status", "conditions").array().stream()
                .anyMatch(each -> each.at("type").text("").equals("Ready") && each.at("status").text("").equals("True"));
    }

    static Json container(Json pod, int index) {
        return pod.at("status", "containerStatuses").at(index);
    }

    List<String> events() {
        return client.list(Resources.EVENTS, "").stream().map(event -> event.at("involvedObject", "name").text("") + " "
                + event.at("reason").text("") + ": " + event.at("message").text("")).toList();
    }

    String exec(PodIdentity pod, String... command) {
        return execIn("main", pod, command);
    }

    String execIn(String container, PodIdentity pod, String... command) {
        var out = new ByteArrayOutputStream();
        try {
            agent.streams().exec(pod, container, List.of(command), false, ProcessStreams.output(out, out));
        } catch (Exception failed) {
            return failed.getMessage();
        }
        return out.toString();
    }

    @Override
    public void close() {
        agent.close();
        home.close();
    }
}
