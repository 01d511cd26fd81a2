package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Keeps one broken client from writing events without end: each user has a bucket that refills.
final class EventRateLimit implements AdmissionPlugin {
    /// A start of the demo home writes about a hundred events at once.
    private static final int BURST_MAX = 200;
    /// What is left when the burst is used up: 432,000 events a day are still more than anyone reads.
    private static final int PER_SECOND = 5;
    private static final int USERS_MAX = 256;

    /// What is left of a user's bucket, as of an instant.
    private record Bucket(double left, Instant at) {
        Bucket at(Instant now) {
            var seconds = Math.max(0, Duration.between(at, now).toMillis() / 1000.0);
            return new Bucket(Math.min(BURST_MAX, left + seconds * PER_SECOND), now);
        }
    }

    private final Clock clock;
    private final RecentlyUsed<String, Bucket> buckets = new RecentlyUsed<>(USERS_MAX);

    EventRateLimit(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        if (!admission.resource().definition().plural().equals("events") || admission.operation() == Operation.DELETE) return;
        if (!take(admission.user().name())) throw new ApiException(ApiStatus.tooManyRequests("limit reached on type User for key "
                + admission.user().name(), 1));
    }

    private synchronized boolean take(String user) {
        var now = clock.instant();
        var known = buckets.get(user);
        var bucket = known == null ? new Bucket(BURST_MAX, now) : known.at(now);
        var allowed = bucket.left >= 1;
        buckets.put(user, allowed ? new Bucket(bucket.left - 1, now) : bucket);
        return allowed;
    }
}
