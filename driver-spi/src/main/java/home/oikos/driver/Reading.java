package home.oikos.driver;

/// A property had this value when the message carrying it arrived. Whether the model knows the property and believes the value
/// is for the gateway to decide.
///
/// @param retained the transport kept the message for us: it says what was so, not that the device is alive now
/// @param unit the unit that the message or the manifest names; empty for the model's own
/// @param source which of several sensors that make one device together said it; empty for a device that is one
public record Reading(String property, Value value, boolean retained, String unit, String source) {
    public Reading(String property, Value value, boolean retained) {
        this(property, value, retained, "", "");
    }

    public Reading(String property, Value value) {
        this(property, value, false);
    }

    public Reading in(String named) {
        return new Reading(property, value, retained, named, source);
    }

    public Reading from(String named) {
        return new Reading(property, value, retained, unit, named);
    }
}
