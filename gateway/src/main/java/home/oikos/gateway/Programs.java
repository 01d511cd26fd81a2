package home.oikos.gateway;

import home.oikos.cel.CelEnvironment;
import home.oikos.cel.CelProgram;
import java.util.LinkedHashMap;
import java.util.Map;

/// Expressions compiled once. The CEL library is loaded when the first is asked for. Any thread may ask.
final class Programs {
    /// A program is about 20 KB; a home has dozens of expressions, and those a person is just editing.
    static final int KEPT_MAX = 256;

    private final Map<String, CelProgram> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CelProgram> eldest) {
            return size() > KEPT_MAX;
        }
    };
    private CelEnvironment environment;

    /// @throws home.oikos.cel.CelException when it is no expression over devices
    synchronized CelProgram compile(String expression) {
        var known = kept.get(expression);
        if (known != null) return known;
        if (environment == null) environment = CelEnvironment.devices();
        var program = environment.compile(expression);
        kept.put(expression, program);
        return program;
    }
}
