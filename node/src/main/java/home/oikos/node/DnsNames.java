package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.client.Cache;
import java.util.concurrent.atomic.AtomicLong;

/// The zone of the moment: made again at the first question after a change. Safe for any thread.
final class DnsNames {
    private final NodeSettings settings;
    private final Cache<Json> services;
    private final Cache<Json> slices;
    private final AtomicLong changes = new AtomicLong();
    private volatile Made made;

    /// @param changes how many there had been when the zone was made
    private record Made(long changes, DnsZone zone) { }

    DnsNames(NodeSettings settings, Cache<Json> services, Cache<Json> slices) {
        this.settings = settings;
        this.services = services;
        this.slices = slices;
        services.onChange((_, _, _) -> changes.incrementAndGet());
        slices.onChange((_, _, _) -> changes.incrementAndGet());
    }

    DnsZone zone() {
        long now = changes.get();
        var known = made;
        if (known != null && known.changes() == now) return known.zone();
        var zone = DnsZone.of(settings.clusterDomain(), settings.hostIp(), services.all(), slices.all());
        made = new Made(now, zone);
        return zone;
    }
}
