package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.api.SchemaValidator;
import home.oikos.api.Zeros;
import home.oikos.api.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The rules of a kind that has nothing special but what data says: a generation, a status, defaults, what its schema demands. Kinds with
/// more extend it.
class PlainRules implements KindRules {
    private static final Set<String> CREATED_ON_UPDATE = Set.of("leases.coordination.k8s.io", "endpoints", "events", "events.events.k8s.io",
            "limitranges", "services");
    /// Kinds of which nobody overwrites a version without naming it.
    private static final Set<String> ONLY_WITH_VERSION = Set.of("leases.coordination.k8s.io", "apiservices.apiregistration.k8s.io",
            "serviceaccounts", "poddisruptionbudgets.policy", "runtimeclasses.node.k8s.io", "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io", "volumeattachments.storage.k8s.io", "csistoragecapacities.storage.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io", "validatingadmissionpolicies.admissionregistration.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io", "servicecidrs.networking.k8s.io",
            "ipaddresses.networking.k8s.io");
    /// The status a new object of these begins with.
    private static final Map<String, Json> FIRST_STATUS = Map.of("persistentvolumeclaims", JsonObject.of("phase", "Pending"),
            "persistentvolumes", JsonObject.of("phase", "Pending"));
    private static final Set<String> SHOWN_DELETED = Set.of("pods", "services", "serviceaccounts", "podtemplates", "resourcequotas",
            "persistentvolumes",
            "persistentvolumeclaims", "storageclasses.storage.k8s.io", "volumeattachments.storage.k8s.io", "csinodes.storage.k8s.io",
                    "csidrivers.storage.k8s.io");

    private final ResourceDefinition definition;
    private final boolean hasGeneration;
    /// What a new object shows as its status; null where it shows none.
    private final Json emptyStatus;
    private final UnaryOperator<JsonObject> defaults;

    PlainRules(ResourceDefinition definition, boolean hasGeneration) {
        this.definition = definition;
        this.hasGeneration = hasGeneration;
        var shown = Zeros.object(definition.schema()).at("status");
        this.emptyStatus = FIRST_STATUS.getOrDefault(definition.groupVersionResource().qualified(), shown);
        this.defaults = WorkloadDefaults.of(qualified());
    }

    String qualified() {
        return definition.groupVersionResource().qualified();
    }

    private boolean hasStatus() {
        return definition.subresource("status").isPresent();
    }

    @Override
    public boolean hasGeneration() {
        return hasGeneration;
    }

    @Override
    public boolean createsOnUpdate() {
        return CREATED_ON_UPDATE.contains(qualified());
    }

    @Override
    public boolean updatesUnconditionally() {
        return !ONLY_WITH_VERSION.contains(qualified());
    }

    @Override
    public boolean showsDeleted() {
        return SHOWN_DELETED.contains(qualified());
    }

    @Override
    public JsonObject defaulted(JsonObject object) {
        return defaults.apply(object);
    }

    @Override
    public JsonObject prepareCreate(JsonObject object) {
        if (!hasStatus()) return object;
        return emptyStatus.isNull() ? object.without("status") : object.with("status", emptyStatus);
    }

    @Override
    public JsonObject prepareUpdate(JsonObject object, JsonObject old) {
        return KindChanges.kept(qualified(), hasStatus() ? StatusHalf.of(object, old) : object, old);
    }

    @Override
    public List<FieldError> validate(JsonObject object) {
        var errors = new ArrayList<>(SchemaValidator.validate(object, definition.schema()));
        check(object, errors);
        return errors;
    }

    /// What the kind demands beyond its schema.
    void check(JsonObject object, List<FieldError> errors) { }

    @Override
    public String nameError(String name) {
        return NameRules.error(qualified(), name);
    }
}
