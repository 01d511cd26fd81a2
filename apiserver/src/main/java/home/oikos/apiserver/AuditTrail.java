package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import home.oikos.http.AccessFilter;
import home.oikos.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Writes down who changed what, and who went into a container: one line a request in the form of an audit.k8s.io Event at level
/// Metadata. Bodies and queries are never written, so neither secrets nor the arguments of an exec are.
final class AuditTrail implements AccessFilter.AccessListener {
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final Set<String> CONNECTIONS = Set.of("exec", "attach", "portforward", "proxy");
    /// What machines write all day long and says nothing of anyone's intent; half a megabyte a day each.
    private static final Set<String> ROUTINE = Set.of("events", "leases");
    private static final Set<String> ROUTINE_GROUPS = Set.of("authorization.k8s.io", "authentication.k8s.io");
    private static final Set<String> ROUTINE_SUBRESOURCES = Set.of("status");

    private final AuditLog log;
    private final Clock clock;
    /// An id tells entries apart and guards nothing, so it costs the secure source one number a process.
    private final long process;
    private final AtomicLong sequence = new AtomicLong();

    AuditTrail(AuditLog log, Clock clock, RandomGenerator random) {
        this.log = log;
        this.clock = clock;
        process = random.nextLong() & ~0xf000L | 0x4000L;
    }

    @Override
    public void answered(Request request, int status, Duration took) {
        var call = request.attribute(ApiCall.class);
        var user = request.attribute(User.class);
        if (call != null && user != null && isWritten(call, user, status)) log.write(event(request, call, user, status, took));
    }

    /// Whom nobody knows cannot push real entries out by knocking all day.
    private static boolean isWritten(ApiCall call, User user, int status) {
        if (!call.isResource() || user.name().equals("system:anonymous") && status >= 400) return false;
        if (CONNECTIONS.contains(call.subresource())) return true;
        return WRITES.contains(call.verb()) && !ROUTINE.contains(call.resource()) && !ROUTINE_GROUPS.contains(call.group())
                && !ROUTINE_SUBRESOURCES.contains(call.subresource());
    }

    private JsonObject event(Request request, ApiCall call, User user, int status, Duration took) {
        var now = clock.instant();
        var impersonator = request.attribute(Impersonator.class);
        var asker = impersonator == null ? user : impersonator.user();
        return JsonObject.of("kind", "Event", "apiVersion", "audit.k8s.io/v1", "level", "Metadata",
                "auditID", new UUID(process, sequence.incrementAndGet() | 1L << 63).toString(), "stage", "ResponseComplete",
                "requestURI", call.path(), "verb", call.verb(), "user", IdentityReviews.json(asker),
                "impersonatedUser", impersonator == null ? null : IdentityReviews.json(user),
                "sourceIPs", List.of(request.remoteAddress().getAddress().getHostAddress()), "userAgent", request.header("User-Agent")
                        .orElse(null),
                "objectRef", object(call), "responseStatus", JsonObject.of("code", status),
                "requestReceivedTimestamp", now.minus(took).toString(), "stageTimestamp", now.toString(),
                "annotations", notes(request));
    }

    private static JsonObject notes(Request request) {
        var notes = request.attribute(AuditNotes.class);
        if (notes == null || notes.all().isEmpty()) return null;
        var shown = JsonObject.EMPTY;
        for (var note : notes.all().entrySet()) shown = shown.with(note.getKey(), note.getValue());
        return shown;
    }

    private static JsonObject object(ApiCall call) {
        return JsonObject.of("resource", call.resource(), "namespace", present(call.namespace()), "name", present(call.name()),
                "apiGroup", present(call.group()), "apiVersion", call.version(), "subresource", present(call.subresource()));
    }

    private static String present(String text) {
        return text.isEmpty() ? null : text;
    }
}
