package home.oikos.dice;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The feeds that run. The reconciler starts and stops them; any thread may look one up.
final class Feeds implements AutoCloseable {
    private final Map<ObjectKey, Running> running = new ConcurrentHashMap<>();
    private final Openers openers;
    private final HomeRandom random;
    private final Consumer<ObjectKey> changed;
    private final Clock clock;

    /// @param source what was asked for when it was started
    record Running(EntropySource source, Feed feed) { }

    /// @param changed told of every change of a feed's state
    Feeds(Openers openers, HomeRandom random, Consumer<ObjectKey> changed, Clock clock) {
        this.openers = openers;
        this.random = random;
        this.changed = changed;
        this.clock = clock;
    }

    Optional<Running> find(ObjectKey key) {
        return Optional.ofNullable(running.get(key));
    }

    /// Runs what is asked for, and only that.
    Pipeline follow(EntropySource source, Json status) {
        var before = running.get(source.key());
        if (before == null || before.source().generation() != source.generation() || !before.source().uid().equals(source.uid())) {
            stop(source.key());
            running.put(source.key(), start(source, status));
        } else if (!before.source().reset().equals(source.reset())) {
            running.put(source.key(), new Running(source, before.feed()));
            before.feed().reset();
        }
        return running.get(source.key()).feed().pipeline();
    }

    private Running start(EntropySource source, Json status) {
        var kind = new Pipeline.Kind(source.format(), source.claim(), source.comeback(), source.uid().getBytes(StandardCharsets.UTF_8));
        var pipeline = new Pipeline(kind, SourceStatus.first(source, status, clock.instant()), random::mix, () -> changed(source.key()), clock);
        var feed = new Feed(openers.opener(source.key().namespace(), source.origin()), pipeline, clock);
        Thread.ofVirtual().name("dice " + source.key()).start(feed::run);
        return new Running(source, feed);
    }

    private void changed(ObjectKey key) {
        random.renew();
        changed.accept(key);
    }

    void stop(ObjectKey key) {
        var gone = running.remove(key);
        if (gone != null) gone.feed().close();
    }

    @Override
    public void close() {
        running.keySet().forEach(this::stop);
    }
}
