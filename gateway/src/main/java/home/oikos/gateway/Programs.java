package home.oikos.gateway;

import home.oikos.cel.CelEnvironment;
import home.oikos.cel.CelException;
import home.oikos.cel.CelProgram;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Expressions compiled once. The CEL library is loaded when the first is asked for. Any thread may ask.
final class Programs {
    /// A program is about 20 KB; a home has dozens of expressions, and those a person is just editing.
    static final int KEPT_MAX = 256;

    private final Supplier<CelEnvironment> maker;
    private final Map<String, CelProgram> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CelProgram> eldest) {
            return size() > KEPT_MAX;
        }
    };
    private CelEnvironment environment;

    private Programs(Supplier<CelEnvironment> maker) {
        this.maker = maker;
    }

    /// For interlocks and control.
    Programs() {
        this(CelEnvironment::devices);
    }

    /// For reactions, whose expressions may also read objects of the API.
    static Programs workloads() {
        return new Programs(CelEnvironment::workloads);
    }

    /// @throws CelException when it is no expression of this environment
    synchronized CelProgram compile(String expression) {
        var known = kept.get(expression);
        if (known != null) return known;
        if (environment == null) environment = maker.get();
        var program = environment.compile(expression);
        kept.put(expression, program);
        return program;
    }

    /// Why it is no expression of this environment; empty when it is one.
    Optional<String> error(String expression) {
        try {
            compile(expression);
            return Optional.empty();
        } catch (CelException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }
}
