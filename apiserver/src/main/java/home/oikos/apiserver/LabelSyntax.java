package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import java.util.regex.Pattern;

/// What label keys and values, and other qualified names, may look like; the words of each refusal are upstream's.
final class LabelSyntax {
    private static final int NAME_LENGTH_MAX = 63;
    private static final int PREFIX_LENGTH_MAX = 253;
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");

    private LabelSyntax() { }

    /// What is wrong with a label's value, or null.
    static String valueError(String value) {
        if (value.length() > NAME_LENGTH_MAX) return "must be no more than " + NAME_LENGTH_MAX + " bytes";
        if (value.isEmpty() || NAME.matcher(value).matches()) return null;
        return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end "
                + "with an alphanumeric"
                + " character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
                + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    }

    /// What is wrong with a qualified name (`example.com/part` or `part`), or null.
    static String keyError(String key) {
        int slash = key.indexOf('/');
        var name = key.substring(slash + 1);
        if (slash >= 0) {
            if (name.indexOf('/') >= 0) return qualifiedName();
            var prefix = key.substring(0, slash);
            if (prefix.isEmpty()) return "prefix part must be non-empty";
            if (prefix.length() > PREFIX_LENGTH_MAX) return "prefix part must be no more than " + PREFIX_LENGTH_MAX + " bytes";
            var wrong = NameSyntax.subdomainError(prefix);
            if (wrong != null) return "prefix part " + wrong;
        }
        if (name.isEmpty()) return "name part must be non-empty";
        if (name.length() > NAME_LENGTH_MAX) return "name part must be no more than " + NAME_LENGTH_MAX + " bytes";
        return NAME.matcher(name).matches() ? null : "name part must consist of " + nameRule();
    }

    private static String qualifiedName() {
        return "a valid label key must consist of " + nameRule()
                + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
    }

    private static String nameRule() {
        return "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
                + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    }

    static void checkKey(String key) {
        var wrong = keyError(key);
        if (wrong != null) throw new ApiException(Reason.BAD_REQUEST, "unable to parse requirement: key: Invalid value: \"%s\": %s", key,
                wrong);
    }
}
