package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import home.oikos.client.Informer;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import home.oikos.controller.ControllerGroup;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What devices name themselves with, from Secrets of a type of their own: the gateway reads no others.
public final class TokenSecrets {
    /// Of devices that ask for firmware.
    public static final String FIRMWARE = "oikos.home/firmware-token";
    /// Of devices that send readings.
    public static final String SENSOR = "oikos.home/sensor-token";

    private final List<Cache<String>> caches;

    /// @param group not started yet
    /// @param type the type of the Secrets
    /// @param changed called when a token may be another one
    public TokenSecrets(ControllerGroup group, String type, List<String> namespaces, Runnable changed) {
        caches = namespaces.stream().map(namespace -> group.watch(new Informer.Scope(Resources.SECRETS, namespace,
                Selection.fields("type=" + type)), TokenSecrets::token)).toList();
        caches.forEach(cache -> cache.onChange((_, _, _) -> changed.run()));
    }

    /// Empty when it is no base64: such a Secret lets nobody in.
    private static String token(Json secret) {
        try {
            return new String(Base64.getDecoder().decode(secret.at("data", "token").text("")), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException broken) {
            return "";
        }
    }

    void awaitSynced() throws InterruptedException {
        for (var cache : caches) cache.awaitSynced();
    }

    /// Any thread may ask.
    public Optional<String> of(ObjectKey secret) {
        return caches.stream().flatMap(cache -> cache.get(secret).stream()).findFirst();
    }
}
