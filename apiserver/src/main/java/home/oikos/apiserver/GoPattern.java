package home.oikos.apiserver;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression as Go writes it (RE2), of which Java spells a few things differently. Equal when its text is.
record GoPattern(String written, Pattern pattern) {
    private static final String[] SPELLINGS = {"(?P<", "(?<", "[:alnum:]", "\\p{Alnum}", "[:alpha:]", "\\p{Alpha}", "[:digit:]",
            "\\p{Digit}",
        "[:lower:]", "\\p{Lower}", "[:upper:]", "\\p{Upper}", "[:space:]", "\\p{Space}", "[:xdigit:]", "\\p{XDigit}", "[:word:]", "\\w",
        "[:punct:]", "\\p{Punct}"};

    /// @throws PatternSyntaxException when it is none
    static GoPattern compile(String text) {
        var java = text;
        for (int i = 0; i < SPELLINGS.length; i += 2) java = java.replace(SPELLINGS[i], SPELLINGS[i + 1]);
        return new GoPattern(text, Pattern.compile(java));
    }

    Matcher matcher(String text) {
        return pattern.matcher(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GoPattern that && written.equals(that.written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }
}
