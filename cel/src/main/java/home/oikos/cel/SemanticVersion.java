package home.oikos.cel;

import java.util.regex.Pattern;

/// A version as semver.org has it.
/// @param before the identifiers of a pre-release, empty for a release
record SemanticVersion(long major, long minor, long patch, String before) implements Comparable<SemanticVersion> {
    private static final String NUMBER = "(0|[1-9]\\d*)";
    private static final Pattern FORM = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
    private static final Pattern LOOSE = Pattern.compile("v?(\\d+)(\\.\\d+)?(\\.\\d+)?(.*)");

    static boolean isOne(String text, boolean normalize) {
        return FORM.matcher(normalize ? normalized(text) : text).matches();
    }

    static SemanticVersion parse(String text, boolean normalize) {
        var form = FORM.matcher(normalize ? normalized(text) : text);
        if (!form.matches()) throw new CelException("expected a semver, found " + text);
        return new SemanticVersion(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), Long.parseLong(form.group(3)),
                form.group(4) == null ? "" : form.group(4));
    }

    /// `v1.02` becomes `1.2.0`.
    private static String normalized(String text) {
        var loose = LOOSE.matcher(text);
        if (!loose.matches()) return text;
        return number(loose.group(1)) + "." + part(loose.group(2)) + "." + part(loose.group(3)) + loose.group(4);
    }

    private static String part(String withDot) {
        return withDot == null ? "0" : number(withDot.substring(1));
    }

    private static String number(String digits) {
        return digits.replaceFirst("^0+(?=\\d)", "");
    }

    @Override
    public int compareTo(SemanticVersion other) {
        if (major != other.major) return Long.compare(major, other.major);
        if (minor != other.minor) return Long.compare(minor, other.minor);
        if (patch != other.patch) return Long.compare(patch, other.patch);
        if (before.isEmpty() || other.before.isEmpty()) return Boolean.compare(before.isEmpty(), other.before.isEmpty());
        return identifiers(before.split("\\."), other.before.split("\\."));
    }

    private static int identifiers(String[] left, String[] right) {
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = identifier(left[i], right[i]);
            if (order != 0) return order;
        }
        return Integer.compare(left.length, right.length);
    }

    /// Numbers come before words.
    private static int identifier(String left, String right) {
        boolean numbers = left.matches("\\d+");
        if (numbers != right.matches("\\d+")) return numbers ? -1 : 1;
        return Integer.signum(numbers ? new java.math.BigInteger(left).compareTo(new java.math.BigInteger(right)) : left.compareTo(right));
    }
}
