package home.oikos.driver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Writes what a device says of itself as the `spec` of a DeviceModel.
public final class ModelForm {
    /// A DNS label, as object names have to be.
    private static final int LABEL_MAX = 63;
    private static final Pattern PROPERTY = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,62}");
    /// As many as a DeviceModel may have.
    private static final int PROPERTIES_MAX = 128;

    private ModelForm() { }

    public static JsonObject of(String title, String manufacturer, String category, List<JsonObject> properties) {
        return JsonObject.of("title", cut(title), "manufacturer", cut(manufacturer), "category", category,
                "properties", new JsonArray(properties.stream().<Json>map(each -> each).limit(PROPERTIES_MAX).toList()));
    }

    private static String cut(String text) {
        return text.length() <= 128 ? text : text.substring(0, 128);
    }

    public static boolean isPropertyName(String name) {
        return PROPERTY.matcher(name).matches() && !name.equals("desired");
    }

    /// A property name made of any words; empty when nothing is left of them.
    public static String propertyName(String words) {
        var name = words.replaceAll("[^a-zA-Z0-9_]+", "_").replaceAll("^[^a-zA-Z]+|_+$", "");
        return name.length() <= LABEL_MAX ? name : name.substring(0, LABEL_MAX);
    }

    /// A name that an object can have, made of any words.
    public static String label(String words) {
        var label = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        if (label.length() > LABEL_MAX) label = label.substring(0, LABEL_MAX).replaceAll("-+$", "");
        return label.isEmpty() ? "device" : label;
    }

    public static JsonObject number(String unit, Json minimum, Json maximum) {
        var number = JsonObject.of("type", "Number", "unit", unit);
        if (minimum.isPresent()) number = number.with("minimum", quantity(minimum));
        return maximum.isPresent() ? number.with("maximum", quantity(maximum)) : number;
    }

    /// Kubernetes has no fractions in int-or-string fields: a fraction is written as text.
    private static Json quantity(Json number) {
        long whole = number.integer(Long.MIN_VALUE);
        return whole != Long.MIN_VALUE ? Json.of(whole) : Json.of(number.toString());
    }
}
