package home.oikos.controller;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.time.Duration;
import java.time.Instant;

/// Lets one of several equal programs lead, by a Lease that its holder renews (KEP-589). Used by one thread, which calls [#hold] every
/// [#RENEW_PERIOD] and stops leading when it answers false.
public final class LeaderLease {
    /// The timings that client-go recommends: a leader that hears nothing for 10 s stops before another may start at 15 s.
    public static final Duration LEASE_DURATION = Duration.ofSeconds(15);
    static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);
    public static final Duration RENEW_PERIOD = Duration.ofSeconds(2);

    private final ApiClient client;
    private final ObjectKey key;
    private final String identity;
    private Json seen = Json.NULL;
    private Instant seenTime = Instant.MIN;
    private Instant renewedTime = Instant.MIN;

    public LeaderLease(ApiClient client, ObjectKey key, String identity) {
        this.client = client;
        this.key = key;
        this.identity = identity;
    }

    /// Takes or renews the lease if that is possible.
    /// @return whether this program leads now
    public boolean hold(Instant now) {
        try {
            if (take(now)) renewedTime = now;
            else renewedTime = Instant.MIN;
        } catch (ApiException | java.io.UncheckedIOException unsure) {
            // Somebody was faster, or the server is away: what was last known holds until the deadline.
        }
        return renewedTime.isAfter(now.minus(RENEW_DEADLINE));
    }

    private boolean take(Instant now) {
        var found = client.find(Resources.LEASES, key);
        if (found.isEmpty()) {
            client.create(Resources.LEASES, lease(JsonObject.EMPTY, now));
            return true;
        }
        var lease = found.get();
        observe(lease.at("spec"), now);
        if (!isMine(lease) && !isExpired(lease, now)) return false;
        client.update(Resources.LEASES, lease(lease.object(), now));
        return true;
    }

    /// Expiry is measured by our own clock from when we saw the lease change, so two clocks need not agree.
    private void observe(Json spec, Instant now) {
        if (spec.equals(seen)) return;
        seen = spec;
        seenTime = now;
    }

    private boolean isMine(Json lease) {
        return lease.at("spec", "holderIdentity").text("").equals(identity);
    }

    private boolean isExpired(Json lease, Instant now) {
        var spec = lease.at("spec");
        var lasts = Duration.ofSeconds(spec.at("leaseDurationSeconds").integer((int) LEASE_DURATION.toSeconds()));
        return spec.at("holderIdentity").text("").isEmpty() || seenTime.plus(lasts).isBefore(now);
    }

    private JsonObject lease(JsonObject before, Instant now) {
        boolean kept = isMine(before);
        int transitions = before.at("spec", "leaseTransitions").integer(0) + (kept || before.isEmpty() ? 0 : 1);
        var spec = JsonObject.of("holderIdentity", identity, "leaseDurationSeconds", LEASE_DURATION.toSeconds(),
                "acquireTime", kept ? before.at("spec", "acquireTime") : Times.micro(now), "renewTime", Times.micro(now),
                "leaseTransitions", transitions);
        var named = before.isEmpty() ? JsonObject.of("apiVersion", "coordination.k8s.io/v1", "kind", "Lease",
                "metadata", JsonObject.of("namespace", key.namespace(), "name", key.name())) : before;
        return named.with("spec", spec);
    }

    /// Gives the lease back, so that another need not wait for it to expire.
    public void release(Instant now) {
        if (renewedTime.equals(Instant.MIN)) return;
        renewedTime = Instant.MIN;
        client.find(Resources.LEASES, key).filter(this::isMine)
                .ifPresent(lease -> client.update(Resources.LEASES, lease.object().withAt("", "spec", "holderIdentity")));
    }
}
