package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Catalog;
import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonInteger;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import home.oikos.api.Reason;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How to delete, from the body or else the query (metav1.DeleteOptions).
/// @param propagation Foreground, Background, Orphan, or empty for the kind's own choice
record DeleteOptions(boolean dryRun, OptionalLong gracePeriodSeconds, String propagation, Optional<String> uid,
        Optional<String> resourceVersion) {
    private static final List<String> POLICIES = List.of("Foreground", "Background", "Orphan", "nil");
    static final DeleteOptions NONE = new DeleteOptions(false, OptionalLong.empty(), "", Optional.empty(), Optional.empty());

    static DeleteOptions read(Request request) throws IOException, BodyTooLargeException {
        var body = RequestBody.read(request);
        return body.length == 0 ? of(fromQuery(request)) : of(fromBody(request, body));
    }

    private static JsonObject fromQuery(Request request) {
        var grace = request.parameter("gracePeriodSeconds").filter(g -> !g.isEmpty())
                .map(_ -> ListParameters.integer(request, "gracePeriodSeconds"));
        return JsonObject.of("gracePeriodSeconds", grace.orElse(null), "propagationPolicy", request.parameter("propagationPolicy")
                .orElse(null),
                "orphanDependents", request.parameter("orphanDependents").map(o -> !o.equals("false")).orElse(null),
                "dryRun", request.parameters().get("dryRun"));
    }

    private static JsonObject fromBody(Request request, byte[] body) {
        var type = request.header("Content-Type").orElse("application/json");
        var options = BodyFormat.of(type).tree(body, Catalog.builtIn().library().type("meta-v1/DeleteOptions"), _ -> { }).object();
        var kind = options.at("kind").text("DeleteOptions");
        if (!kind.equals("DeleteOptions")) {
            throw new ApiException(Reason.BAD_REQUEST,
                    "no kind \"%s\" is registered for version \"%s\" in scheme \"pkg/runtime/scheme.go:111\"", kind,
                    options.at("apiVersion").text("v1"));
        }
        return options;
    }

    static DeleteOptions of(JsonObject options) {
        var grace = options.at("gracePeriodSeconds");
        if (grace.isPresent() && !(grace instanceof JsonInteger)) {
            throw new ApiException(Reason.BAD_REQUEST,
                    "json: cannot unmarshal %s into Go struct field DeleteOptions.gracePeriodSeconds of type int64", goType(grace));
        }
        var errors = new ArrayList<FieldError>();
        var dryRun = options.at("dryRun").array().stream().map(d -> d.text("")).toList();
        var policy = options.at("propagationPolicy").text("");
        if (policy.isEmpty()) policy = orphan(options.at("orphanDependents"));
        else if (options.at("orphanDependents").isPresent()) {
            errors.add(FieldError.invalid("propagationPolicy", policy, "orphanDependents and deletionPropagation cannot be both set"));
        }
        if (!policy.isEmpty() && !POLICIES.contains(policy)) errors.add(FieldError.notSupported("propagationPolicy", policy, POLICIES));
        WriteOptions.checkDryRun(dryRun, errors);
        if (!errors.isEmpty()) throw new ApiException(ApiStatus.invalid("meta.k8s.io", "DeleteOptions", "", errors));
        return new DeleteOptions(!dryRun.isEmpty(), grace.isPresent() ? OptionalLong.of(grace.integer(0L)) : OptionalLong.empty(), policy,
                options.at("preconditions", "uid").text(), options.at("preconditions", "resourceVersion").text());
    }

    private static String orphan(Json orphanDependents) {
        if (orphanDependents.isNull()) return "";
        return orphanDependents.bool(false) ? "Orphan" : "Background";
    }

    private static String goType(Json value) {
        return switch (value) {
            case JsonString _ -> "string";
            case JsonBoolean _ -> "bool";
            case JsonObject _ -> "object";
            case home.oikos.api.JsonArray _ -> "array";
            default -> "number";
        };
    }

    DeleteOptions withDryRun() {
        return new DeleteOptions(true, gracePeriodSeconds, propagation, uid, resourceVersion);
    }
}
