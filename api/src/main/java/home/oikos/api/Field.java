package home.oikos.api;

import java.util.List;

/// One member of an object type.
/// @param required    must be there after defaulting
/// @param optional    true when the zero value differs from absence (a pointer in Kubernetes' own types), so a given 0, "" or false is kept
/// @param shown       answers have the member even when it is empty: `{}`, or null for a list
/// @param defaultTo   what an absent member becomes; [Json#NULL] for none
/// @param enumeration the values allowed (of each item, for a list); empty for any
/// @param patch       how a strategic merge patch treats it
/// @param number      protobuf field numbers, outermost message first: two where a message is inlined; empty when it has none
/// @param description one line for people, or empty
public record Field(String name, Schema type, boolean required, boolean optional, boolean shown, Json defaultTo, List<String> enumeration,
        PatchRule patch, List<Integer> number, String description) {
    public Field {
        enumeration = List.copyOf(enumeration);
        number = List.copyOf(number);
    }

    /// A plain optional member, as CRDs have them.
    public static Field of(String name, Schema type) {
        return new Field(name, type, false, true, false, Json.NULL, List.of(), PatchRule.NONE, List.of(), "");
    }

    /// True when answers and new objects have the member whether it is set or not.
    boolean alwaysShown() {
        return shown || required;
    }

    public Field withRequired(boolean required) {
        return new Field(name, type, required, optional, shown, defaultTo, enumeration, patch, number, description);
    }

    public Field withDefault(Json defaultTo) {
        return new Field(name, type, required, optional, shown, defaultTo, enumeration, patch, number, description);
    }

    public Field withDescription(String description) {
        return new Field(name, type, required, optional, shown, defaultTo, enumeration, patch, number, description);
    }
}
