package home.oikos.dice;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// One key of a Secret that is to be made: `password`, `pin=digits:8`, `key=hex:32`, `token=base64:32`.
/// @param length characters of letters and digits, bytes of hex and base64
record Recipe(String key, Shape shape, int length) {
    private static final int LENGTH_MAX = 1_024;
    /// Nobody mistakes one for another, on paper or aloud: no i, l, o, 0, 1.
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    /// How what is made is written.
    enum Shape { LETTERS, DIGITS, HEX, BASE64 }

    /// Reads the annotation `oikos.home/generate`: recipes with commas between them.
    /// @throws IllegalArgumentException when it is none, in words
    static List<Recipe> read(String annotation) {
        var recipes = new ArrayList<Recipe>();
        for (var part : annotation.split(",")) recipes.add(one(part.strip()));
        return recipes;
    }

    private static Recipe one(String text) {
        var named = text.split("=", 2);
        if (!named[0].matches("[-._a-zA-Z0-9]{1,253}")) throw new IllegalArgumentException("expected KEY or KEY=SHAPE:LENGTH, found \"" + text + "\"");
        var shaped = named.length == 2 ? named[1].split(":", 2) : new String[] {"letters"};
        var shape = shape(shaped[0]);
        return new Recipe(named[0], shape, shaped.length == 2 ? length(shaped[1]) : usual(shape));
    }

    private static Shape shape(String word) {
        for (var shape : Shape.values()) if (shape.name().toLowerCase(java.util.Locale.ROOT).equals(word)) return shape;
        throw new IllegalArgumentException("a shape is letters, digits, hex or base64; found \"" + word + "\"");
    }

    private static int length(String text) {
        int length = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (length < 4 || length > LENGTH_MAX) throw new IllegalArgumentException("a length is 4 to %d, found \"%s\"".formatted(LENGTH_MAX, text));
        return length;
    }

    /// 99 bits of letters, 128 of what machines read.
    private static int usual(Shape shape) {
        return switch (shape) {
            case LETTERS -> 20;
            case DIGITS -> 8;
            case HEX, BASE64 -> 16;
        };
    }

    String make(SecureRandom random) {
        return switch (shape) {
            case LETTERS -> characters(LETTERS, random);
            case DIGITS -> characters("0123456789", random);
            case HEX -> HexFormat.of().formatHex(bytes(random));
            case BASE64 -> Base64.getEncoder().encodeToString(bytes(random));
        };
    }

    private String characters(String from, SecureRandom random) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) text.append(from.charAt(random.nextInt(from.length())));
        return text.toString();
    }

    private byte[] bytes(SecureRandom random) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
