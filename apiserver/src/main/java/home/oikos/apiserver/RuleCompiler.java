package home.oikos.apiserver;

import home.oikos.cel.CelEnvironment;
import home.oikos.cel.CelException;
import home.oikos.cel.CelProgram;
import home.oikos.cel.ValueType;

/// Compiles the rules of custom kinds. The CEL library is loaded with the first of them. Free for any thread.
final class RuleCompiler {
    private volatile CelEnvironment environment;

    /// @throws CelException when the text is no expression
    CelProgram compile(String text) {
        return environment().compile(text);
    }

    private CelEnvironment environment() {
        var known = environment;
        if (known == null) environment = known = CelEnvironment.validation();
        return known;
    }

    /// The name of the type that a rule has where it stands.
    /// @param self the schema there
    /// @throws CelException when the text does not fit the schema
    String typeOf(String text, ValueType self, boolean optionalOldSelf) {
        return environment().check(self, optionalOldSelf).typeOf(text);
    }
}
