package home.oikos.driver.onewire;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.Announcement;
import home.oikos.driver.ModelForm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The thermometers that a directory of owserver shows, as announcements. Other chips need somebody who says what their values mean.
final class Thermometers {
    /// Chips by their family code: Maxim's data sheets.
    private static final Map<String, String> BY_FAMILY = Map.of("10", "DS18S20", "22", "DS1822", "28", "DS18B20", "3B", "DS1825", "42", "DS28EA00");
    /// What the data sheets promise; a model that a person writes says what their vessel can have.
    private static final int COLDEST = -55;
    private static final int HOTTEST = 125;
    private static final int PERIOD_SECONDS = 30;

    private Thermometers() { }

    /// @param directory names with commas between, as owserver lists them
    static List<Announcement> in(String directory, String server) {
        return Arrays.stream(directory.split(",")).flatMap(name -> announcement(name.replace("/", ""), server).stream()).toList();
    }

    private static Optional<Announcement> announcement(String id, String server) {
        var chip = id.matches("[0-9A-F]{2}\\.[0-9A-F]{12}") ? BY_FAMILY.get(id.substring(0, 2)) : null;
        if (chip == null) return Optional.empty();
        var temperature = ModelForm.number("°C", Json.of(COLDEST), Json.of(HOTTEST))
                .withAll(JsonObject.of("name", "temperature", "title", "Temperature", "deadband", "0.1", "expectedPeriodSeconds", PERIOD_SECONDS));
        return Optional.of(new Announcement(id, ModelForm.label("thermometer-" + id.substring(3)), chip.toLowerCase(Locale.ROOT),
                ModelForm.of(chip, "Maxim", "Sensor", List.of(temperature)), JsonObject.of("address", server, "id", id), ""));
    }
}
