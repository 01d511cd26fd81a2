package home.oikos.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Random trees that fit a schema, for tests under a seed.
final class RandomTrees {
    private static final String ALPHABET = "abcdefgh-ÄÖ☃\"\\0123456789";

    /// Types like a CRD's schema or a Pod's volumes branch so much that depth alone does not bound a tree.
    private static final int MEMBERS_MAX = 300;

    private final RandomGenerator random;
    private int membersLeft;

    RandomTrees(RandomGenerator random) {
        this.random = random;
    }

    JsonObject tree(ObjectSchema type) {
        membersLeft = MEMBERS_MAX;
        return object(type, 9);
    }

    private JsonObject object(ObjectSchema type, int depth) {
        var members = new LinkedHashMap<String, Json>();
        for (var field : type.fields().values()) {
            if (field.number().isEmpty() || depth == 0 || membersLeft <= 0 || random.nextInt(10) > 5) continue;
            membersLeft--;
            members.put(field.name(), value(field.type(), depth - 1));
        }
        return JsonObject.copyOf(members);
    }

    private Json value(Schema type, int depth) {
        return switch (type) {
            case ObjectSchema object -> object(object, depth);
            case MapSchema map -> map(map, depth);
            case ListSchema list -> list(list, depth);
            case Scalar scalar -> scalar(scalar);
        };
    }

    private JsonObject map(MapSchema map, int depth) {
        var members = new LinkedHashMap<String, Json>();
        for (int i = random.nextInt(1, 4); i > 0; i--) members.put(text() + i, value(map.values(), depth));
        return JsonObject.copyOf(members);
    }

    private JsonArray list(ListSchema list, int depth) {
        var elements = new ArrayList<Json>();
        for (int i = random.nextInt(1, 4); i > 0; i--) elements.add(item(list, depth, i));
        return new JsonArray(elements);
    }

    /// Keys and set members differ by their index, so that a list-map or set is a right one.
    private Json item(ListSchema list, int depth, int index) {
        var item = value(list.items(), depth);
        if (list.kind() == ListSchema.Kind.SET && item instanceof JsonString(var text)) return new JsonString(text + index);
        if (list.kind() != ListSchema.Kind.MAP) return item;
        var keyed = item.object();
        for (var key : list.keys()) keyed = keyed.with(key, key.endsWith("ort") ? Json.of(8000 + index) : Json.of("key" + index));
        return keyed;
    }

    private String text() {
        return IntStream.range(0, random.nextInt(1, 8)).mapToObj(_ -> ALPHABET.charAt(random.nextInt(ALPHABET.length())))
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append).toString();
    }

    private Json scalar(Scalar scalar) {
        var instant = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000) * 1_000L);
        return switch (scalar) {
            case BOOL -> JsonBoolean.TRUE;
            case INT32, SINT32, SFIXED32 -> new JsonInteger(random.nextInt() | 1);
            case INT64, SINT64, SFIXED64, FIXED64, UINT64 -> new JsonInteger(random.nextLong() | 1);
            case UINT32, FIXED32 -> new JsonInteger(random.nextInt(1, Integer.MAX_VALUE) * 2L);
            case FLOAT -> new JsonDecimal(random.nextInt(1, 999) + 0.5);
            case DOUBLE -> new JsonDecimal(random.nextInt(1, 99_999) / 7.0 + 0.01);
            case BYTES -> new JsonString(Base64.getEncoder().encodeToString(text().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            case TIME -> new JsonString(Timestamps.time(instant));
            case MICRO_TIME -> new JsonString(Timestamps.microTime(instant));
            case DURATION -> new JsonString(GoDuration.format(java.time.Duration.ofMillis(random.nextInt(1, 1_000_000))));
            case INT_OR_STRING -> random.nextBoolean() ? new JsonString("50%") : new JsonInteger(random.nextInt(1, 100));
            case QUANTITY -> new JsonString(random.nextInt(1, 900) + "Mi");
            case STRING -> new JsonString(text());
            case SCHEMA_OR_BOOL -> JsonBoolean.of(random.nextBoolean());
            case SCHEMA_OR_ARRAY, SCHEMA_OR_STRING_ARRAY -> JsonObject.of("type", text());
            default -> JsonObject.of(text(), text(), "n", random.nextInt(100));
        };
    }
}
