package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Chooses objects by the values of a few fields that their kind lets one select by. Immutable.
record FieldSelector(List<Term> terms) {
    static final FieldSelector ALL = new FieldSelector(List.of());

    record Term(String field, boolean negated, String value) { }

    static FieldSelector ofName(String name) {
        return new FieldSelector(List.of(new Term("metadata.name", false, name)));
    }

    static FieldSelector parse(String text) {
        if (text.isEmpty()) return ALL;
        var terms = new ArrayList<Term>();
        for (var part : parts(text)) {
            if (!part.isEmpty()) terms.add(term(part, text));
        }
        return new FieldSelector(List.copyOf(terms));
    }

    private static Term term(String part, String whole) {
        int equals = part.indexOf('=');
        if (equals < 0) throw new ApiException(Reason.BAD_REQUEST, "invalid selector: '%s'; can't understand '%s'", whole, part);
        var negated = equals > 0 && part.charAt(equals - 1) == '!';
        var doubled = equals + 1 < part.length() && part.charAt(equals + 1) == '=';
        return new Term(part.substring(0, negated ? equals - 1 : equals), negated, unescaped(part.substring(equals + (doubled ? 2 : 1))));
    }

    /// Splits at commas that no backslash protects.
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') i++;
            else if (c == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescaped(String value) {
        return value.replace("\\,", ",").replace("\\=", "=").replace("\\\\", "\\");
    }

    boolean isAll() {
        return terms.isEmpty();
    }

    /// The one name that can match, when the selector says so: such a list or watch is authorised by that name.
    Optional<String> singleName() {
        return terms.stream().filter(t -> t.field.equals("metadata.name") && !t.negated && !t.value.isEmpty()).map(Term::value).findFirst();
    }

    boolean matches(UnaryOperator<String> valueOf) {
        for (var term : terms) {
            if (valueOf.apply(term.field).equals(term.value) == term.negated) return false;
        }
        return true;
    }
}
