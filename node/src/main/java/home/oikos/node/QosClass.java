package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.Quantity;
import java.util.List;

/// Who is ended first when memory runs out: by what the containers of a pod ask for and are limited to.
enum QosClass {
    GUARANTEED("Guaranteed", -997), BURSTABLE("Burstable", 999), BEST_EFFORT("BestEffort", 1000);

    private static final List<String> RESOURCES = List.of("cpu", "memory");

    private final String text;
    private final int oomScore;

    QosClass(String text, int oomScore) {
        this.text = text;
        this.oomScore = oomScore;
    }

    String text() {
        return text;
    }

    static QosClass of(Json pod) {
        boolean any = false;
        boolean all = true;
        for (var spec : ContainerSpec.all(pod)) {
            if (spec.role() == ContainerSpec.Role.EPHEMERAL) continue;
            var resources = spec.json().at("resources");
            for (var name : RESOURCES) {
                var limit = amount(resources.at("limits", name));
                var request = resources.at("requests", name).isPresent() ? amount(resources.at("requests", name)) : limit;
                any |= limit.compareTo(Quantity.ZERO) > 0 || request.compareTo(Quantity.ZERO) > 0;
                all &= limit.compareTo(Quantity.ZERO) > 0 && limit.equals(request);
            }
        }
        return all && any ? GUARANTEED : any ? BURSTABLE : BEST_EFFORT;
    }

    private static Quantity amount(Json json) {
        return Quantity.of(json).orElse(Quantity.ZERO);
    }

    /// The kernel's score: a burstable container is spared the more, the more of the machine's memory it asks for.
    int oomScore(long requestBytes, long machineBytes) {
        if (this != BURSTABLE) return oomScore;
        return Math.clamp(1000 - 1000 * requestBytes / Math.max(1, machineBytes), 3, 999);
    }
}
