package home.oikos.apiserver;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// What admission wants written beside a request in the audit log. It belongs to the request that the current thread answers, however
/// deep below the filters the plugin stands.
final class AuditNotes {
    private static final ScopedValue<AuditNotes> OF_REQUEST = ScopedValue.newInstance();

    private final Map<String, String> notes = new ConcurrentSkipListMap<>();

    /// Answers a request whose notes these are.
    void during(ScopedValue.CallableOp<Void, Exception> answer) throws Exception {
        ScopedValue.where(OF_REQUEST, this).call(answer);
    }

    /// Outside of a request nobody listens.
    static void add(String key, String value) {
        if (OF_REQUEST.isBound()) OF_REQUEST.get().notes.put(key, value);
    }

    Map<String, String> all() {
        return notes;
    }
}
