package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the runs of a pod were given after their start, in a file that is made at the first change. It is for our own next life only:
/// when the machine dies the runs die too, so that nothing is lost with a torn file. One worker's thread.
final class ResizeRecord {
    private final Path file;
    private JsonObject known;

    ResizeRecord(Path file) {
        this.file = file;
        this.known = read(file);
    }

    private static JsonObject read(Path file) {
        try {
            return Files.exists(file) ? Json.parse(Files.readString(file)).object() : JsonObject.EMPTY;
        } catch (IOException | IllegalArgumentException torn) {
            return JsonObject.EMPTY;
        }
    }

    Optional<Amounts> given(String containerId) {
        return Optional.of(known.at("given", containerId)).filter(Json::isPresent).map(Amounts::of);
    }

    /// The runs that were ended only to run again with other amounts.
    Set<String> restarting() {
        return known.at("restarting").array().stream().map(id -> id.text("")).collect(Collectors.toSet());
    }

    /// @param runs what the runtime still has; others are forgotten
    void give(String containerId, Amounts amounts, List<Container> runs) throws IOException {
        write(known.with("given", known.at("given").object().with(containerId, amounts.json())), runs);
    }

    void restart(String containerId, List<Container> runs) throws IOException {
        if (restarting().contains(containerId)) return;
        write(known.with("restarting", known.at("restarting").array().with(Json.of(containerId))), runs);
    }

    private void write(JsonObject next, List<Container> runs) throws IOException {
        var ids = runs.stream().map(Container::id).collect(Collectors.toSet());
        var given = next.at("given").object();
        for (var id : List.copyOf(given.names())) if (!ids.contains(id)) given = given.without(id);
        var restarting = new JsonArray(next.at("restarting").array().stream().filter(id -> ids.contains(id.text(""))).toList());
        known = JsonObject.of("given", given, "restarting", restarting);
        Files.createDirectories(file.getParent());
        var fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), known.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
