package home.oikos.apiserver;

import home.oikos.api.JsonObject;

/// What policies, their bindings and webhooks mean when they do not say.
final class AdmissionDefaults {
    private static final int TIMEOUT_SECONDS = 10;
    private static final int HTTPS_PORT = 443;

    private AdmissionDefaults() { }

    static JsonObject policy(JsonObject policy) {
        return Absent.within(policy, "spec", spec -> Absent.within(Absent.set(spec, "failurePolicy", "Fail"), "matchConstraints",
                AdmissionDefaults::matching));
    }

    static JsonObject binding(JsonObject binding) {
        return Absent.within(binding, "spec", spec -> Absent.within(spec, "matchResources", AdmissionDefaults::matching));
    }

    private static JsonObject matching(JsonObject matching) {
        var scoped = Absent.each(Absent.each(matching, "resourceRules", AdmissionDefaults::scoped), "excludeResourceRules",
                AdmissionDefaults::scoped);
        return selecting(scoped);
    }

    private static JsonObject selecting(JsonObject matching) {
        return Absent.set(matching, "matchPolicy", "Equivalent", "namespaceSelector", JsonObject.EMPTY, "objectSelector", JsonObject.EMPTY);
    }

    private static JsonObject scoped(JsonObject rule) {
        return Absent.set(rule, "scope", "*");
    }

    /// @param mutating whether they change objects, and so may be called twice
    static JsonObject webhooks(JsonObject configuration, boolean mutating) {
        return Absent.each(configuration, "webhooks", webhook -> {
            var whole = selecting(Absent.set(webhook, "failurePolicy", "Fail", "timeoutSeconds", TIMEOUT_SECONDS));
            var ruled = Absent.each(mutating ? Absent.set(whole, "reinvocationPolicy", "Never") : whole, "rules", AdmissionDefaults::scoped);
            return Absent.within(ruled, "clientConfig", client -> Absent.within(client, "service",
                    service -> Absent.set(service, "port", HTTPS_PORT)));
        });
    }
}
