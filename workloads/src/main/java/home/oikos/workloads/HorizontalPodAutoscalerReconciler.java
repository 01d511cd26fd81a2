package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Discovery;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import home.oikos.controller.Condition;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Times;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Scales what a HorizontalPodAutoscaler names by what its pods use of processor and memory, every 15 seconds; where there is none, nothing
/// is measured. Metrics of pods, objects and the world outside are not known here: the condition ScalingActive says so.
final class HorizontalPodAutoscalerReconciler implements Reconciler {
    static final Duration PERIOD = Duration.ofSeconds(15);
    private static final String COMPONENT = "horizontal-pod-autoscaler";

    private final ApiClient client;
    private final Cache<Autoscaler> autoscalers;
    private final EventRecorder events;
    private final Clock clock;
    private final Map<ObjectKey, ScalingRules> rules = new ConcurrentHashMap<>();

    HorizontalPodAutoscalerReconciler(Workshop workshop, Cache<Autoscaler> autoscalers) {
        this.client = workshop.client().fieldManager(COMPONENT);
        this.autoscalers = autoscalers;
        this.events = workshop.group().events(COMPONENT);
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = autoscalers.get(key).filter(autoscaler -> !autoscaler.metadata().deleting());
        if (found.isEmpty()) {
            rules.remove(key);
            return Outcome.SETTLED;
        }
        var autoscaler = found.get();
        try {
            follow(autoscaler, clock.instant());
        } catch (ApiException refused) {
            if (refused.code() == 409) throw refused;
            var why = "the HPA controller was unable to get the target's current scale: " + refused.getMessage();
            events.warning(autoscaler.reference(), "FailedGetScale", why);
            report(autoscaler, autoscaler.status(), List.of(Condition.of("AbleToScale", false, "FailedGetScale", why)), clock.instant());
        }
        return new Outcome.CheckAgain(PERIOD);
    }

    private void follow(Autoscaler autoscaler, Instant now) {
        var resource = resource(autoscaler.target());
        var target = new ObjectKey(autoscaler.metadata().key().namespace(), autoscaler.target().at("name").text(""));
        var scale = client.raw(resource.path(target) + "/scale");
        int current = scale.at("spec", "replicas").integer(0);
        var able = Condition.of("AbleToScale", true, "SucceededGetScale", "the HPA controller was able to get the target's current scale");
        var status = autoscaler.status().with("currentReplicas", scale.at("status", "replicas").integer(0));
        if (current == 0 && autoscaler.minReplicas() != 0) {
            report(autoscaler, status.with("desiredReplicas", 0), List.of(able, Condition.of("ScalingActive", false, "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero")), now);
            return;
        }
        try {
            var proposal = propose(autoscaler, scale, current);
            int settled = rules.computeIfAbsent(autoscaler.metadata().key(), _ -> new ScalingRules())
                    .settle(autoscaler.behavior(), current, proposal.replicas(), now);
            int wanted = Math.clamp(settled, autoscaler.minReplicas(), autoscaler.maxReplicas());
            if (wanted != current) scale(autoscaler, resource, target, current, wanted, now);
            report(autoscaler, status(status, wanted, wanted != current, proposal.current(), now), List.of(wanted != current
                    ? Condition.of("AbleToScale", true, "SucceededRescale", "the HPA controller was able to update the target scale to " + wanted)
                    : Condition.of("AbleToScale", true, "ReadyForNewScale", "recommended size matches current size"),
                    active(), limited(autoscaler, settled)), now);
        } catch (ResourceProposal.Unknown unknown) {
            events.warning(autoscaler.reference(), "FailedGetResourceMetric", unknown.getMessage());
            report(autoscaler, status.with("desiredReplicas", current), List.of(able, Condition.of("ScalingActive", false,
                    "FailedGetResourceMetric", "the HPA was unable to compute the replica count: " + unknown.getMessage())), now);
        }
    }

    private static Condition active() {
        return Condition.of("ScalingActive", true, "ValidMetricFound",
                "the HPA was able to successfully calculate a replica count from resource metrics");
    }

