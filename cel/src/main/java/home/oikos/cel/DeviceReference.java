package home.oikos.cel;

/// A property of a device that an expression reads, found without evaluating it.
///
/// @param device as written: a name, or `namespace/name`
/// @param part which side of the property
public record DeviceReference(String device, String property, Part part) {
    /// Reported, wanted, or how old.
    public enum Part { REPORTED, DESIRED, AGE }

    @Override
    public String toString() {
        return switch (part) {
            case REPORTED -> device + "." + property;
            case DESIRED -> device + ".desired." + property;
            case AGE -> device + ".age(" + property + ")";
        };
    }
}
