package home.oikos.api;

import java.util.TreeMap;
import java.util.stream.Collectors;

/// Values as Go's `%v` prints them, which some of Kubernetes' messages show: `map[a:1 b:[x y]]`.
public final class GoText {
    private GoText() { }

    public static String of(Json value) {
        return switch (value) {
            case JsonObject object -> new TreeMap<>(object.members()).entrySet().stream().map(e -> e.getKey() + ":" + of(e.getValue()))
                    .collect(Collectors.joining(" ", "map[", "]"));
            case JsonArray array -> array.stream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
            case JsonString(var text) -> text;
            case JsonNull _ -> "<nil>";
            case JsonInteger _, JsonDecimal _, JsonBoolean _ -> value.toString();
        };
    }
}
