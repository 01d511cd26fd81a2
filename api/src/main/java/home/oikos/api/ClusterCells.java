package home.oikos.api;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The rows of nodes, events, storage, quotas and rights.
final class ClusterCells {
    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

    private ClusterCells() { }

    static List<Object> node(TableCells of) {
        var build = of.status("nodeInfo");
        return List.of(of.name(), nodeStatus(of), roles(of), of.age(), build.at("kubeletVersion").text(""), address(of, "InternalIP"),
                address(of, "ExternalIP"), TableCells.or(build.at("osImage"), "<unknown>"), TableCells.or(build.at("kernelVersion"),
                        "<unknown>"),
                TableCells.or(build.at("containerRuntimeVersion"), "<unknown>"));
    }

    private static String nodeStatus(TableCells of) {
        var ready = TableCells.condition(of.status("conditions"), "Ready");
        var status = ready.isNull() ? "Unknown" : ready.at("status").text("").equals("True") ? "Ready" : "NotReady";
        return of.spec("unschedulable").bool(false) ? status + ",SchedulingDisabled" : status;
    }

    private static String roles(TableCells of) {
        var roles = new TreeSet<String>();
        of.object().at("metadata", "labels").object().members().forEach((key, value) -> {
            if (key.startsWith(ROLE_PREFIX) && key.length() > ROLE_PREFIX.length()) roles.add(key.substring(ROLE_PREFIX.length()));
            else if (key.equals("kubernetes.io/role") && !value.text("").isEmpty()) roles.add(value.text(""));
        });
        return roles.isEmpty() ? TableCells.NONE : String.join(",", roles);
    }

    private static String address(TableCells of, String type) {
        return of.status("addresses").array().stream().filter(address -> address.at("type").text("").equals(type)).findFirst()
                .map(address -> address.at("address").text("")).orElse(TableCells.NONE);
    }

    static List<Object> event(TableCells of) {
        var about = of.object().at("involvedObject").isPresent() ? of.object().at("involvedObject") : of.object().at("regarding");
        var message = TableCells.or(of.object().at("message"), of.object().at("note").text("")).strip();
        var first = seen(of, "firstTimestamp", "deprecatedFirstTimestamp");
        var series = of.object().at("series");
        var last = series.isPresent() ? Ages.since(series.at("lastObservedTime"), of.now()) : seen(of, "lastTimestamp",
                "deprecatedLastTimestamp");
        int count = series.isPresent() ? series.at("count").integer(0) : count(of);
        return List.of(last.equals("<unknown>") ? first : last, of.object().at("type").text(""), of.object().at("reason").text(""),
                about.at("kind").text("").toLowerCase(Locale.ROOT) + "/" + about.at("name").text(""), about.at("fieldPath").text(""),
                        source(of),
                message, first, count, of.name());
    }

    private static int count(TableCells of) {
        int count = of.object().at("count").integer(of.object().at("deprecatedCount").integer(0));
        return count == 0 ? 1 : count;
    }

    private static String seen(TableCells of, String name, String olderName) {
        var time = of.object().at(name).isPresent() ? of.object().at(name) : of.object().at(olderName);
        return Ages.since(time.isPresent() ? time : of.object().at("eventTime"), of.now());
    }

    private static String source(TableCells of) {
        var source = of.object().at("source").isPresent() ? of.object().at("source") : of.object().at("deprecatedSource");
        var component = TableCells.or(source.at("component"), TableCells.or(of.object().at("reportingComponent"),
                of.object().at("reportingController").text("")));
        var host = TableCells.or(source.at("host"), of.object().at("reportingInstance").text(""));
        return host.isEmpty() ? component : component + ", " + host;
    }

    static List<Object> configMap(TableCells of) {
        return List.of(of.name(), of.object().at("data").object().size() + of.object().at("binaryData").object().size(), of.age());
    }

    static List<Object> secret(TableCells of) {
        return List.of(of.name(), of.object().at("type").text(""), of.object().at("data").object().size(), of.age());
    }

