package home.oikos.driver.ddi;

import home.oikos.api.Json;
import home.oikos.driver.FirmwareEvent;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a device says of an update. Fields that are not known are passed over: clients send those of older versions of the API.
///
/// @param execution where it stands
/// @param finished `success`, `failure` or `none`
/// @param whole whether it counts all parts as dealt with
/// @param details its words, cut to a readable length
record Feedback(Execution execution, String finished, boolean whole, String details) {
    private static final int DETAILS_CHARACTERS_MAX = 300;

    /// As on the wire, in capitals.
    enum Execution { CLOSED, PROCEEDING, CANCELED, SCHEDULED, REJECTED, RESUMED, DOWNLOAD, DOWNLOADED }

    /// @throws Refusal when it makes no sense
    static Feedback read(Json body) throws Refusal {
        var status = body.at("status");
        var result = status.at("result");
        var finished = result.at("finished").text("");
        if (!finished.equals("success") && !finished.equals("failure") && !finished.equals("none")) {
            throw new Refusal(400, "status.result.finished: expected success, failure or none, found " + result.at("finished"));
        }
        int of = result.at("progress", "of").integer(0);
        boolean whole = of > 0 && result.at("progress", "cnt").integer(0) >= of;
        return new Feedback(execution(status.at("execution")), finished, whole, details(status.at("details")));
    }

    private static Execution execution(Json word) throws Refusal {
        for (var each : Execution.values()) if (each.name().equalsIgnoreCase(word.text(""))) return each;
        throw new Refusal(400, "status.execution: expected closed, proceeding, canceled, scheduled, rejected, resumed, download or downloaded, found " + word);
    }

    /// The last words tell most, so what is too long is cut at its beginning.
    private static String details(Json details) {
        var words = details.array().stream().flatMap(each -> each.text().stream()).collect(Collectors.joining("; ")).replaceAll("\\p{Cntrl}+", " ").strip();
        return words.length() <= DETAILS_CHARACTERS_MAX ? words : "…" + words.substring(words.length() - DETAILS_CHARACTERS_MAX);
    }

    /// What follows from it for an update in work. Words in `details` prove nothing: clients are known to say "All Chunks Installed" of an image
    /// that they refused, and even `closed` is believed by the gateway only once the new version is told.
    ///
    /// @param hasAll whether the whole image has left for the device
    Optional<FirmwareEvent> ofUpdate(int actionId, boolean hasAll) {
        return Optional.ofNullable(switch (execution) {
            case CLOSED -> finished.equals("failure") ? new FirmwareEvent.Failed(actionId, because("The device says that it failed"))
                    : new FirmwareEvent.Done(actionId);
            case CANCELED -> new FirmwareEvent.Stopped(actionId);
            case DOWNLOADED -> new FirmwareEvent.Writing(actionId);
            case PROCEEDING -> hasAll ? whole || finished.equals("success") ? new FirmwareEvent.Written(actionId) : new FirmwareEvent.Writing(actionId) : null;
            case SCHEDULED, REJECTED, RESUMED, DOWNLOAD -> null;
        });
    }

    /// What follows from it for an update that the device was asked to stop.
    Optional<FirmwareEvent> ofCancel(int actionId) {
        return Optional.ofNullable(switch (execution) {
            case CLOSED, CANCELED -> finished.equals("failure") ? new FirmwareEvent.GoesOn(actionId) : new FirmwareEvent.Stopped(actionId);
            case REJECTED -> new FirmwareEvent.GoesOn(actionId);
            case PROCEEDING, SCHEDULED, RESUMED, DOWNLOAD, DOWNLOADED -> null;
        });
    }

    String because(String what) {
        return details.isEmpty() ? what + "." : what + ": " + details;
    }
}
