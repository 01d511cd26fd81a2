package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.http.Request;
import java.util.ArrayList;
import java.util.List;

/// The query of a write (CreateOptions, UpdateOptions, PatchOptions), checked as upstream checks it.
/// @param fieldValidation Ignore, Warn or Strict
/// @param fieldManager never empty
/// @param relaxed whoever writes this status can spare it after a power cut; `?durability=Relaxed`, which upstream does not know and ignores
record WriteOptions(boolean dryRun, String fieldManager, String fieldValidation, boolean force, boolean relaxed) {
    private static final int FIELD_MANAGER_LENGTH_MAX = 128;
    private static final List<String> VALIDATIONS = List.of("", "Ignore", "Strict", "Warn");

    /// Of a write by the server itself, which nobody validates twice.
    static WriteOptions own(boolean dryRun, String fieldManager) {
        return new WriteOptions(dryRun, fieldManager, "Ignore", false, false);
    }

    /// @param kind the kind that upstream's errors name
    static WriteOptions read(Request request, String kind) {
        return read(request, kind, new ArrayList<>());
    }

    /// Only an apply needs a manager and may be forced.
    static WriteOptions readPatch(Request request) {
        var errors = new ArrayList<FieldError>();
        var apply = Patcher.mediaType(request).equals(Applier.MEDIA_TYPE);
        if (apply && request.parameter("fieldManager").orElse("").isEmpty()) errors.add(FieldError.required("fieldManager",
                "is required for apply patch"));
        if (!apply && request.parameter("force").isPresent()) errors.add(FieldError.forbidden("force",
                "may not be specified for non-apply patch"));
        return read(request, "PatchOptions", errors);
    }

    private static WriteOptions read(Request request, String kind, List<FieldError> errors) {
        var dryRun = request.parameters().getOrDefault("dryRun", List.of());
        var validation = request.parameter("fieldValidation").orElse("");
        checkDryRun(dryRun, errors);
        if (!VALIDATIONS.contains(validation)) errors.add(FieldError.notSupported("fieldValidation", validation, VALIDATIONS));
        var manager = request.parameter("fieldManager").orElse("");
        if (manager.length() > FIELD_MANAGER_LENGTH_MAX) errors.add(FieldError.tooLong("fieldManager", FIELD_MANAGER_LENGTH_MAX));
        var force = request.parameter("force").map(v -> !v.equals("false") && !v.equals("0")).orElse(false);
        if (!errors.isEmpty()) throw new ApiException(ApiStatus.invalid("meta.k8s.io", kind, "", errors));
        return new WriteOptions(!dryRun.isEmpty(), manager.isEmpty() ? managerOf(request) : manager, validation.isEmpty()
                ? "Warn" : validation, force, request.parameter("durability").filter("Relaxed"::equals).isPresent());
    }

    static void checkDryRun(List<String> values, List<FieldError> errors) {
        if (!values.isEmpty() && !values.equals(List.of("All"))) errors.add(FieldError.notSupported("dryRun", Json.of(values),
                List.of("All")));
    }

    /// Whoever names no manager is known by the first word of its User-Agent.
    private static String managerOf(Request request) {
        var agent = request.header("User-Agent").orElse("unknown");
        int slash = agent.indexOf('/');
        var name = slash < 0 ? agent : agent.substring(0, slash);
        return name.length() > FIELD_MANAGER_LENGTH_MAX ? name.substring(0, FIELD_MANAGER_LENGTH_MAX) : name;
    }
}
