package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// What the server alone decides of an object's metadata.
final class Metadata {
    /// In the order in which objects show them.
    private static final List<String> ORDER = List.of("name", "generateName", "namespace", "uid", "generation", "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "managedFields");
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    private static final int GENERATED_NAME_LENGTH_MAX = 63;

    private final Clock clock;
    private final RandomGenerator random;

    Metadata(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /// For a new object: its identity is ours, and so is whatever tells of its life.
    JsonObject begun(JsonObject object, WriteCall write) {
        var resource = write.resource();
        var given = object.at("metadata").object();
        var members = new LinkedHashMap<>(given.members());
        members.remove("selfLink");
        members.remove("deletionTimestamp");
        members.remove("deletionGracePeriodSeconds");
        if (given.at("name").text("").isEmpty() && !given.at("generateName").text("").isEmpty()) members.put("name",
                Json.of(generated(given.at("generateName").text(""))));
        if (resource.definition().namespaced()) members.put("namespace", Json.of(write.namespace()));
        else members.remove("namespace");
        members.put("uid", Json.of(uid()));
        members.put("creationTimestamp", Json.of(now().toString()));
        if (resource.rules().hasGeneration()) members.put("generation", Json.of(1));
        return object.with("metadata", ordered(members));
    }

    static JsonObject ordered(LinkedHashMap<String, Json> members) {
        var ordered = LinkedHashMap.<String, Json>newLinkedHashMap(members.size());
        for (var name : ORDER) {
            var value = members.remove(name);
            if (value != null && value.isPresent()) ordered.put(name, value);
        }
        ordered.putAll(members);
        return JsonObject.copyOf(ordered);
    }

    private String generated(String base) {
        var name = new StringBuilder(base.substring(0, Math.min(base.length(), GENERATED_NAME_LENGTH_MAX - SUFFIX_LENGTH)));
        for (int i = 0; i < SUFFIX_LENGTH; i++) name.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
        return name.toString();
    }

    /// A random UUID (version 4).
    String uid() {
        long high = random.nextLong() & ~0xf000L | 0x4000L;
        long low = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /// Objects tell time in whole seconds.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    static JsonObject of(JsonObject object) {
        return object.at("metadata").object();
    }

    static boolean isBeingDeleted(JsonObject object) {
        return object.at("metadata", "deletionTimestamp").isPresent();
    }

    static boolean hasFinalizers(JsonObject object) {
        return !object.at("metadata", "finalizers").array().isEmpty();
    }
}
