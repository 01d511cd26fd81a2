package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import java.util.List;

/// The plugins in their order.
record AdmissionChain(List<AdmissionPlugin> plugins) {
    AdmissionChain {
        plugins = List.copyOf(plugins);
    }

    JsonObject mutate(Admission admission, JsonObject object) {
        var changed = object;
        for (var plugin : plugins) changed = plugin.mutate(admission, changed);
        return changed;
    }

    void validate(Admission admission, JsonObject object) {
        for (var plugin : plugins) plugin.validate(admission, object);
    }
}
