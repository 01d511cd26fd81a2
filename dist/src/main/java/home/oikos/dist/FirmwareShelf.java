package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.cli.Rows;
import home.oikos.controller.Condition;
import home.oikos.firmware.Firmware;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The images of a home as people read them.
final class FirmwareShelf {
    private FirmwareShelf() { }

    static void list(List<Json> all, PrintStream out) {
        var rows = new Rows("NAME", "MODEL", "VERSION", "SIZE", "BYTES", "SIGNED", "EXPIRES");
        for (var object : all) {
            var conditions = object.at("status", "conditions");
            var signed = Condition.find(conditions, "Verified").map(found -> found.at("status").text("").equals("True") ? "yes" : found.at("reason").text(""));
            rows.add(ObjectKey.of(object).name(), object.at("spec", "modelName").text(""), object.at("spec", "version").text(""),
                    size(object.at("spec", "sizeBytes").integer(0L)), Condition.isTrue(conditions, "Stored") ? "here" : "missing", signed.orElse("-"),
                    object.at("spec", "expirationTime").text("never"));
        }
        if (rows.isEmpty()) out.println("No firmware yet: ./oikos firmware push FILE --model MODEL --version VERSION");
        else rows.print(out);
    }

    static void show(Json object, PrintStream out) {
        var firmware = Firmware.read(object);
        out.println("%s: version %s for %s%s, %s".formatted(firmware.key().name(), firmware.version(), firmware.modelName(),
                firmware.hardwareIds().isEmpty() ? "" : " " + String.join(", ", firmware.hardwareIds()), size(firmware.sizeBytes())));
        out.println("  sha256     " + firmware.sha256());
        out.println("  expires    " + firmware.expires().map(Instant::toString).orElse("never"));
        for (var condition : object.at("status", "conditions").array()) {
            out.println("  %-10s %s".formatted(condition.at("type").text("").toLowerCase(Locale.ROOT), condition.at("message").text("")));
        }
        object.at("spec", "notes").text().ifPresent(text -> out.println("  notes      " + text));
    }

    /// `64 bytes`, `41 kB`, `64 MB`.
    static String size(long bytes) {
        if (bytes < 10_000) return bytes + " bytes";
        return bytes < 10_000_000 ? bytes / 1_000 + " kB" : bytes / 1_000_000 + " MB";
    }
}
