package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import java.util.ArrayList;
import java.util.List;

/// What needs a person, found by looking at the objects of the home: a sentence and what to do about it.
final class Findings {
    /// @param what the sentence
    /// @param fix what to type or do; empty where only looking helps
    record Finding(String what, String fix) { }

    private static final Resource INTERLOCKS = Resource.namespaced("oikos.home/v1alpha1", "interlocks", "Interlock");
    /// As in docs/sensors.md.
    private static final String SENSOR_TOKEN = "oikos.home/sensor-token";

    private final ApiClient client;
    private final List<Finding> found = new ArrayList<>();

    private Findings(ApiClient client) {
        this.client = client;
    }

    static List<Finding> of(ApiClient client) {
        var findings = new Findings(client);
        findings.nodes();
        findings.pods();
        findings.workloads();
        findings.devices();
        findings.interlocks();
        return List.copyOf(findings.found);
    }

    private void nodes() {
        for (var node : client.list(Resources.NODES, "")) {
            var ready = Devices.condition(node, "Ready");
            if (ready.at("status").text("").equals("True")) continue;
            add("node %s is not ready: %s".formatted(name(node), ready.at("message").text("it has not said why")), "./oikos logs and DIR/oikos.log say more");
        }
    }

    private void pods() {
        for (var pod : client.list(Resources.PODS, "")) {
            for (var container : pod.at("status", "containerStatuses").array()) {
                var waiting = container.at("state", "waiting");
                var reason = waiting.at("reason").text("");
                if (reason.isEmpty() || reason.equals("ContainerCreating") || reason.equals("PodInitializing")) continue;
                add("container %s of %s does not run: %s %s".formatted(container.at("name").text(""), place(pod), reason, waiting.at("message")
                        .text("")).strip(),
                        "./oikos logs %s -n %s --previous".formatted(name(pod), namespace(pod)));
            }
            if (pod.at("status", "phase").text("").equals("Pending") && !pod.at("spec", "nodeName").isPresent()) {
                add("pod %s waits for a place: %s".formatted(place(pod), Devices.condition(pod, "PodScheduled").at("message").text("no node yet")),
                        "kubectl -n %s describe pod %s".formatted(namespace(pod), name(pod)));
            }
        }
    }

    private void workloads() {
        for (var deployment : client.list(Resources.DEPLOYMENTS, "")) {
            var progressing = Devices.condition(deployment, "Progressing");
            if (!progressing.at("status").text("").equals("False")) continue;
            add("%s does not get further: %s".formatted(place(deployment), progressing.at("message").text("")),
                    "kubectl -n %s rollout undo deployment/%s".formatted(namespace(deployment), name(deployment)));
        }
    }

    private void devices() {
        for (var device : client.list(SetDesired.DEVICES, "")) {
            if (Devices.is(device, "Quarantined")) {
                add("%s is in quarantine: %s".formatted(name(device), Devices.condition(device, "Quarantined").at("message").text("it has no model yet")),
                        "./oikos device add %s --model MODEL".formatted(name(device)));
            } else if (Devices.condition(device, "Online").at("status").text("").equals("False")) {
                add("%s is offline: %s".formatted(name(device), Devices.condition(device, "Online").at("message").text("not heard")),
                        "look at its power and its radio; what is wanted of it is sent again when it is back");
            }
            sensor(device);
        }
    }

    /// A sensor that posts without TLS: who may speak for it.
    private void sensor(Json device) {
        var http = device.at("spec", "connection", "http");
        if (!http.isPresent()) return;
        var secret = http.at("tokenSecretName").text("");
        var words = "stringData: {token: …}";
        if (secret.isEmpty()) {
            add("everybody in the network can speak for %s: it sends no token".formatted(name(device)),
                    "a Secret of type %s with %s, and its name in spec.connection.http.tokenSecretName".formatted(SENSOR_TOKEN, words));
            return;
        }
        var known = client.find(Resources.SECRETS, new ObjectKey(namespace(device), secret));
        if (known.isPresent() && known.get().at("type").text("").equals(SENSOR_TOKEN) && !known.get().at("data", "token").text("").isEmpty()) return;
        add("%s is not let in: expected a Secret %s/%s of type %s with the key token, found %s".formatted(name(device), namespace(device), secret, SENSOR_TOKEN,
                known.map(Findings::secretInWords).orElse("none")), "kubectl apply a Secret of that name and type with " + words);
    }

    private static String secretInWords(Json secret) {
        return "one of type %s with %s".formatted(secret.at("type").text(""), Words.count(secret.at("data").object().members().size(), "key"));
    }

    private void interlocks() {
        for (var interlock : client.list(INTERLOCKS, "")) {
            if (Devices.is(interlock, "Latched")) {
                add("interlock %s has latched: %s".formatted(name(interlock), Devices.condition(interlock, "Latched").at("message").text("")),
                        "when it is safe again: the page's Rules has its reset button");
            } else if (Devices.condition(interlock, "Holding").at("status").text("").equals("False")) {
                add("interlock %s is broken: %s".formatted(name(interlock), Devices.condition(interlock, "Holding").at("message").text("")), "");
            }
        }
    }

    private void add(String what, String fix) {
        found.add(new Finding(what, fix));
    }

    private static String name(Json object) {
        return object.at("metadata", "name").text("");
    }

    private static String namespace(Json object) {
        return object.at("metadata", "namespace").text("");
    }

    private static String place(Json object) {
        return namespace(object) + "/" + name(object);
    }
}
