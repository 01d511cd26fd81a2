package home.oikos.apiserver;

import home.oikos.cel.CelEnvironment;
import home.oikos.cel.CelException;
import home.oikos.cel.CelProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Compiles what admission policies and webhooks say in CEL. The CEL library is loaded with the first of them. Free for any thread.
final class PolicyCompiler {
    /// A program is about 20 KB, so this is 10 MB at most; a home with policies has dozens of expressions.
    private static final int PROGRAMS_MAX = 512;
    private static final List<String> ALWAYS = List.of("object", "oldObject", "request", "namespaceObject");

    /// Which names an expression may use beside those that all may.
    enum Names { PARAMS, VARIABLES }

    private record Key(List<Names> names, String text) { }

    private final Map<List<Names>, CelEnvironment> environments = new ConcurrentHashMap<>();
    private final Map<Key, CelProgram> programs = new ConcurrentHashMap<>();

    /// @throws CelException when the text is no expression
    CelProgram compile(String text, Names... more) {
        var names = List.of(more);
        if (programs.size() >= PROGRAMS_MAX) programs.clear();
        return programs.computeIfAbsent(new Key(names, text), key -> environment(names).compile(key.text));
    }

    private CelEnvironment environment(List<Names> names) {
        return environments.computeIfAbsent(names, asked -> {
            var all = new ArrayList<>(ALWAYS);
            for (var name : asked) all.add(name.name().toLowerCase(java.util.Locale.ROOT));
            return CelEnvironment.validation(all);
        });
    }
}
