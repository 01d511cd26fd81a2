package home.oikos.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The protobuf message of an object type: its fields by number, with messages inlined in JSON as messages of their own again.
/// @param ordered the same slots, ascending by number
record WireMessage(Map<Integer, Slot> slots, List<Slot> ordered) {
    /// One numbered field: a member of the object, or an inlined message whose fields are members of the same object.
    sealed interface Slot {
        int number();
    }

    record Member(int number, Field field) implements Slot { }

    record Inlined(int number, WireMessage message) implements Slot { }

    static WireMessage of(ObjectSchema type) {
        return type.wire(WireMessage.class, () -> of(List.copyOf(type.fields().values()), 0));
    }

    private static WireMessage of(List<Field> fields, int depth) {
        var inlined = new TreeMap<Integer, List<Field>>();
        var slots = new TreeMap<Integer, Slot>();
        for (var field : fields) {
            if (field.number().size() <= depth) continue;
            int number = field.number().get(depth);
            if (field.number().size() == depth + 1) slots.put(number, new Member(number, field));
            else inlined.computeIfAbsent(number, _ -> new ArrayList<>()).add(field);
        }
        inlined.forEach((number, inner) -> slots.put(number, new Inlined(number, of(inner, depth + 1))));
        return new WireMessage(Map.copyOf(slots), List.copyOf(slots.values()));
    }
}
