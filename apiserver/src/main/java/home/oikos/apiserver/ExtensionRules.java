package home.oikos.apiserver;

/// What CustomResourceDefinitions and the objects of their kinds have in common: upstream serves both by the same code, which is younger
/// and stricter than that of the built-in kinds.
interface ExtensionRules extends KindRules {
    @Override
    default boolean hasGeneration() {
        return true;
    }

    @Override
    default boolean updatesUnconditionally() {
        return false;
    }

    /// They are warned of, not refused.
    @Override
    default boolean qualifiesFinalizers() {
        return false;
    }
}
