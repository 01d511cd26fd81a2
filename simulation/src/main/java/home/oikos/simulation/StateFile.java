package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Where the physical state of a house outlives its process. Not for several threads.
final class StateFile {
    private final Optional<Path> file;
    private JsonObject saved = JsonObject.EMPTY;

    StateFile(Optional<Path> file) {
        this.file = file;
    }

    void restore(House house) throws IOException {
        if (file.isEmpty() || !Files.exists(file.get())) return;
        try {
            saved = Json.parse(Files.readAllBytes(file.get())).object();
            for (var thing : house.things()) thing.recall(saved.at(thing.name()).object());
        } catch (JsonException | IllegalArgumentException broken) {
            // A toy house may begin anew; it says so by being as it was at first.
            saved = JsonObject.EMPTY;
        }
    }

    void save(House house) {
        if (file.isEmpty()) return;
        var now = new LinkedHashMap<String, Json>();
        for (var thing : house.things()) now.put(thing.name(), thing.remembered());
        var memory = JsonObject.copyOf(now);
        if (memory.equals(saved)) return;
        try {
            var next = file.get().resolveSibling(file.get().getFileName() + ".new");
            Files.write(next, memory.bytes());
            Files.move(next, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            saved = memory;
        } catch (IOException full) {
            // Losing the memory of a toy house is no reason to stop it.
            saved = JsonObject.EMPTY;
        }
    }
}
