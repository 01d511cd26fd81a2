package home.oikos.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One Java file as text.
record Source(Path path, List<String> lines) {
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?(home\\.oikos\\.[\\w.]+)");
    private static final Pattern PACKAGE = Pattern.compile("^package (home\\.oikos[\\w.]*);");
    /// The head of a method or constructor in our formatting: indented once or twice, ends with an opening brace.
    private static final Pattern METHOD = Pattern.compile("^( {4}| {8})(?! )(?!(?:if|for|while|switch|try|else|do|synchronized|return|case|default)\\b)"
            + "[\\w<>\\[\\],.?@ ]*\\b(\\w+)\\(([^;]*)\\)(?: throws [\\w, .]+)? \\{$");

    record Method(String name, int lines, int parameters) { }

    static Source read(Path path) {
        try {
            return new Source(path, Files.readAllLines(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path.toString(), unreadable);
        }
    }

    boolean isTest() {
        return path.toString().contains("/src/test/");
    }

    List<String> ownImports() {
        return lines.stream().map(IMPORT::matcher).filter(Matcher::find).map(found -> found.group(1)).toList();
    }

    String packageName() {
        return lines.stream().map(PACKAGE::matcher).filter(Matcher::find).map(found -> found.group(1)).findFirst().orElse("");
    }

    /// Its methods with the lines between their braces.
    List<Method> methods() {
        var methods = new ArrayList<Method>();
        for (int i = 0; i < lines.size(); i++) {
            var head = METHOD.matcher(lines.get(i));
            if (!head.find()) continue;
            int end = i + 1;
            while (end < lines.size() && !lines.get(end).equals(head.group(1) + "}")) end++;
            methods.add(new Method(head.group(2), end - i - 1, parameters(head.group(3))));
        }
        return methods;
    }

    private static int parameters(String list) {
        return list.isBlank() ? 0 : (int) list.replaceAll("<[^<>]*(<[^<>]*>)?[^<>]*>", "").chars().filter(c -> c == ',').count() + 1;
    }
}
