package home.oikos.api;

/// Who writes: the identity under which fields are owned.
/// @param name        what the client calls itself
/// @param apply       whether it applies or updates; the two are owners apart
/// @param apiVersion  the version in which it writes
/// @param subresource the subresource it writes through, or empty
public record FieldOwner(String name, boolean apply, String apiVersion, String subresource) {
    /// An applier keeps its identity when it changes the version.
    boolean isSame(FieldOwner other) {
        return apply == other.apply && name.equals(other.name) && subresource.equals(other.subresource)
                && (apply || apiVersion.equals(other.apiVersion));
    }

    String operation() {
        return apply ? "Apply" : "Update";
    }

    /// As conflicts show it.
    String shown() {
        var shown = FieldError.quoted(name);
        if (!subresource.isEmpty()) shown += " with subresource " + FieldError.quoted(subresource);
        return apply ? shown : shown + " using " + apiVersion;
    }
}
