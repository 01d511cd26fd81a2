package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import home.oikos.store.Entry;
import java.util.List;

/// Part of a list, or all of it.
/// @param continueToken empty for the last page
/// @param remaining how many follow; -1 when that is not told
record Page(long revision, List<Entry> entries, String continueToken, long remaining) {
    JsonObject metadata() {
        return JsonObject.of("resourceVersion", Long.toString(revision), "continue", continueToken.isEmpty() ? null : continueToken,
                "remainingItemCount", remaining < 0 ? null : remaining);
    }
}
