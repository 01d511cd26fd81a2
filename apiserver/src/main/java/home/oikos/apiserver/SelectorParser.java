package home.oikos.apiserver;

import static home.oikos.apiserver.Requirement.Operator.*;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import java.util.ArrayList;
import java.util.List;

/// Reads the text form of a label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`. Words and errors are upstream's.
final class SelectorParser {
    private static final String SYMBOLS = "=!<>(),";

    private final String text;
    private int at;

    SelectorParser(String text) {
        this.text = text;
    }

    List<Requirement> requirements() {
        var all = new ArrayList<Requirement>();
        while (true) {
            all.add(requirement());
            var next = token();
            if (next.isEmpty()) return all;
            if (!next.equals(",")) throw failed("found '%s', expected: ',' or 'end of string'", next);
            if (peek().isEmpty()) throw failed("found '', expected: identifier after ','");
        }
    }

    private Requirement requirement() {
        var absent = peek().equals("!");
        if (absent) token();
        var key = token();
        if (key.isEmpty() || isSymbol(key)) throw failed("found '%s', expected: !, identifier, or 'end of string'", key);
        LabelSyntax.checkKey(key);
        if (absent) return new Requirement(key, DOES_NOT_EXIST, List.of());
        var next = peek();
        if (next.isEmpty() || next.equals(",")) return new Requirement(key, EXISTS, List.of());
        return withOperator(key, token());
    }

    private Requirement withOperator(String key, String operator) {
        return switch (operator) {
            case "in" -> checked(new Requirement(key, IN, set()));
            case "notin" -> checked(new Requirement(key, NOT_IN, set()));
            case "=", "==" -> checked(new Requirement(key, IN, List.of(exact())));
            case "!=" -> checked(new Requirement(key, NOT_IN, List.of(exact())));
            case ">", "gt" -> numeric(new Requirement(key, GREATER, List.of(exact())));
            case "<", "lt" -> numeric(new Requirement(key, LESS, List.of(exact())));
            default -> throw failed("found '%s', expected: in, notin, =, ==, !=, gt, lt", operator);
        };
    }

    /// The value after an operator; it may be empty: `a=`.
    private String exact() {
        var next = peek();
        return next.isEmpty() || next.equals(",") ? "" : token();
    }

    private List<String> set() {
        var open = token();
        if (!open.equals("(")) throw failed("found '%s' expected: '('", open);
        var values = new ArrayList<String>();
        while (true) {
            var next = token();
            if (next.equals(")") || next.equals(",")) values.add("");
            else if (next.isEmpty() || isSymbol(next)) throw failed("found '%s', expected: ',', ')' or identifier", next);
            else {
                values.add(next);
                next = token();
            }
            if (next.equals(")")) return values;
            if (!next.equals(",")) throw failed("found '%s', expected: ',' or ')'", next);
        }
    }

    private static Requirement checked(Requirement requirement) {
        for (int i = 0; i < requirement.values().size(); i++) {
            var value = requirement.values().get(i);
            var wrong = LabelSyntax.valueError(value);
            if (wrong != null) throw failed("values[%d][%s]: Invalid value: \"%s\": %s", i, requirement.key(), value, wrong);
        }
        return requirement;
    }

    private static Requirement numeric(Requirement requirement) {
        try {
            Long.parseLong(requirement.values().getFirst());
            return requirement;
        } catch (NumberFormatException _) {
            throw failed("values[0]: Invalid value: \"%s\": for 'Gt', 'Lt' operators, the value must be an integer",
                    requirement.values().getFirst());
        }
    }

    private String peek() {
        int start = at;
        var token = token();
        at = start;
        return token;
    }

    private String token() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
        if (at >= text.length()) return "";
        int start = at;
        char first = text.charAt(at++);
        if (SYMBOLS.indexOf(first) >= 0) {
            if ((first == '=' || first == '!') && at < text.length() && text.charAt(at) == '=') at++;
            return text.substring(start, at);
        }
        while (at < text.length() && SYMBOLS.indexOf(text.charAt(at)) < 0 && !Character.isWhitespace(text.charAt(at))) at++;
        return text.substring(start, at);
    }

    private static boolean isSymbol(String token) {
        return SYMBOLS.indexOf(token.charAt(0)) >= 0;
    }

    private static ApiException failed(String message, Object... arguments) {
        return new ApiException(Reason.BAD_REQUEST, "unable to parse requirement: " + message, arguments);
    }
}
