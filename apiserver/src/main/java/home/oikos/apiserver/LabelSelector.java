package home.oikos.apiserver;

import home.oikos.api.Json;
import java.util.List;
import java.util.Map;

/// Chooses objects by their labels: all requirements must hold. Immutable.
public record LabelSelector(List<Requirement> requirements) {
    static final LabelSelector ALL = new LabelSelector(List.of());

    /// The form of the parameter `labelSelector`.
    public static LabelSelector parse(String text) {
        return text.isBlank() ? ALL : new LabelSelector(new SelectorParser(text).requirements());
    }

    /// The structured form (metav1.LabelSelector), as objects carry it; an empty one chooses everything.
    static LabelSelector of(Json selector) {
        return parse(SelectorText.of(selector));
    }

    boolean isAll() {
        return requirements.isEmpty();
    }

    public boolean matches(Map<String, String> labels) {
        for (var requirement : requirements) {
            if (!requirement.matches(labels)) return false;
        }
        return true;
    }
}
