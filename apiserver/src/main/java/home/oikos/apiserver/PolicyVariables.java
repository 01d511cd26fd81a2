package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.cel.CelException;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The variables of a policy, each worked out when an expression first reads it: one that fails spoils only those that need it. Used by
/// one thread.
final class PolicyVariables extends AbstractMap<String, Object> {
    private final Map<String, String> expressions = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Function<String, Object> evaluate;

    /// @param evaluate an expression's value
    PolicyVariables(Json variables, Function<String, Object> evaluate) {
        for (var variable : variables.array()) expressions.put(variable.at("name").text(""), variable.at("expression").text(""));
        this.evaluate = evaluate;
    }

    @Override
    public boolean containsKey(Object name) {
        return expressions.containsKey(name);
    }

    @Override
    public Object get(Object name) {
        var known = values.get(name);
        if (known != null || !(name instanceof String text) || !expressions.containsKey(text)) return known;
        // Taken out while it is worked out, so that one that reads itself finds nothing instead of going round for ever.
        var expression = expressions.remove(text);
        try {
            var value = evaluate.apply(expression);
            values.put(text, value);
            return value;
        } catch (CelException failed) {
            throw new CelException("composited variable \"" + text + "\" fails to evaluate: " + failed.getMessage());
        } finally {
            expressions.put(text, expression);
        }
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        for (var name : Set.copyOf(expressions.keySet())) get(name);
        return values.entrySet();
    }
}
