package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.workloads.Node.Taint;
import java.util.Optional;

/// Which taints a pod tolerates.
final class Tolerations {
    private Tolerations() { }

    static boolean tolerate(Json tolerations, Taint taint) {
        return of(tolerations, taint).isPresent();
    }

    /// The first that tolerates it.
    static Optional<Json> of(Json tolerations, Taint taint) {
        return tolerations.array().stream().filter(toleration -> tolerates(toleration, taint)).findFirst();
    }

    private static boolean tolerates(Json toleration, Taint taint) {
        var key = toleration.at("key").text("");
        var effect = toleration.at("effect").text("");
        if (!effect.isEmpty() && !effect.equals(taint.effect())) return false;
        if (!key.isEmpty() && !key.equals(taint.key())) return false;
        boolean exists = toleration.at("operator").text("Equal").equals("Exists");
        return exists || !key.isEmpty() && toleration.at("value").text("").equals(taint.value());
    }
}
