package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import home.oikos.store.Entry;
import java.util.List;

/// Part of a list, or all of it.
/// @param continueToken empty for the last page
/// @param remaining how many follow; -1 when that is not told
record Page(long revision, List<Entry> entries, String continueToken, long remaining) {
    /// @param custom lists of custom resources show that there is no next page
    JsonObject metadata(boolean custom) {
        return JsonObject.of("resourceVersion", Long.toString(revision), "continue", continueToken.isEmpty() && !custom
                ? null : continueToken,
                "remainingItemCount", remaining < 0 ? null : remaining);
    }
}
