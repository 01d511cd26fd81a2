package home.oikos.driver.http;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.base.Sha256;
import home.oikos.driver.Delivery;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Refusals;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Knows who may post and says what becomes of each post. Any thread may call it.
final class Desk {
    /// Sensors that post, known and shown together: a brewery has some dozens. Beyond it a stranger is not shown, so that nobody can fill the
    /// home with Devices from outside.
    static final int SENSORS_MAX = 64;
    /// Posts of one sensor in a minute. An iSpindel that is being set up posts every few seconds.
    static final int POSTS_MAX = 30;
    /// Posts in a minute that nobody asked for, or that make no sense, of all the network together.
    static final int STRANGE_POSTS_MAX = 60;

    private final DeviceListener listener;
    private final Refusals refusals;
    private final Function<ObjectKey, Optional<String>> tokens;
    private final Clock clock;
    private final Map<String, Sender> senders = new HashMap<>();
    private final Map<String, Rate> rates = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Rate strange;

    /// @param tokens what is in a Secret; empty when there is none of that name
    Desk(DeviceListener listener, Function<ObjectKey, Optional<String>> tokens, Clock clock) {
        this.listener = listener;
        this.refusals = new Refusals(listener, clock);
        this.tokens = tokens;
        this.clock = clock;
        this.strange = new Rate(clock, STRANGE_POSTS_MAX);
    }

    /// @return whether there is anybody who may post
    synchronized boolean serve(Map<ObjectKey, JsonObject> connections) {
        senders.clear();
        new TreeMap<>(connections).forEach((device, block) -> {
            try {
                place(Sender.read(device, block));
            } catch (IllegalArgumentException senseless) {
                refusals.tell("spec.connection.http of " + device, senseless.getMessage());
            }
        });
        rates.keySet().retainAll(senders.keySet());
        shown.removeAll(senders.keySet());
        return !senders.isEmpty();
    }

    private void place(Sender sender) {
        if (senders.putIfAbsent(sender.id(), sender) == null) return;
        // One of the two may be a discovery that somebody described by hand since; it gives way.
        listener.withdrawn(Ispindel.shownAs(sender.id()));
        throw new IllegalArgumentException("another Device has the id " + Refusals.shortened(sender.id()) + " already; delete one of the two");
    }

    /// Tells what the post says outside of the lock: whoever hears it may have to wait, and may be who calls [#serve].
    /// @param from who posts, for people to read
    Answer take(String from, byte[] body) {
        try {
            var post = Ispindel.read(body);
            var sender = sender(post.id());
            if (sender.isEmpty()) return stranger(from, post);
            var refusal = refusal(sender.get(), post.token());
            // Whoever speaks in a sensor's name without its token must not use up what the sensor may say.
            if (refusal.isPresent()) return strange(sender.get().device().toString(), refusal.get());
            if (isTooOften(post.id())) return new Answer(Answer.TOO_MANY, "more than %d posts of %s in a minute".formatted(POSTS_MAX, post.id()));
            listener.read(sender.get().device(), post.readings(sender.get().gravityUnit()), Delivery.NONE);
            return new Answer(Answer.OK, "taken");
        } catch (IllegalArgumentException senseless) {
            return strange(from, new Answer(Answer.MALFORMED, senseless.getMessage()));
        }
    }

    private synchronized Optional<Sender> sender(String id) {
        return Optional.ofNullable(senders.get(id));
    }

    private synchronized boolean isTooOften(String id) {
        return rates.computeIfAbsent(id, _ -> new Rate(clock, POSTS_MAX)).exceeded();
    }

    private synchronized Answer stranger(String from, Ispindel post) {
        if (strange.exceeded()) return tooStrange();
        boolean isNew = !shown.contains(post.id());
        if (isNew && senders.size() + shown.size() >= SENSORS_MAX) {
            return refused(from, new Answer(Answer.UNKNOWN, "%d sensors are known or wait to be adopted; no more are shown".formatted(SENSORS_MAX)));
        }
        if (shown.add(post.id())) listener.announced(post.announcement());
        return new Answer(Answer.UNKNOWN, "nobody asked for iSpindel %s yet; ./oikos get devices shows it".formatted(post.id()));
    }

    /// A post that nobody asked for.
    synchronized Answer strange(String from, Answer answer) {
        return strange.exceeded() ? tooStrange() : refused(from, answer);
    }

    private static Answer tooStrange() {
        return new Answer(Answer.TOO_MANY, "more than %d posts in a minute that nobody asked for".formatted(STRANGE_POSTS_MAX));
    }

    private Answer refused(String source, Answer answer) {
        refusals.tell(source, answer.words());
        return answer;
    }

    private Optional<Answer> refusal(Sender sender, String token) {
        if (sender.tokenSecret().isEmpty()) return Optional.empty();
        var secret = sender.tokenSecret().get();
        var expected = tokens.apply(secret).filter(known -> !known.isEmpty());
        if (expected.isEmpty()) {
            return Optional.of(new Answer(Answer.NO_SECRET, "expected a Secret %s of type oikos.home/sensor-token with the key token".formatted(secret)));
        }
        if (MessageDigest.isEqual(digest(expected.get()), digest(token))) return Optional.empty();
        return Optional.of(new Answer(Answer.WRONG_TOKEN, "expected the token of Secret %s, found %s".formatted(secret, token.isEmpty() ? "none" : "another")));
    }

    /// Digests have one length, so that the time a comparison takes says nothing of the token, not even how long it is.
    private static byte[] digest(String token) {
        return Sha256.of(token);
    }
}
