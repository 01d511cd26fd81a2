package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.workloads.Node.Taint;

/// Which taints a pod tolerates.
final class Tolerations {
    private Tolerations() { }

    static boolean tolerate(Json tolerations, Taint taint) {
        return tolerations.array().stream().anyMatch(toleration -> tolerates(toleration, taint));
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
