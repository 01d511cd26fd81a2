package home.oikos.cli;

import java.util.regex.Pattern;

/// What the API says when an interlock refuses, without the envelope a program needs and a person does not.
final class InterlockWords {
    /// The gateway names what stands in the way: `(fermenter-heater is wanted on=true)`.
    private static final Pattern IN_THE_WAY = Pattern.compile("\\((\\S+) is wanted (\\w+)=true\\)");

    private InterlockWords() { }

    /// The same with the command that clears the way, where there is an obvious one.
    static String withHint(String message) {
        var words = of(message);
        var blocker = IN_THE_WAY.matcher(words);
        return blocker.find() ? words + "\n  first   ./oikos set %s %s=false".formatted(blocker.group(1), blocker.group(2)) : words;
    }

    static String of(String message) {
        int denied = message.indexOf("refused by interlock");
        return denied >= 0 ? message.substring(denied) : message;
    }
}