    static List<Object> claim(TableCells of) {
        boolean bound = !of.spec("volumeName").text("").isEmpty();
        return List.of(of.name(), of.isDeleting() ? "Terminating" : of.status("phase").text(""), of.spec("volumeName").text(""),
                bound ? TableCells.or(of.status("capacity").at("storage"), "0") : "", bound
                        ? TableCells.accessModes(of.status("accessModes")) : "",
                of.spec("storageClassName").text(""), TableCells.or(of.spec("volumeAttributesClassName"), "<unset>"), of.age(),
                TableCells.or(of.spec("volumeMode"), "<unset>"));
    }

    static List<Object> volume(TableCells of) {
        var claim = of.spec("claimRef");
        return List.of(of.name(), TableCells.or(of.spec("capacity").at("storage"), "0"), TableCells.accessModes(of.spec("accessModes")),
                of.spec("persistentVolumeReclaimPolicy").text(""), of.isDeleting() ? "Terminating" : of.status("phase").text(""),
                claim.isNull() ? "" : claim.at("namespace").text("") + "/" + claim.at("name").text(""),
                        of.spec("storageClassName").text(""),
                TableCells.or(of.spec("volumeAttributesClassName"), "<unset>"), of.status("reason").text(""), of.age(),
                TableCells.or(of.spec("volumeMode"), "<unset>"));
    }

    static List<Object> storageClass(TableCells of) {
        boolean isDefault = of.object().at("metadata", "annotations").at(DEFAULT_CLASS).text("").equals("true");
        return List.of(isDefault ? of.name() + " (default)" : of.name(), of.object().at("provisioner").text(""),
                of.object().at("reclaimPolicy").text("Delete"), of.object().at("volumeBindingMode").text("Immediate"),
                of.object().at("allowVolumeExpansion").bool(false), of.age());
    }

    static List<Object> quota(TableCells of) {
        var requests = new TreeMap<String, String>();
        var limits = new TreeMap<String, String>();
        of.status("hard").object().members().forEach((name, hard) ->
                (name.startsWith("limits") ? limits : requests).put(name, name + ": " + of.status("used").at(name).text("0") + "/"
                        + hard.text("")));
        return List.of(of.name(), String.join(", ", requests.values()), String.join(", ", limits.values()), of.age());
    }

    static List<Object> roleBinding(TableCells of) {
        var role = of.object().at("roleRef");
        return List.of(of.name(), role.at("kind").text("") + "/" + role.at("name").text(""), of.age(), subjects(of, "User"), subjects(of,
                "Group"),
                subjects(of, "ServiceAccount"));
    }

    private static String subjects(TableCells of, String kind) {
        return of.object().at("subjects").array().stream().filter(subject -> subject.at("kind").text("").equals(kind)).map(ClusterCells::subject)
                .collect(Collectors.joining(", "));
    }

    private static String subject(Json subject) {
        var name = subject.at("name").text("");
        return subject.at("kind").text("").equals("ServiceAccount") ? subject.at("namespace").text("") + "/" + name : name;
    }

    static List<Object> apiService(TableCells of) {
        var service = of.spec("service");
        var available = TableCells.condition(of.status("conditions"), "Available");
        var status = TableCells.or(available.at("status"), "Unknown");
        return List.of(of.name(), service.isNull() ? "Local" : service.at("namespace").text("") + "/" + service.at("name").text(""),
                status.equals("True") || available.isNull() ? status : status + " (" + available.at("reason").text("") + ")", of.age());
    }

    static List<Object> signingRequest(TableCells of) {
        var conditions = of.status("conditions").array();
        var duration = of.spec("expirationSeconds");
        var condition = conditions.isEmpty() ? "Pending" : TableCells.joined(conditions, "type", ",");
        return List.of(of.name(), of.age(), TableCells.orNone(of.spec("signerName")), of.spec("username").text(""),
                duration.isNull() ? TableCells.NONE : Ages.human(java.time.Duration.ofSeconds(duration.integer(0L))),
                of.status("certificate").isPresent() ? condition + ",Issued" : condition);
    }

    static List<Object> componentStatus(TableCells of) {
        var condition = TableCells.condition(of.object().at("conditions"), "Healthy");
        return List.of(of.name(), switch (condition.at("status").text("")) {
            case "True" -> "Healthy";
            case "False" -> "Unhealthy";
            default -> "Unknown";
        }, condition.at("message").text(""), condition.at("error").text(""));
    }
}
