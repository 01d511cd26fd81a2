package home.oikos.client;

import home.oikos.api.JsonObject;
import java.util.Optional;

/// How a delete goes about it.
/// @param uid deletes only the object of that uid, so that a new one of the same name is safe
public record DeleteOptions(Optional<Propagation> propagation, Optional<String> uid, Optional<Integer> gracePeriodSeconds) {
    public static final DeleteOptions DEFAULT = new DeleteOptions(Optional.empty(), Optional.empty(), Optional.empty());

    /// What happens to dependents.
    public enum Propagation { Background, Foreground, Orphan }

    public static DeleteOptions of(Propagation propagation) {
        return new DeleteOptions(Optional.of(propagation), Optional.empty(), Optional.empty());
    }

    public static DeleteOptions ofUid(String uid) {
        return DEFAULT.uid(uid);
    }

    public DeleteOptions uid(String uid) {
        return new DeleteOptions(propagation, Optional.of(uid), gracePeriodSeconds);
    }

    public DeleteOptions gracePeriodSeconds(int seconds) {
        return new DeleteOptions(propagation, uid, Optional.of(seconds));
    }

    JsonObject body() {
        var body = JsonObject.of("kind", "DeleteOptions", "apiVersion", "v1",
                "propagationPolicy", propagation.map(Enum::name).orElse(null),
                "gracePeriodSeconds", gracePeriodSeconds.orElse(null));
        return uid.map(known -> body.withAt(known, "preconditions", "uid")).orElse(body);
    }
}
