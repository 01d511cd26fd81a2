package home.oikos.apiserver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One alternative of an Accept header.
record MediaRange(String type, Map<String, String> parameters, double quality) {
    /// The alternatives, best first; those of equal quality in the order sent.
    static List<MediaRange> parse(List<String> headers) {
        var ranges = new ArrayList<MediaRange>();
        for (var header : headers) {
            for (var part : header.split(",")) {
                if (!part.isBlank()) ranges.add(one(part));
            }
        }
        ranges.sort(Comparator.comparingDouble((MediaRange r) -> -r.quality));
        return ranges;
    }

    private static MediaRange one(String text) {
        var parts = text.split(";");
        var parameters = new HashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) parameters.put(parts[i].substring(0, equals).strip(), parts[i].substring(equals + 1).strip());
        }
        return new MediaRange(parts[0].strip().toLowerCase(Locale.ROOT), Map.copyOf(parameters), quality(parameters.remove("q")));
    }

    private static double quality(String text) {
        try {
            return text == null ? 1 : Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return 1;
        }
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
