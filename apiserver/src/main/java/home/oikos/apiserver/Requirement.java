package home.oikos.apiserver;

import java.util.List;
import java.util.Map;

/// One condition of a label selector.
record Requirement(String key, Operator operator, List<String> values) {
    enum Operator { IN, NOT_IN, EXISTS, DOES_NOT_EXIST, GREATER, LESS }

    boolean matches(Map<String, String> labels) {
        var found = labels.get(key);
        return switch (operator) {
            case IN -> found != null && values.contains(found);
            case NOT_IN -> found == null || !values.contains(found);
            case EXISTS -> found != null;
            case DOES_NOT_EXIST -> found == null;
            case GREATER -> compare(found) > 0;
            case LESS -> compare(found) < 0;
        };
    }

    /// A label that is absent or no number is neither greater nor less.
    private int compare(String found) {
        try {
            return found == null ? 0 : Long.compare(Long.parseLong(found), Long.parseLong(values.getFirst()));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
