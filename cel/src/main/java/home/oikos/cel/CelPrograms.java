package home.oikos.cel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Expressions compiled once. The CEL library is loaded when the first is asked for. Any thread may ask.
public final class CelPrograms {
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

    private CelPrograms(Supplier<CelEnvironment> maker) {
        this.maker = maker;
    }

    /// For interlocks and control.
    public static CelPrograms devices() {
        return new CelPrograms(CelEnvironment::devices);
    }

    /// For reactions, whose expressions may also read objects of the API.
    public static CelPrograms workloads() {
        return new CelPrograms(CelEnvironment::workloads);
    }

    /// For gates and health of a rollout, which are about one device: `self`.
    public static CelPrograms aboutDevice() {
        return new CelPrograms(CelEnvironment::aboutDevice);
    }

    /// @throws CelException when it is no expression of this environment
    public synchronized CelProgram compile(String expression) {
        var known = kept.get(expression);
        if (known != null) return known;
        if (environment == null) environment = maker.get();
        var program = environment.compile(expression);
        kept.put(expression, program);
        return program;
    }

    /// Why it is no expression of this environment; empty when it is one.
    public Optional<String> error(String expression) {
        try {
            compile(expression);
            return Optional.empty();
        } catch (CelException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }
}
