package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.Set;

/// Validation of DaemonSets.
final class DaemonSetChecks {
    private static final String ROLLING = "spec.updateStrategy.rollingUpdate";

    private DaemonSetChecks() { }

    static void check(Json spec, FieldErrors errors) {
        var selector = spec.at("selector");
        if (selector.isNull()) errors.tell("spec.selector");
        SelectorChecks.check(selector, "spec.selector", errors);
        if (SelectorChecks.isUsable(selector)) WorkloadChecks.matching(selector, spec.at("template"), errors);
        if (selector.isPresent() && SelectorChecks.isEmpty(selector)) {
            errors.invalid("spec.selector", selector, "empty selector is invalid for daemonset");
        }
        WorkloadChecks.template(spec.at("template"), "DaemonSet", Set.of(), errors);
        errors.notNegative(spec.at("minReadySeconds"), "spec.minReadySeconds");
        strategy(spec.at("updateStrategy"), errors);
        errors.notNegative(spec.at("revisionHistoryLimit"), "spec.revisionHistoryLimit");
    }

    private static void strategy(Json strategy, FieldErrors errors) {
        var type = strategy.at("type").text("");
        errors.supported(strategy.at("type"), "spec.updateStrategy.type", "RollingUpdate", "OnDelete");
        if (type.equals("RollingUpdate")) rollingUpdate(strategy.at("rollingUpdate"), errors);
    }

    private static void rollingUpdate(Json rolling, FieldErrors errors) {
        var unavailable = rolling.at("maxUnavailable");
        var surge = rolling.at("maxSurge");
        PercentChecks.notNegative(unavailable, ROLLING + ".maxUnavailable", errors);
        PercentChecks.notNegative(surge, ROLLING + ".maxSurge", errors);
        var some = PercentChecks.number(unavailable) != 0;
        if (some && PercentChecks.number(surge) != 0) {
            errors.invalid(ROLLING + ".maxSurge", surge, "may not be set when maxUnavailable is non-zero");
        } else if (!some && PercentChecks.number(surge) == 0) {
            errors.add(FieldError.required(ROLLING + ".maxUnavailable", "cannot be 0 when maxSurge is 0"));
        }
        PercentChecks.atMostAll(unavailable, ROLLING + ".maxUnavailable", errors);
        PercentChecks.atMostAll(surge, ROLLING + ".maxSurge", errors);
    }
}
