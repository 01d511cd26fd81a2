package home.oikos.api;

import java.util.ArrayList;
import java.util.List;

/// The words of one line of a schema file. A word ends at a space outside parentheses and quotes: `name`, `name(arguments)`.
final class Notation {
    /// A word and what stands in its parentheses; null arguments when it has none.
    record Word(String name, String arguments) {
        List<String> list() {
            return arguments == null ? List.of() : List.of(arguments.split(",", -1));
        }
    }

    private Notation() { }

    static List<Word> words(String line) {
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < line.length()) {
            if (line.charAt(at) == ' ') {
                at++;
                continue;
            }
            int end = end(line, at);
            words.add(word(line.substring(at, end)));
            at = end;
        }
        return words;
    }

    private static int end(String line, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int at = from; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"') quoted = !quoted;
            else if (!quoted && c == '(') depth++;
            else if (!quoted && c == ')') depth--;
            else if (c == ' ' && depth == 0 && !quoted) return at;
        }
        return line.length();
    }

    private static Word word(String text) {
        int open = text.indexOf('(');
        if (open <= 0 || !text.endsWith(")")) return new Word(text, null);
        return new Word(text.substring(0, open), text.substring(open + 1, text.length() - 1));
    }

    /// The text after ` -- `, or empty.
    static String description(String line) {
        int at = line.indexOf(" -- ");
        return at < 0 ? "" : line.substring(at + 4).strip();
    }

    static String withoutDescription(String line) {
        int at = line.indexOf(" -- ");
        return at < 0 ? line : line.substring(0, at);
    }
}
