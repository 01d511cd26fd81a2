package home.oikos.apiserver;

import home.oikos.api.Json;
import java.time.Duration;

/// One webhook of a configuration.
/// @param configuration its name
/// @param index within the configuration
record Webhook(String configuration, int index, Json json) {
    private static final int TIMEOUT_SECONDS = 10;

    String name() {
        return json.at("name").text("");
    }

    boolean ignoresFailure() {
        return json.at("failurePolicy").text("Fail").equals("Ignore");
    }

    Duration timeout() {
        return Duration.ofSeconds(json.at("timeoutSeconds").integer(TIMEOUT_SECONDS));
    }

    boolean mayRunDry() {
        var effects = json.at("sideEffects").text("");
        return effects.equals("None") || effects.equals("NoneOnDryRun");
    }

    boolean isReinvoked() {
        return json.at("reinvocationPolicy").text("Never").equals("IfNeeded");
    }
}
