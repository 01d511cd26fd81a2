package home.oikos.driver;

/// A property had this value when the message carrying it arrived. Whether the model knows the property and believes the value
/// is for the gateway to decide.
///
/// @param retained the transport kept the message for us: it says what was so, not that the device is alive now
public record Reading(String property, Value value, boolean retained) {
    public Reading(String property, Value value) {
        this(property, value, false);
    }
}
