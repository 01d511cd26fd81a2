package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;

/// Validation of kinds of which little is to be said.
final class SmallChecks {
    private SmallChecks() { }

    static void lease(Json spec, FieldErrors errors) {
        var seconds = spec.at("leaseDurationSeconds");
        if (seconds.isPresent() && seconds.integer(0L) <= 0) errors.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
        errors.notNegative(spec.at("leaseTransitions"), "spec.leaseTransitions");
        if (spec.at("preferredHolder").isPresent() && spec.at("strategy").text("").isEmpty()) {
            errors.add(FieldError.forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined"));
        }
    }
}
