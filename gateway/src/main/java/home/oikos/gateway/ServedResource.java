package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.http.Handler;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One subresource of `gateway.oikos.home`, and who answers it. The handler is called only for its own verbs, with the object's namespace and
/// name as an [home.oikos.api.ObjectKey] among the request's attributes; an `IllegalArgumentException` or `DateTimeException` it throws is answered 400
/// in its own words, an `ApiException` by its own code.
///
/// @param plural of the objects it is about: `devices`
/// @param subresource what is asked of one of them: `telemetry`
/// @param kind of what is answered
public record ServedResource(String plural, String subresource, String kind, List<Verb> verbs, Handler handler) {
    public ServedResource {
        verbs = List.copyOf(verbs);
    }

    /// What RBAC knows it by, and how it is asked over HTTP.
    public enum Verb {
        get("GET"), create("POST"), update("PUT");

        private final String method;

        Verb(String method) {
            this.method = method;
        }
    }

    Optional<Verb> verb(String method) {
        return verbs.stream().filter(verb -> verb.method.equals(method)).findFirst();
    }

    String methods() {
        return verbs.stream().map(verb -> verb.method).collect(Collectors.joining(" or "));
    }

    /// As discovery lists it.
    JsonObject listed() {
        return JsonObject.of("name", plural + "/" + subresource, "singularName", "", "namespaced", true, "kind", kind,
                "verbs", Arrays.stream(Verb.values()).filter(verbs::contains).map(Verb::name).toList());
    }
}
