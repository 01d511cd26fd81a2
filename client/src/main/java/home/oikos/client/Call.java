package home.oikos.client;

import java.util.LinkedHashMap;
import java.util.Map;

/// One request as a transport carries it.
/// @param target path and query, percent-encoded
/// @param body empty when there is none; not copied
public record Call(String method, String target, Map<String, String> headers, byte[] body) {
    /// Stands between the values of a header that is to be sent several times; no header may contain it.
    public static final String SEVERAL = "\n";

    private static final byte[] NONE = {};

    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call of(String method, String target) {
        return new Call(method, target, Map.of(), NONE);
    }

    public Call header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, target, more, body);
    }

    public Call body(String contentType, byte[] bytes) {
        return new Call(method, target, headers, bytes).header("Content-Type", contentType);
    }

    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    /// The query without its question mark; empty when there is none.
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
