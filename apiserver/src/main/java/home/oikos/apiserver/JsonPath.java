package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A path as kubectl and printer columns write it: `.spec.ports[0].name`, `.a\.b`, `['a']`, `[*]`, `[?(@.type=="Ready")].status`.
/// Immutable.
record JsonPath(List<Step> steps) {
    /// One step from a value to others.
    sealed interface Step {
        Stream<Json> from(Json value);
    }

    record Member(String name) implements Step {
        @Override
        public Stream<Json> from(Json value) {
            return value instanceof JsonObject object && object.has(name) ? Stream.of(object.at(name)) : Stream.empty();
        }
    }

    /// @param index from the end when negative
    record Element(int index) implements Step {
        @Override
        public Stream<Json> from(Json value) {
            var list = value.array();
            int at = index < 0 ? list.size() + index : index;
            return at >= 0 && at < list.size() ? Stream.of(list.at(at)) : Stream.empty();
        }
    }

    record Each() implements Step {
        @Override
        public Stream<Json> from(Json value) {
            return switch (value) {
                case JsonArray list -> list.stream();
                case JsonObject object -> object.members().values().stream();
                default -> Stream.empty();
            };
        }
    }

    /// The elements of which a condition holds.
    /// @param operator empty where the path need only lead somewhere
    record Filter(JsonPath path, String operator, Json wanted) implements Step {
        @Override
        public Stream<Json> from(Json value) {
            return value.array().stream().filter(this::holds);
        }

        private boolean holds(Json element) {
            var found = path.in(element);
            if (operator.isEmpty()) return !found.isEmpty();
            if (found.isEmpty()) return false;
            var one = found.getFirst();
            return switch (operator) {
                case "==" -> one.equals(wanted);
                case "!=" -> !one.equals(wanted);
                case "<" -> order(one) < 0;
                case "<=" -> order(one) <= 0;
                case ">" -> order(one) > 0;
                default -> order(one) >= 0;
            };
        }

        private int order(Json one) {
            return one.text().isPresent() ? one.text("").compareTo(wanted.text("")) : Double.compare(one.decimal(0), wanted.decimal(0));
        }
    }

    /// @throws IllegalArgumentException when the text is no path
    static JsonPath parse(String text) {
        return new JsonPathReader(text).path();
    }

    /// Steps of plain names alone, as `/scale` and selectable fields need them.
    boolean isPlain() {
        return steps.stream().allMatch(Member.class::isInstance);
    }

    List<String> names() {
        return steps.stream().map(s -> ((Member) s).name()).toList();
    }

    /// All that the path leads to.
    List<Json> in(Json value) {
        var found = List.of(value);
        for (var step : steps) {
            var next = new ArrayList<Json>();
            found.forEach(v -> step.from(v).forEach(next::add));
            found = next;
        }
        return found;
    }
}
