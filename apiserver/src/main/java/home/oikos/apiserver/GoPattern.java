package home.oikos.apiserver;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions as Go writes them (RE2), of which Java knows all but a few spellings.
final class GoPattern {
    private GoPattern() { }

    /// @throws PatternSyntaxException when it is none
    static Pattern compile(String text) {
        return Pattern.compile(text.replace("(?P<", "(?<").replace("[:alnum:]", "\\p{Alnum}")
                .replace("[:alpha:]", "\\p{Alpha}").replace("[:digit:]", "\\p{Digit}").replace("[:lower:]", "\\p{Lower}").replace("[:upper:]", "\\p{Upper}")
                .replace("[:space:]", "\\p{Space}").replace("[:xdigit:]", "\\p{XDigit}").replace("[:word:]", "\\w").replace("[:punct:]", "\\p{Punct}"));
    }
}
