package home.oikos.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// An object with known fields. The fields of a built-in type are read when first asked for, which is also how a type may
/// contain itself. Safe for any thread.
public final class ObjectSchema implements Schema {
    private final String name;
    private final Traits traits;
    private final Supplier<List<Field>> source;
    /// Both are made at most a few times with equal content, and published safely by their final contents.
    private volatile Map<String, Field> fields;
    private volatile Object wire;

    /// What is said of a type on its first line.
    /// @param atomic          apply owns it as a whole
    /// @param preserveUnknown members that no field names are kept
    /// @param discriminator   the field that tells which member of a union is set; empty for none
    /// @param kind            the kind whose objects have this type, when there is one
    /// @param description     one line for people, or empty
    public record Traits(boolean atomic, boolean preserveUnknown, String discriminator, Optional<GroupVersionKind> kind,
            String description) {
        public static final Traits PLAIN = new Traits(false, false, "", Optional.empty(), "");
        public static final Traits PRESERVING = new Traits(false, true, "", Optional.empty(), "");
    }

    ObjectSchema(String name, Traits traits, Supplier<List<Field>> source) {
        this.name = Objects.requireNonNull(name);
        this.traits = traits;
        this.source = source;
    }

    /// @param name what errors and OpenAPI call the type; of built-in ones `FILE/Type`, e.g. `apps-v1/DeploymentSpec`
    public static ObjectSchema of(String name, Traits traits, List<Field> fields) {
        var copy = List.copyOf(fields);
        return new ObjectSchema(name, traits, () -> copy);
    }

    public String name() {
        return name;
    }

    /// The name without its file.
    public String simpleName() {
        return name.substring(name.indexOf('/') + 1);
    }

    public Traits traits() {
        return traits;
    }

    @Override
    public boolean atomic() {
        return traits.atomic();
    }

    public boolean preserveUnknown() {
        return traits.preserveUnknown();
    }

    public Optional<GroupVersionKind> kind() {
        return traits.kind();
    }

    /// The fields by name, in the order of the file, unmodifiable.
    public Map<String, Field> fields() {
        var known = fields;
        if (known == null) fields = known = byName(source.get());
        return known;
    }

    public Optional<Field> field(String name) {
        return Optional.ofNullable(fields().get(name));
    }

    /// What the protobuf codec derives from this type, made once.
    <T> T wire(Class<T> type, Supplier<T> make) {
        var known = wire;
        if (known == null) wire = known = make.get();
        return type.cast(known);
    }

    private static Map<String, Field> byName(List<Field> fields) {
        var byName = LinkedHashMap.<String, Field>newLinkedHashMap(fields.size());
        for (var field : fields) byName.put(field.name(), field);
        return java.util.Collections.unmodifiableMap(byName);
    }

    @Override
    public String toString() {
        return name;
    }
}
