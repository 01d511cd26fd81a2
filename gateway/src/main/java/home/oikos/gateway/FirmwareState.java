package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.FirmwareOffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What runs on a device and how far its update is, as `status.firmware` says. Immutable; [FirmwareCourse] makes the next one.
///
/// @param version what the device last said it runs; empty when it never did, like the other texts
/// @param unconfirmed since when nobody knows whether that still runs: it took an image up and was silent; null once it has said
/// @param started when it took the image up, null before
/// @param installed the last update of ours that it said to run, null when there was none
/// @param changed when phase, reason or progress last changed
record FirmwareState(String version, Instant unconfirmed, String hardwareId, Phase phase, Target target, int actionId, int percent, String reason,
        String message, Instant started, Installed installed, Instant changed) {
    static final FirmwareState UNKNOWN = new FirmwareState("", null, "", Phase.Idle, Target.NONE, 0, 0, "", "", null, null, null);

    /// As the API spells them.
    enum Phase { Idle, Offered, Downloading, Installing, AwaitingReport, Failed }

    /// What is in work, or was last attempted.
    record Target(String firmwareName, int attempt, String version, String sha256) {
        static final Target NONE = new Target("", 0, "", "");

        static Target read(Json json, String version) {
            return new Target(json.at("firmwareName").text(""), json.at("attempt").integer(0), json.at(version).text(""), json.at("sha256").text(""));
        }

        boolean isSame(String name, int number) {
            return firmwareName.equals(name) && attempt == number;
        }
    }

    /// An update that came to a good end.
    /// @param time when the device said so
    record Installed(Target target, int actionId, Instant time) {
        static Installed read(Json status) {
            var json = status.at("installed");
            return instant(status, "installedTime") == null || json.isNull() ? null
                    : new Installed(Target.read(json, "version"), json.at("actionId").integer(0), instant(status, "installedTime"));
        }

        JsonObject json() {
            return JsonObject.of("firmwareName", orAbsent(target.firmwareName()), "attempt", target.attempt(), "version", orAbsent(target.version()),
                    "sha256", orAbsent(target.sha256()), "actionId", actionId);
        }
    }

    static final String NOT_READY = "NotReady";
    static final String CANCELING = "Canceling";
    static final String WOULD_NOT_STOP = "WouldNotStop";
    static final String CONFIRMING = "Confirming";

    /// Whether an update is neither at its end nor never begun.
    boolean inWork() {
        return phase != Phase.Idle && phase != Phase.Failed;
    }

    /// Whether the device may have changed since it took the image up.
    boolean isTakenUp() {
        return inWork() && phase != Phase.Offered;
    }

    boolean is(String wanted) {
        return reason.equals(wanted);
    }

    /// Whether a device may hear of it.
    boolean isOpen() {
        return inWork() && !is(NOT_READY);
    }

    /// What surely runs; empty when nobody knows.
    String running() {
        return unconfirmed == null ? version : "";
    }

    FirmwareOffer.Stage stage() {
        return switch (phase) {
            case Idle, Failed, Offered -> FirmwareOffer.Stage.OFFERED;
            case Downloading -> percent >= 100 ? FirmwareOffer.Stage.LOADED : FirmwareOffer.Stage.LOADING;
            case Installing -> FirmwareOffer.Stage.LOADED;
            case AwaitingReport -> is(CONFIRMING) ? FirmwareOffer.Stage.DONE : FirmwareOffer.Stage.WRITTEN;
        };
    }

    FirmwareState runs(String newVersion, String newHardware) {
        return new FirmwareState(newVersion, null, newHardware.isEmpty() ? hardwareId : newHardware, phase, target, actionId, percent, reason, message, started,
                installed, changed);
    }

    /// Nobody knows any more what runs, unless it has said so since it took the image up.
    FirmwareState lost(Instant now) {
        if (running().equals(target.version())) return this;
        return new FirmwareState(version, now, hardwareId, phase, target, actionId, percent, reason, message, started, installed, changed);
    }

    FirmwareState become(Phase next, String why, String words, Instant now) {
        if (next == phase && why.equals(reason) && words.equals(message)) return this;
        return new FirmwareState(version, unconfirmed, hardwareId, next, target, actionId, percent, why, words, started, installed, now);
    }

    FirmwareState toward(Target wanted, int action, Instant now) {
        return new FirmwareState(version, unconfirmed, hardwareId, phase, wanted, action, 0, "", "", null, installed, now);
    }

    FirmwareState loaded(int newPercent, Instant now) {
        if (newPercent <= percent) return this;
        return new FirmwareState(version, unconfirmed, hardwareId, phase, target, actionId, newPercent, reason, message, started, installed, now);
    }

    FirmwareState started(Instant now) {
        return new FirmwareState(version, unconfirmed, hardwareId, phase, target, actionId, percent, reason, message, now, installed, changed);
    }

    FirmwareState installed(Instant now) {
        return new FirmwareState(version, unconfirmed, hardwareId, phase, target, actionId, percent, reason, message, started,
                new Installed(target, actionId, now), changed);
    }

    static FirmwareState read(Json status) {
        var phase = Arrays.stream(Phase.values()).filter(each -> each.name().equals(status.at("phase").text(""))).findFirst().orElse(Phase.Idle);
        return new FirmwareState(status.at("version").text(""), instant(status, "unconfirmedSinceTime"), status.at("hardwareId").text(""), phase,
                Target.read(status, "targetVersion"), status.at("actionId").integer(0), status.at("progressPercent").integer(0),
                status.at("reason").text(""), status.at("message").text(""), instant(status, "startTime"), Installed.read(status),
                instant(status, "transitionTime"));
    }

    private static Instant instant(Json status, String name) {
        return Status.instant(status.at(name)).orElse(null);
    }

    /// Absent for a device whose firmware is nobody's business.
    Optional<JsonObject> json() {
        if (equals(UNKNOWN)) return Optional.empty();
        boolean attempted = !target.equals(Target.NONE);
        return Optional.of(JsonObject.of("version", orAbsent(version), "unconfirmedSinceTime", time(unconfirmed), "hardwareId", orAbsent(hardwareId),
                "phase", phase.name(), "firmwareName", orAbsent(target.firmwareName()), "attempt", attempted ? target.attempt() : null,
                "targetVersion", orAbsent(target.version()), "sha256", orAbsent(target.sha256()), "actionId", actionId == 0 ? null : actionId,
                "progressPercent", isTakenUp() ? percent : null, "reason", reason.isEmpty() ? "NeverUpdated" : reason, "message", orAbsent(message),
                "startTime", time(started), "installedTime", installed == null ? null : time(installed.time()),
                "installed", installed == null ? null : installed.json(), "transitionTime", time(changed)));
    }

    private static String orAbsent(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String time(Instant at) {
        return at == null ? null : Status.time(at);
    }
}
