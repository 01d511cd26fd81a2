package home.oikos.apiserver;

import home.oikos.cel.CelEnvironment;
import home.oikos.cel.CelException;
import home.oikos.cel.CelProgram;

/// Compiles the rules of custom kinds. The CEL library is loaded with the first of them. Free for any thread.
final class RuleCompiler {
    private volatile CelEnvironment environment;

    /// @throws CelException when the text is no expression
    CelProgram compile(String text) {
        var known = environment;
        if (known == null) environment = known = CelEnvironment.validation();
        return known.compile(text);
    }
}
