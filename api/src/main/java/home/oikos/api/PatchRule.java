package home.oikos.api;

/// How a strategic merge patch treats a member.
/// @param mergeKey   tells items of a merged list of objects apart; empty for none
/// @param merge      a list is merged instead of replaced
/// @param retainKeys members the patch does not name in `$retainKeys` go
/// @param replace    an object is replaced instead of merged
public record PatchRule(String mergeKey, boolean merge, boolean retainKeys, boolean replace) {
    public static final PatchRule NONE = new PatchRule("", false, false, false);

    /// @param strategies the words of the notation: `merge`, `retainKeys`, `replace`
    static PatchRule of(String mergeKey, java.util.List<String> strategies) {
        return new PatchRule(mergeKey, !mergeKey.isEmpty() || strategies.contains("merge"),
                strategies.contains("retainKeys"), strategies.contains("replace"));
    }
}
