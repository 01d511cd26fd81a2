package home.oikos.api;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The rows of what runs Pods.
final class WorkloadCells {
    private WorkloadCells() { }

    private static Json podSpec(TableCells cells) {
        return cells.object().at("spec", "template", "spec");
    }

    static List<Object> deployment(TableCells of) {
        return List.of(of.name(), of.status("readyReplicas").integer(0) + "/" + of.spec("replicas").integer(1),
                of.status("updatedReplicas").integer(0),
                of.status("availableReplicas").integer(0), of.age(), TableCells.containers(podSpec(of)), TableCells.images(podSpec(of)),
                TableCells.selector(of.spec("selector")));
    }

    static List<Object> replicaSet(TableCells of) {
        return replicas(of, TableCells.selector(of.spec("selector")));
    }

    static List<Object> replicationController(TableCells of) {
        return replicas(of, TableCells.labels(of.spec("selector")));
    }

    private static List<Object> replicas(TableCells of, String selector) {
        return List.of(of.name(), of.spec("replicas").integer(1), of.status("replicas").integer(0), of.status("readyReplicas").integer(0),
                of.age(),
                TableCells.containers(podSpec(of)), TableCells.images(podSpec(of)), selector);
    }

    static List<Object> statefulSet(TableCells of) {
        return List.of(of.name(), of.status("readyReplicas").integer(0) + "/" + of.spec("replicas").integer(1), of.age(),
                TableCells.containers(podSpec(of)), TableCells.images(podSpec(of)));
    }

    static List<Object> daemonSet(TableCells of) {
        return List.of(of.name(), of.status("desiredNumberScheduled").integer(0), of.status("currentNumberScheduled").integer(0),
                of.status("numberReady").integer(0), of.status("updatedNumberScheduled").integer(0),
                        of.status("numberAvailable").integer(0),
                TableCells.labels(podSpec(of).at("nodeSelector")), of.age(), TableCells.containers(podSpec(of)),
                        TableCells.images(podSpec(of)),
                TableCells.selector(of.spec("selector")));
    }

    static List<Object> job(TableCells of) {
        return List.of(of.name(), jobStatus(of), completions(of), jobDuration(of), of.age(), TableCells.containers(podSpec(of)),
                TableCells.images(podSpec(of)), TableCells.selector(of.spec("selector")));
    }

    private static String jobStatus(TableCells of) {
        var conditions = of.status("conditions");
        if (TableCells.holds(conditions, "Complete")) return "Complete";
        if (TableCells.holds(conditions, "Failed")) return "Failed";
        if (of.isDeleting()) return "Terminating";
        return Stream.of("Suspended", "FailureTarget", "SuccessCriteriaMet").filter(type -> TableCells.holds(conditions,
                type)).findFirst().orElse("Running");
    }

    private static String completions(TableCells of) {
        int succeeded = of.status("succeeded").integer(0);
        if (of.spec("completions").isPresent()) return succeeded + "/" + of.spec("completions").integer(0);
        int parallelism = of.spec("parallelism").integer(0);
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String jobDuration(TableCells of) {
        var started = Timestamps.parse(of.status("startTime").text(""));
        if (started.isEmpty()) return "";
        return Ages.human(Duration.between(started.get(), Timestamps.parse(of.status("completionTime").text("")).orElse(of.now())));
    }

    static List<Object> cronJob(TableCells of) {
        var template = of.spec("jobTemplate").at("spec");
        var last = of.status("lastScheduleTime");
        return List.of(of.name(), of.spec("schedule").text(""), TableCells.orNone(of.spec("timeZone")), of.spec("suspend").bool(false)
                ? "True" : "False",
                of.status("active").array().size(), last.isNull() ? TableCells.NONE : Ages.since(last, of.now()), of.age(),
                TableCells.containers(template.at("template", "spec")), TableCells.images(template.at("template", "spec")),
                TableCells.selector(template.at("selector")));
    }

    static List<Object> podTemplate(TableCells of) {
        var template = of.object().at("template");
        return List.of(of.name(), TableCells.containers(template.at("spec")), TableCells.images(template.at("spec")),
                TableCells.labels(template.at("metadata", "labels")));
    }

    static List<Object> controllerRevision(TableCells of) {
        var owner = of.object().at("metadata",
                "ownerReferences").array().stream().filter(o -> o.at("controller").bool(false)).findFirst().orElse(Json.NULL);
        var group = GroupVersion.parse(owner.at("apiVersion").text("")).group();
        var kind = owner.at("kind").text("").toLowerCase(java.util.Locale.ROOT);
        return List.of(of.name(), owner.isNull() ? TableCells.NONE : kind + (group.isEmpty() ? "" : "." + group) + "/"
                + owner.at("name").text(""),
                of.object().at("revision").integer(0L), of.age());
    }

    static List<Object> autoscaler(TableCells of) {
        var target = of.spec("scaleTargetRef");
        return List.of(of.name(), target.at("kind").text("") + "/" + target.at("name").text(""), metrics(of),
                of.spec("minReplicas").isNull() ? "<unset>" : Integer.toString(of.spec("minReplicas").integer(0)),
                of.spec("maxReplicas").integer(0), of.status("currentReplicas").integer(0), of.age());
    }

    private static String metrics(TableCells of) {
        var percent = of.spec("targetCPUUtilizationPercentage");
        if (percent.isPresent()) {
            var current = of.status("currentCPUUtilizationPercentage");
            return "cpu: " + (current.isNull() ? "<unknown>" : current + "%") + "/" + percent + "%";
        }
        var metrics = of.spec("metrics").array();
        var texts = new java.util.ArrayList<String>();
        for (int i = 0; i < metrics.size(); i++) texts.add(metric(metrics.at(i), of.status("currentMetrics").at(i)));
        return texts.isEmpty() ? TableCells.NONE : TableCells.few(texts, 2).replace(",", ", ");
    }

    private static String metric(Json metric, Json current) {
        var resource = metric.at("resource");
        if (resource.isNull()) return "<unknown>/<auto>";
        var wanted = resource.at("target", "averageUtilization");
        if (wanted.isNull()) {
            return TableCells.or(current.at("resource", "current", "averageValue"), "<unknown>") + "/" + resource.at("target",
                    "averageValue").text("");
        }
        var used = current.at("resource", "current", "averageUtilization");
        return resource.at("name").text("") + ": " + (used.isNull() ? "<unknown>" : used + "%") + "/" + wanted + "%";
    }

    static List<Object> disruptionBudget(TableCells of) {
        return List.of(of.name(), text(of.spec("minAvailable")), text(of.spec("maxUnavailable")),
                of.status("disruptionsAllowed").integer(0), of.age());
    }

    private static String text(Json intOrString) {
        return intOrString.isNull() ? "N/A" : intOrString.text().orElseGet(intOrString::toString);
    }
}
