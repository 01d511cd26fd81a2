package home.oikos.apiserver;

import java.util.regex.Pattern;

/// What names may look like; the words of each refusal are upstream's.
final class NameSyntax {
    private static final int SUBDOMAIN_LENGTH_MAX = 253;
    private static final int LABEL_LENGTH_MAX = 63;
    private static final int PORT_NAME_LENGTH_MAX = 15;
    private static final Pattern PORT_NAME_LETTERS = Pattern.compile("[-a-z0-9]*");
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
    private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);

    private NameSyntax() { }

    /// What is wrong with an RFC 1123 subdomain, or null.
    static String subdomainError(String name) {
        if (name.length() > SUBDOMAIN_LENGTH_MAX) return tooLong(SUBDOMAIN_LENGTH_MAX);
        if (SUBDOMAIN_PATTERN.matcher(name).matches()) return null;
        return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end "
                + "with an"
                + " alphanumeric character (e.g. 'example.com', regex used for validation is '" + SUBDOMAIN + "')";
    }

    /// What is wrong with an RFC 1123 label, or null.
    static String labelError(String name) {
        if (name.length() > LABEL_LENGTH_MAX) return tooLong(LABEL_LENGTH_MAX);
        if (LABEL_PATTERN.matcher(name).matches()) return null;
        return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
                + "alphanumeric"
                + " character (e.g. 'my-name',  or '123-abc', regex used for validation is '" + LABEL + "')";
    }

    /// What is wrong with the name of a port, or null.
    static String portNameError(String name) {
        if (name.length() > PORT_NAME_LENGTH_MAX) return tooLong(PORT_NAME_LENGTH_MAX);
        if (!PORT_NAME_LETTERS.matcher(name).matches()) return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
        if (name.chars().noneMatch(c -> c >= 'a' && c <= 'z')) return "must contain at least one letter (a-z)";
        if (name.contains("--")) return "must not contain consecutive hyphens";
        return name.startsWith("-") || name.endsWith("-") ? "must not begin or end with a hyphen" : null;
    }

    /// What is wrong with a name that only has to fit into a path, or null.
    static String pathSegmentError(String name) {
        if (name.equals(".") || name.equals("..")) return "may not be '" + name + "'";
        if (name.indexOf('/') >= 0) return "may not contain '/'";
        return name.indexOf('%') >= 0 ? "may not contain '%'" : null;
    }

    static boolean isAddress(String text) {
        try {
            java.net.InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    static String tooLong(int most) {
        return "must be no more than " + most + " characters";
    }
}