    private static Condition limited(Autoscaler autoscaler, int settled) {
        if (settled > autoscaler.maxReplicas()) return Condition.of("ScalingLimited", true, "TooManyReplicas",
                "the desired replica count is more than the maximum replica count");
        if (settled < autoscaler.minReplicas()) return Condition.of("ScalingLimited", true, "TooFewReplicas",
                "the desired replica count is less than the minimum replica count");
        return Condition.of("ScalingLimited", false, "DesiredWithinRange", "the desired count is within the acceptable range");
    }

    private void scale(Autoscaler autoscaler, Resource resource, ObjectKey target, int current, int wanted, Instant now) {
        client.scale(resource, target, wanted);
        rules.get(autoscaler.metadata().key()).scaled(current, wanted, now);
        events.normal(autoscaler.reference(), "SuccessfulRescale", "New size: %d; reason: %s".formatted(wanted, wanted > current
                ? "resource utilization above target" : "All metrics below target"));
    }

    private static JsonObject status(JsonObject status, int wanted, boolean scaled, JsonArray metrics, Instant now) {
        var next = status.with("desiredReplicas", wanted).with("currentMetrics", metrics);
        return scaled ? next.with("lastScaleTime", Times.text(now)) : next;
    }

    /// What all metrics together ask for: the most.
    private record Proposal(int replicas, JsonArray current) { }

    private Proposal propose(Autoscaler autoscaler, Json scale, int replicas) throws ResourceProposal.Unknown {
        var namespace = autoscaler.metadata().key().namespace();
        var selector = scale.at("status", "selector").text("");
        var pods = client.list(Resources.PODS, namespace, Selection.labels(selector));
        int most = 0;
        var current = JsonArray.EMPTY;
        for (var metric : autoscaler.metrics().array()) {
            if (!metric.at("type").text("").equals("Resource")) throw new ResourceProposal.Unknown("metrics of type "
                    + metric.at("type").text("") + " are not known here: only Resource is");
            var name = metric.at("resource", "name").text("");
            var proposal = ResourceProposal.of(name, metric.at("resource", "target"), replicas, pods, used(namespace, selector, name));
            most = Math.max(most, proposal.replicas());
            current = current.with(proposal.current());
        }
        return new Proposal(most, current);
    }

    /// What each pod uses of a resource, in thousandths.
    private Map<String, Long> used(String namespace, String selector, String resource) throws ResourceProposal.Unknown {
        try {
            var path = "/apis/metrics.k8s.io/v1beta1/namespaces/" + namespace + "/pods?labelSelector="
                    + URLEncoder.encode(selector, StandardCharsets.UTF_8);
            var used = new HashMap<String, Long>();
            for (var pod : client.raw(path).at("items").array()) {
                long sum = 0;
                for (var container : pod.at("containers").array()) sum += Resourcing.of(container.at("usage")).of(resource);
                used.put(pod.at("metadata", "name").text(""), sum);
            }
            return used;
        } catch (ApiException away) {
            throw new ResourceProposal.Unknown("unable to get metrics for resource " + resource + ": " + away.getMessage());
        }
    }

    private Resource resource(Json target) {
        var kind = target.at("kind").text("");
        var version = target.at("apiVersion").text("");
        var known = List.of(Resources.DEPLOYMENTS, Resources.REPLICA_SETS, Resources.STATEFUL_SETS, Resources.REPLICATION_CONTROLLERS);
        return known.stream().filter(resource -> resource.kind().equals(kind) && resource.apiVersion().equals(version)).findFirst()
                .or(() -> Discovery.preferred(client).stream().map(Discovery.Served::resource)
                        .filter(resource -> resource.kind().equals(kind)).findFirst())
                .orElseThrow(() -> new ApiException(Reason.NOT_FOUND, "no matches for kind \"%s\" in \"%s\"", kind, version));
    }

    private void report(Autoscaler autoscaler, JsonObject status, List<Condition> conditions, Instant now) {
        Json all = autoscaler.status().at("conditions");
        for (var condition : conditions) all = condition.in(all, now);
        var next = status.with("conditions", all).with("observedGeneration", autoscaler.metadata().generation());
        if (!next.has("desiredReplicas")) next = next.with("desiredReplicas", 0);
        MergeDifference.ofStatus(autoscaler.status(), next).ifPresent((Patch patch) -> client.patchStatus(
                Resources.HORIZONTAL_POD_AUTOSCALERS, autoscaler.metadata().key(), patch));
    }
}
