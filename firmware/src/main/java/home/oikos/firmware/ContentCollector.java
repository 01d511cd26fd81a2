package home.oikos.firmware;

import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.stream.Collectors;

/// Takes away the bytes that no Firmware of any namespace names any more. There is one key for all of them.
final class ContentCollector implements Reconciler {
    static final ObjectKey ALL = ObjectKey.clusterScoped("all");

    private final Cache<Firmware> firmwares;
    private final ContentStore store;
    private final Clock clock;

    ContentCollector(Cache<Firmware> firmwares, ContentStore store, Clock clock) {
        this.firmwares = firmwares;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(ObjectKey all) {
        var now = clock.instant();
        var named = firmwares.all().stream().map(Firmware::sha256).collect(Collectors.toSet());
        try {
            return store.retain(named, now).map(next -> Outcome.checkAt(next, now)).orElse(Outcome.SETTLED);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
