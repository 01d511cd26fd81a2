package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Timestamps;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads what pods refer to from the API. A token is asked for once and again when four fifths of its life are over.
final class ApiSources implements PodSources {
    private final ApiClient client;
    private final Clock clock;
    private final Map<Asked, Issued> tokens = new ConcurrentHashMap<>();

    private record Asked(ObjectKey account, JsonObject request) { }

    private record Issued(Json answer, Instant renewAt) { }

    ApiSources(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Optional<Json> configMap(ObjectKey key) {
        return client.find(Resources.CONFIG_MAPS, key);
    }

    @Override
    public Optional<Json> secret(ObjectKey key) {
        return client.find(Resources.SECRETS, key);
    }

    @Override
    public Optional<Json> claim(ObjectKey key) {
        return client.find(Resources.PERSISTENT_VOLUME_CLAIMS, key);
    }

    @Override
    public Optional<Json> volume(String name) {
        return client.find(Resources.PERSISTENT_VOLUMES, ObjectKey.clusterScoped(name));
    }

    @Override
    public Json token(ObjectKey account, JsonObject request) {
        var now = clock.instant();
        tokens.values().removeIf(issued -> !issued.renewAt().isAfter(now));
        return tokens.computeIfAbsent(new Asked(account, request), asked -> issue(asked, now)).answer();
    }

    private Issued issue(Asked asked, Instant now) {
        var answer = client.post(Resources.SERVICE_ACCOUNTS, asked.account(), "token", asked.request());
        var ends = Timestamps.parse(answer.at("status", "expirationTimestamp").text("")).orElse(now);
        return new Issued(answer, now.plus(Duration.between(now, ends).multipliedBy(4).dividedBy(5)));
    }
}
