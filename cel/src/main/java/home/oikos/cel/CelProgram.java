package home.oikos.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import home.oikos.api.Json;
import home.oikos.api.JsonBoolean;
import java.util.HashMap;
import java.util.Map;

/// A compiled expression. Immutable; evaluated by any number of threads at once.
public final class CelProgram {
    private final String expression;
    private final CelRuntime.Program program;
    private final References references;
    private final ValueForm form;
    private final String type;

    CelProgram(String expression, CelRuntime.Program program, References references, ValueForm form, String type) {
        this.expression = expression;
        this.program = program;
        this.references = references;
        this.form = form;
        this.type = type;
    }

    public String expression() {
        return expression;
    }

    /// What it reads, found without evaluating it.
    public References references() {
        return references;
    }

    /// The value now.
    /// @throws CelException when something it needs is missing, stale or of the wrong type, or it costs too much
    public Json evaluate(CelContext context) {
        try {
            return ValueForm.json(program.eval(variables(context), ContextFunctions.of(context, form)));
        } catch (CelEvaluationException | RuntimeException failed) {
            throw inWords(failed);
        }
    }

    /// The value with variables that are made by [TypedValues], or an `Optional` of one.
    /// @throws CelException when it has none
    public Json evaluate(Map<String, Object> values) {
        try {
            return ValueForm.json(program.eval(values));
        } catch (CelEvaluationException | RuntimeException failed) {
            throw inWords(failed);
        }
    }

    /// The value as another expression may be given it, such as one that reads `variables.x`: instants and durations stay what they are.
    /// @throws CelException when it has none
    public Object value(Map<String, Object> values) {
        try {
            return program.eval(values);
        } catch (CelEvaluationException | RuntimeException failed) {
            throw inWords(failed);
        }
    }

    /// What kind of value it has, in the words of CEL: `bool`, `int`; `dyn` when that is known only when it runs.
    public String type() {
        return type;
    }

    /// The value now, which must be true or false.
    public boolean test(CelContext context) {
        if (evaluate(context) instanceof JsonBoolean(var value)) return value;
        throw new CelException("expected true or false from: " + expression);
    }

    private Map<String, Object> variables(CelContext context) {
        var variables = HashMap.<String, Object>newHashMap(context.variables().size());
        context.variables().forEach((name, value) -> variables.put(name, form.cel(value)));
        context.about().ifPresent(self -> variables.put(CelEnvironment.SELF, new DeviceView(self, form)));
        return variables;
    }

    private CelException inWords(Throwable failed) {
        for (var cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof CelException ours) return ours;
        }
        var message = String.valueOf(failed.getMessage());
        int at = message.indexOf(": ");
        return new CelException(message.startsWith("evaluation error") && at > 0 ? message.substring(at + 2) : message, failed);
    }
}
