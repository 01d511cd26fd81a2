package home.oikos.driver;

import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Writes the model of a hydrometer that floats in the beer, the same for every way by which it is heard, so that one model fits a make.
public final class HydrometerForm {
    private HydrometerForm() { }

    /// An iSpindel, as it says itself how steep it lies.
    public static JsonObject ispindel(int seconds) {
        return of("iSpindel", "iSpindel", seconds, property("angle", "Angle", "°", "0", "180", "0.5", seconds),
                property("battery", "Battery", "V", "2.5", "5", "0.05", seconds), property("rssi", "Radio", "dBm", "-120", "0", "5", seconds));
    }

    /// A Tilt, as its beacon says it.
    public static JsonObject tilt(int seconds) {
        return of("Tilt", "Baron Brew", seconds, count("batteryWeeks", "Weeks on this battery", "255"), count("firmware", "Firmware", "65535"),
                property("rssi", "Radio", "dBm", "-120", "0", "5", seconds));
    }

    private static JsonObject of(String title, String manufacturer, int seconds, JsonObject... more) {
        var properties = new ArrayList<>(List.of(property("gravity", "Gravity", "SG", "0.98", "1.16", "0.0005", seconds),
                property("temperature", "Temperature", "°C", "-5", "45", "0.2", seconds)));
        properties.addAll(List.of(more));
        return ModelForm.of(title, manufacturer, "Sensor", properties);
    }

    /// What is only said now and then.
    private static JsonObject count(String name, String title, String maximum) {
        return JsonObject.of("name", name, "title", title, "type", "Number", "minimum", "0", "maximum", maximum);
    }

    private static JsonObject property(String name, String title, String unit, String minimum, String maximum, String deadband, int seconds) {
        return JsonObject.of("name", name, "title", title, "type", "Number", "unit", unit, "minimum", minimum, "maximum", maximum, "deadband", deadband,
                "expectedPeriodSeconds", seconds);
    }
}
