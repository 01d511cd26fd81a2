package home.oikos.node;

import java.util.Map;

/// `$(NAME)` in commands, arguments and values: replaced when the name is known, left as it is when not; `$$` is one `$`.
final class VariableExpansion {
    private VariableExpansion() { }

    static String expand(String text, Map<String, String> known) {
        if (text.indexOf('$') < 0) return text;
        var out = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            char next = c == '$' && at + 1 < text.length() ? text.charAt(at + 1) : 0;
            int close = next == '(' ? text.indexOf(')', at) : -1;
            if (next == '$') at++;
            if (close < 0) out.append(c);
            else {
                var name = text.substring(at + 2, close);
                out.append(known.containsKey(name) ? known.get(name) : text.substring(at, close + 1));
                at = close;
            }
        }
        return out.toString();
    }
}
