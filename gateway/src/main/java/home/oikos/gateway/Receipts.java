package home.oikos.gateway;

import home.oikos.driver.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The messages of one device whose content is not in the API yet. A flood of one number holds back one message, the newest: what came before it is
/// acknowledged, for nobody will ask for it again. Belongs to [House] and its thread.
final class Receipts {
    private final List<Held> held = new ArrayList<>();

    /// @param superseding what a newer message may replace; empty for what has to be committed itself
    private record Held(Set<String> superseding, Delivery delivery) { }

    /// @param superseding the properties for whose sake alone it is held; empty when it says something that must not be passed over
    void hold(Set<String> superseding, Delivery delivery) {
        var older = held.stream().filter(one -> !one.superseding().isEmpty() && superseding.containsAll(one.superseding())).toList();
        held.removeAll(older);
        older.forEach(one -> one.delivery().acknowledge());
        held.add(new Held(superseding, delivery));
    }

    /// All of them, to be acknowledged once the status that is made now is committed.
    List<Delivery> take() {
        var taken = held.stream().map(Held::delivery).toList();
        held.clear();
        return taken;
    }
}
