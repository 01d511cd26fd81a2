package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.Quantity;
import java.util.ArrayList;
import java.util.List;

/// Validation of HorizontalPodAutoscalers in their newer version, which the older one is read as.
final class AutoscalerChecks {
    private static final List<String> TYPES = List.of("ContainerResource", "External", "Object", "Pods", "Resource");
    private static final int WINDOW_SECONDS_MAX = 3600;
    private static final int PERIOD_SECONDS_MAX = 1800;

    private AutoscalerChecks() { }

    static void check(Json spec, FieldErrors errors) {
        errors.forget("spec");
        var least = spec.at("minReplicas");
        var most = spec.at("maxReplicas");
        if (least.isPresent() && least.integer(0L) < 1) errors.invalid("spec.minReplicas", least, "must be greater than or equal to 1");
        if (most.integer(0L) < 1) errors.invalid("spec.maxReplicas", most.isNull() ? 0 : most, "must be greater than 0");
        if (least.integer(0L) > most.integer(0L)) {
            errors.invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
        }
        reference(spec.at("scaleTargetRef"), "spec.scaleTargetRef", errors);
        FieldErrors.each(spec.at("metrics"), "spec.metrics", (metric, at) -> metric(metric, at, errors));
        behavior(spec.at("behavior", "scaleUp"), "spec.behavior.scaleUp", errors);
        behavior(spec.at("behavior", "scaleDown"), "spec.behavior.scaleDown", errors);
    }

    private static void reference(Json reference, String path, FieldErrors errors) {
        for (var field : List.of("kind", "name")) {
            var text = reference.at(field).text("");
            if (text.isEmpty()) errors.add(FieldError.required(path + "." + field));
            else errors.invalid(path + "." + field, text, NameSyntax.pathSegmentError(text));
        }
    }

    private static void metric(Json metric, String path, FieldErrors errors) {
        var type = metric.at("type").text("");
        if (type.isEmpty()) errors.add(FieldError.required(path + ".type", "must specify a metric source type"));
        else if (!TYPES.contains(type)) errors.add(FieldError.notSupported(path + ".type", type, TYPES));
        var expected = type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
        if (TYPES.contains(type) && metric.at(expected).isNull()) {
            errors.add(FieldError.required(path + "." + expected, "must populate information for the given metric source"));
        }
        var present = new ArrayList<>(metric.object().without("type").names());
        present.remove(expected);
        for (var other : present) errors.add(FieldError.forbidden(path + "." + other, "must populate the given metric source only"));
        if (metric.at(expected).isPresent()) source(metric.at(expected), expected, path + "." + expected, errors);
    }

    private static void source(Json source, String type, String path, FieldErrors errors) {
        var resource = type.equals("resource") || type.equals("containerResource");
        if (resource && source.at("name").text("").isEmpty()) {
            errors.add(FieldError.required(path + ".name", "must specify a resource name"));
        }
        if (type.equals("containerResource") && source.at("container").text("").isEmpty()) {
            errors.add(FieldError.required(path + ".container", "must specify a container"));
        }
        if (type.equals("object")) reference(source.at("describedObject"), path + ".describedObject", errors);
        if (!resource && source.at("metric", "name").text("").isEmpty()) {
            errors.add(FieldError.required(path + ".metric.name", "must specify a metric name"));
        }
        target(source.at("target"), path + ".target", errors);
        if (resource) utilization(source.at("target"), path + ".target", errors);
        else if (type.equals("pods") && !isPositive(source.at("target", "averageValue"))) {
            errors.add(FieldError.required(path + ".target.averageValue", "must specify a positive target averageValue"));
        }
    }

    private static boolean isPositive(Json amount) {
        return Quantity.of(amount).filter(q -> q.compareTo(Quantity.ZERO) > 0).isPresent();
    }

    private static void target(Json target, String path, FieldErrors errors) {
        var type = target.at("type").text("");
        if (type.isEmpty()) errors.add(FieldError.required(path + ".type", "must specify a metric target type"));
        else if (!List.of("Utilization", "Value", "AverageValue").contains(type)) {
            errors.invalid(path + ".type", type, "must be either Utilization, Value, or AverageValue");
        }
        for (var amount : List.of("value", "averageValue")) {
            if (target.at(amount).isPresent() && !isPositive(target.at(amount))) {
                errors.invalid(path + "." + amount, target.at(amount), "must be positive");
            }
        }
        var utilization = target.at("averageUtilization");
        if (utilization.isPresent() && utilization.integer(0L) < 1) {
            errors.invalid(path + ".averageUtilization", utilization, "must be greater than 0");
        }
    }

    private static void utilization(Json target, String path, FieldErrors errors) {
        var utilization = target.at("averageUtilization").isPresent();
        var value = target.at("averageValue").isPresent();
        if (!utilization && !value) errors.add(FieldError.required(path + ".averageUtilization",
                "must set either a target raw value or a target utilization"));
        if (utilization && value) errors.add(FieldError.forbidden(path + ".averageValue",
                "may not set both a target raw value and a target utilization"));
    }

    private static void behavior(Json rules, String path, FieldErrors errors) {
        if (rules.isNull()) return;
        var window = rules.at("stabilizationWindowSeconds");
        if (window.integer(0L) < 0) errors.invalid(path + ".stabilizationWindowSeconds", window, "must be greater than or equal to zero");
        if (window.integer(0L) > WINDOW_SECONDS_MAX) errors.invalid(path + ".stabilizationWindowSeconds", window,
                "must be less than or equal to " + WINDOW_SECONDS_MAX);
        errors.supported(rules.at("selectPolicy"), path + ".selectPolicy", "Disabled", "Max", "Min");
        if (rules.at("policies").array().isEmpty()) errors.add(FieldError.required(path + ".policies", "must specify at least one Policy"));
        FieldErrors.each(rules.at("policies"), path + ".policies", (policy, at) -> {
            errors.supported(policy.at("type"), at + ".type", "Percent", "Pods");
            if (policy.at("value").integer(0L) <= 0) errors.invalid(at + ".value", policy.at("value"), "must be greater than zero");
            var period = policy.at("periodSeconds");
            if (period.integer(0L) <= 0) errors.invalid(at + ".periodSeconds", period, "must be greater than zero");
            if (period.integer(0L) > PERIOD_SECONDS_MAX) errors.invalid(at + ".periodSeconds", period,
                    "must be less than or equal to " + PERIOD_SECONDS_MAX);
        });
    }
}
