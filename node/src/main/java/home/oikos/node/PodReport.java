package home.oikos.node;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.client.Patch;
import home.oikos.client.Resources;

/// Tells the API how a pod is, when that is news. One worker's thread.
final class PodReport {
    private final Workbench bench;
    private final PodIdentity identity;
    private JsonObject told = JsonObject.EMPTY;

    PodReport(Workbench bench, PodIdentity identity) {
        this.bench = bench;
        this.identity = identity;
    }

    void tell(PodView view) {
        var status = new PodStatusPlan(view, bench.settings().hostIp(), container -> LastWords.of(bench.settings(), view,
                container)).status();
        if (status.equals(told) || covers(view.pod().at("status"), status)) return;
        try {
            bench.client().patchStatus(Resources.PODS, identity.key(), Patch.merge("metadata", JsonObject.of("uid", identity.uid()),
                    "status", status));
            told = status;
        } catch (ApiException refused) {
            // Gone, another one by that name, or changed meanwhile: the next version of the pod brings the next report.
            if (refused.code() != 404 && refused.code() != 409 && refused.code() != 422) throw refused;
        }
    }

    /// Whether the API says all this already; a null means absent.
    private static boolean covers(Json known, JsonObject status) {
        return status.members().entrySet().stream()
                .allMatch(member -> withoutNulls(member.getValue()).equals(withoutNulls(known.at(member.getKey()))));
    }

    private static Json withoutNulls(Json value) {
        return switch (value) {
            case JsonObject object -> {
                var kept = JsonObject.EMPTY;
                for (var member : object.members().entrySet()) {
                    if (member.getValue().isPresent()) kept = kept.with(member.getKey(), withoutNulls(member.getValue()));
                }
                yield kept;
            }
            case JsonArray array -> array.map(PodReport::withoutNulls);
            default -> value;
        };
    }
}
