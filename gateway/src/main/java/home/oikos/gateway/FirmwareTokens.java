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

/// What devices name themselves with, from Secrets of their own type: the gateway reads no others.
public final class FirmwareTokens {
    public static final String SECRET_TYPE = "oikos.home/firmware-token";

    private final List<Cache<String>> caches;

    /// @param group not started yet
    FirmwareTokens(ControllerGroup group, List<String> namespaces, Runnable changed) {
        caches = namespaces.stream().map(namespace -> group.watch(new Informer.Scope(Resources.SECRETS, namespace,
                Selection.fields("type=" + SECRET_TYPE)), FirmwareTokens::token)).toList();
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

    Optional<String> of(ObjectKey secret) {
        return caches.stream().flatMap(cache -> cache.get(secret).stream()).findFirst();
    }
}
