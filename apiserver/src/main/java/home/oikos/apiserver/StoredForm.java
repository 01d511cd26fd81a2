package home.oikos.apiserver;

import home.oikos.store.Store;
import java.util.function.UnaryOperator;
import home.oikos.api.JsonObject;

/// Finds out, when first asked, whether all stored objects of a custom kind lie there in the form in which its schema serves them. They do
/// unless the CRD has changed since they were written, for every write prunes and defaults; so reads can copy bytes and need not parse.
final class StoredForm {
    private final Store store;
    private final String prefix;
    private volatile Boolean asServed;

    StoredForm(Store store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    boolean isAsServed(UnaryOperator<JsonObject> served) {
        var known = asServed;
        if (known == null) asServed = known = compare(served);
        return known;
    }

    private boolean compare(UnaryOperator<JsonObject> served) {
        var same = new boolean[] {true};
        store.snapshot().range(prefix, prefix, entry -> {
            var tree = ObjectBytes.tree(entry);
            return same[0] = served.apply(tree).equals(tree);
        });
        return same[0];
    }
}
