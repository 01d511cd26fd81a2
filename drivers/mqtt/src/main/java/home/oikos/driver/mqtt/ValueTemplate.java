package home.oikos.driver.mqtt;

import java.util.Optional;
import java.util.regex.Pattern;

/// The value templates that devices really send: a path into the payload, whose filters only say how to show it. Home Assistant runs whole
/// programs here (Jinja2); a device that needs one is told of, not guessed at.
final class ValueTemplate {
    private static final Pattern PATH = Pattern.compile("\\{\\{-?\\s*value_json((?:\\.\\w+|\\[['\"][^'\"\\]]+['\"]\\])+)\\s*(?:\\|[^}]*)?-?\\}\\}");
    private static final Pattern WHOLE = Pattern.compile("\\{\\{-?\\s*value\\s*(?:\\|[^}]*)?-?\\}\\}");
    private static final Pattern STEP = Pattern.compile("\\.(\\w+)|\\[['\"]([^'\"\\]]+)['\"]\\]");

    private ValueTemplate() { }

    /// The path as a binding writes it, empty for the whole payload.
    /// @return nothing when the template is more than a path
    static Optional<String> path(String template) {
        if (template.isBlank() || WHOLE.matcher(template.strip()).matches()) return Optional.of("");
        var matched = PATH.matcher(template.strip());
        if (!matched.matches()) return Optional.empty();
        var path = new StringBuilder();
        var step = STEP.matcher(matched.group(1));
        while (step.find()) {
            if (!path.isEmpty()) path.append('.');
            path.append(step.group(1) != null ? step.group(1) : step.group(2));
        }
        return Optional.of(path.toString());
    }
}
