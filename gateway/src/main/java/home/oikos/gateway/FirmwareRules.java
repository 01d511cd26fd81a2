package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.driver.FirmwareImage;
import java.time.Instant;
import java.util.Optional;

/// Who may get which firmware, and its bytes. The gateway asks before it stores a wish and again before a device hears of it; who answers knows signatures
/// and versions, which are none of the gateway's business. Called from the house's thread: both answer quickly.
public interface FirmwareRules {
    /// For a home that updates nothing.
    FirmwareRules NONE = new FirmwareRules() {
        @Override
        public Optional<String> refusal(Candidate candidate, Instant now) {
            return Optional.of("this home has no store of firmware");
        }

        @Override
        public Optional<FirmwareImage> image(JsonObject firmware) {
            return Optional.empty();
        }
    };

    /// @param firmware the Firmware, whole
    /// @param modelName the device's model
    /// @param model the block `spec.firmware` of that model
    /// @param hardwareId the device's hardware; empty when nobody knows
    /// @param version what the device says it runs; empty when nobody knows
    /// @param downgrade whether an older version is meant
    record Candidate(JsonObject firmware, String modelName, JsonObject model, String hardwareId, String version, boolean downgrade) { }

    /// Why this device may not get this firmware, naming the rule; empty when it may.
    Optional<String> refusal(Candidate candidate, Instant now);

    /// The bytes of a Firmware; empty while they are not all here, or are not those that were signed.
    Optional<FirmwareImage> image(JsonObject firmware);
}
