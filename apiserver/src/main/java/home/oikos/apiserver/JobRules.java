package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;

/// What is special about Jobs: a selector that nobody else can have, made from the job's uid.
final class JobRules extends PlainRules {
    private static final List<String> UID_LABELS = List.of("controller-uid", "batch.kubernetes.io/controller-uid");
    private static final List<String> NAME_LABELS = List.of("job-name", "batch.kubernetes.io/job-name");

    private static final List<String> NUMBERS = List.of("parallelism", "completions", "activeDeadlineSeconds", "backoffLimit",
            "ttlSecondsAfterFinished");

    JobRules(ResourceDefinition definition) {
        super(definition, true);
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        var defaulted = Absent.within(object, "spec", JobRules::spec);
        return object.at("spec", "manualSelector").bool(false) || object.at("metadata", "uid").isNull() ? defaulted : selected(defaulted);
    }

    private static JsonObject spec(JsonObject spec) {
        var set = spec;
        if (set.at("completions").isNull() && set.at("parallelism").isNull()) set = set.with("completions", 1).with("parallelism", 1);
        if (set.at("parallelism").isNull()) set = set.with("parallelism", 1);
        var limit = set.at("backoffLimitPerIndex").isPresent() ? Integer.MAX_VALUE : 6;
        set = Absent.set(set, "backoffLimit", limit, "completionMode", "NonIndexed", "suspend", false, "manualSelector", false,
                "podReplacementPolicy", set.at("podFailurePolicy").isPresent() ? "Failed" : "TerminatingOrFailed");
        return Absent.within(set, "template", PodDefaults::template);
    }

    private static JsonObject selected(JsonObject object) {
        var uid = object.at("metadata", "uid").text("");
        var labels = object.at("spec", "template", "metadata", "labels").object();
        for (var label : UID_LABELS) labels = labels.with(label, uid);
        for (var label : NAME_LABELS) labels = labels.with(label, object.at("metadata", "name"));
        var labeled = object.withAt(labels, "spec", "template", "metadata", "labels");
        if (object.at("metadata", "labels").object().isEmpty()) labeled = labeled.withAt(labels, "metadata", "labels");
        if (object.at("spec", "selector").isPresent()) return labeled;
        return labeled.withAt(JsonObject.of("matchLabels", JsonObject.of("batch.kubernetes.io/controller-uid", uid)), "spec", "selector");
    }

    @Override
    void check(JsonObject object, List<FieldError> errors) {
        var numbers = new FieldErrors(errors, "spec");
        for (var field : NUMBERS) numbers.notNegative(object.at("spec", field), "spec." + field);
        numbers.tellAll();
        selector(object, errors);
        PodSpecChecks.check(object.at("spec", "template", "spec"), "spec.template.spec", errors);
        restarts(object.at("spec", "template", "spec"), "spec.template.spec", errors);
    }

    /// A job's own selector is made from its uid; one brought along would choose the pods of others.
    private static void selector(JsonObject object, List<FieldError> errors) {
        var selector = object.at("spec", "selector");
        if (selector.isNull() || object.at("spec", "manualSelector").bool(false)) return;
        var uid = object.at("metadata", "uid");
        if (UID_LABELS.stream().noneMatch(l -> selector.at("matchLabels", l).equals(uid))) {
            errors.add(FieldError.invalid("spec.selector", selector, "`selector` not auto-generated"));
        }
    }

    /// Upstream's default says Always, which no job can mean: what ends would begin again.
    static void restarts(Json spec, String path, List<FieldError> errors) {
        if (!spec.at("restartPolicy").text("").equals("Always")) return;
        errors.add(FieldError.required(path + ".restartPolicy", "valid values: \"OnFailure\", \"Never\""));
    }

    @Override
    public List<FieldError> validateUpdate(JsonObject object, JsonObject old) {
        var errors = new ArrayList<FieldError>();
        for (var field : List.of("completions", "selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex")) {
            if (!object.at("spec", field).equals(old.at("spec", field))) errors.add(FieldError.invalid("spec." + field,
                    object.at("spec", field), "field is immutable"));
        }
        var suspended = old.at("spec", "suspend").bool(false) && old.at("status", "startTime").isNull();
        if (!suspended && !object.at("spec", "template").equals(old.at("spec", "template"))) {
            errors.add(FieldError.invalid("spec.template", object.at("spec", "template"), "field is immutable"));
        }
        return errors;
    }

    @Override
    public String selectableValue(JsonObject object, String path) {
        return path.equals("status.successful") ? Long.toString(object.at("status", "succeeded").integer(0L))
                : super.selectableValue(object, path);
    }
}
