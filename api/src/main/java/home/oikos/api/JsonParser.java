package home.oikos.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Reads one JSON document (RFC 8259) of UTF-8 bytes. A member that stands twice keeps its last value and its path is told to `duplicates`.
/// One parser reads one document; not for use by several threads.
public final class JsonParser {
    /// A document nested deeper than any API object is refused before it can exhaust the stack. Kubernetes allows 10,000;
    /// the deepest real schema (a CRD's) stays below 100.
    static final int DEPTH_MAX = 1_000;

    private final byte[] in;
    private final Consumer<String> duplicates;
    /// Member names repeat within and across objects of a list; one string each.
    private final Map<String, String> names = new HashMap<>();
    /// Where the parser stands: a name in each object, an index in each array. Only a repeated name needs it, so it is kept in raw form.
    private String[] stepNames = new String[16];
    private int[] stepIndexes = new int[16];
    private int depth;
    private int at;

    /// @param duplicates hears the dotted path of each member name that stands twice in one object
    public JsonParser(byte[] utf8, Consumer<String> duplicates) {
        this.in = utf8;
        this.duplicates = duplicates;
    }

    /// @throws JsonException when the bytes are not one whole document
    public Json document() {
        var value = value();
        skipSpace();
        if (at < in.length) throw unexpected("after top-level value");
        return value;
    }

    private Json value() {
        skipSpace();
        if (at >= in.length) throw new JsonException("unexpected end of JSON input");
        return switch (in[at]) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new JsonString(string());
            case 't' -> word("true", JsonBoolean.TRUE);
            case 'f' -> word("false", JsonBoolean.FALSE);
            case 'n' -> word("null", Json.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw unexpected("looking for beginning of value");
        };
    }

    private Json object() {
        at++;
        enter();
        var members = new LinkedHashMap<String, Json>();
        if (!closes('}')) {
            do {
                skipSpace();
                if (at >= in.length) throw new JsonException("unexpected end of JSON input");
                if (in[at] != '"') throw unexpected("looking for beginning of object key string");
                var name = names.computeIfAbsent(string(), same -> same);
                stepNames[depth - 1] = name;
                expect(':', "after object key");
                var value = value();
                if (members.put(name, value) != null) duplicates.accept(dotted());
            } while (continues('}', "after object key:value pair"));
        }
        depth--;
        return JsonObject.owning(members);
    }

    private Json array() {
        at++;
        enter();
        var elements = new ArrayList<Json>();
        if (!closes(']')) {
            do {
                stepIndexes[depth - 1] = elements.size();
                elements.add(value());
            } while (continues(']', "after array element"));
        }
        depth--;
        return new JsonArray(elements);
    }

    private void enter() {
        if (depth >= DEPTH_MAX) throw new JsonException("exceeded max depth of " + DEPTH_MAX);
        if (depth == stepNames.length) {
            stepNames = Arrays.copyOf(stepNames, depth * 2);
            stepIndexes = Arrays.copyOf(stepIndexes, depth * 2);
        }
        stepNames[depth++] = null;
    }

    private String dotted() {
        var dotted = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (stepNames[i] == null) dotted.append('[').append(stepIndexes[i]).append(']');
            else dotted.append(dotted.isEmpty() ? "" : ".").append(stepNames[i]);
        }
        return dotted.toString();
    }

    private boolean closes(char end) {
        skipSpace();
        if (at >= in.length || in[at] != end) return false;
        at++;
        return true;
    }

    private boolean continues(char end, String where) {
        skipSpace();
        if (at >= in.length) throw new JsonException("unexpected end of JSON input");
        if (in[at] == ',') {
            at++;
            return true;
        }
        expect(end, where);
        return false;
    }

    private void expect(char wanted, String where) {
        skipSpace();
        if (at >= in.length) throw new JsonException("unexpected end of JSON input");
        if (in[at] != wanted) throw unexpected(where);
        at++;
    }

    private Json word(String word, Json value) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= in.length) throw new JsonException("unexpected end of JSON input");
            if (in[at] != word.charAt(i)) throw unexpected("in literal " + word + " (expecting '" + word.charAt(i) + "')");
        }
        return value;
    }

    private Json number() {
        int start = at;
        if (in[at] == '-') at++;
        int whole = digits();
        if (whole > 1 && in[at - whole] == '0') {
            at = at - whole + 1;
            throw unexpected("after top-level value");
        }
        boolean integral = true;
        if (at < in.length && in[at] == '.') {
            at++;
            integral = false;
            digits();
        }
        if (at < in.length && (in[at] == 'e' || in[at] == 'E')) {
            at++;
            integral = false;
            if (at < in.length && (in[at] == '+' || in[at] == '-')) at++;
            digits();
        }
        var text = new String(in, start, at - start, StandardCharsets.ISO_8859_1);
        return integral && text.length() <= 20 ? integer(text) : decimal(text);
    }

    private Json integer(String text) {
        try {
            return new JsonInteger(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return decimal(text);
        }
    }

    private Json decimal(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) throw new JsonException("number " + text + " is out of range");
        return new JsonDecimal(value);
    }

    private int digits() {
        int start = at;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') at++;
        if (at == start) {
            if (at >= in.length) throw new JsonException("unexpected end of JSON input");
            throw unexpected("in numeric literal");
        }
        return at - start;
    }

    private String string() {
        int start = ++at;
        while (at < in.length && in[at] != '"' && in[at] != '\\' && (in[at] & 0xff) >= 0x20) at++;
        if (at < in.length && in[at] == '"') return new String(in, start, at++ - start, StandardCharsets.UTF_8);
        return escaped(start);
    }

    private String escaped(int start) {
        var text = new StringBuilder(new String(in, start, at - start, StandardCharsets.UTF_8));
        while (at < in.length) {
            int from = at;
            while (at < in.length && in[at] != '"' && in[at] != '\\' && (in[at] & 0xff) >= 0x20) at++;
            text.append(new String(in, from, at - from, StandardCharsets.UTF_8));
            if (at >= in.length) break;
            if (in[at] == '"') {
                at++;
                return text.toString();
            }
            if (in[at] != '\\') throw unexpected("in string literal");
            at++;
            text.append(escape());
        }
        throw new JsonException("unexpected end of JSON input");
    }

    private char escape() {
        if (at >= in.length) throw new JsonException("unexpected end of JSON input");
        return switch (in[at++]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw unexpected("in string escape code");
            }
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++, at++) {
            if (at >= in.length) throw new JsonException("unexpected end of JSON input");
            int digit = Character.digit(in[at], 16);
            if (digit < 0) throw unexpected("in \\u hexadecimal character escape");
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private void skipSpace() {
        while (at < in.length && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) at++;
    }

    private JsonException unexpected(String where) {
        return new JsonException("invalid character '" + (char) (in[at] & 0xff) + "' " + where);
    }
}
