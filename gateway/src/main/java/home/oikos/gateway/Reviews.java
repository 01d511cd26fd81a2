package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.cel.CelPrograms;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Answers an AdmissionReview about a home kind (DESIGN 5.1). Any thread may ask; it waits for the house.
final class Reviews {
    /// How long a write may wait for the interlocks' verdict; beyond it it is refused, for nobody knows.
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// A device that was written a moment before the one that names it is on its way to the house by a watch: two seconds are long for that.
    private static final int NAMED_ASKED_MAX = 40;
    private static final int NAMED_PERIOD_MILLIS = 50;

    private final Inbox inbox;
    private final Admission admission;
    private final CelPrograms workloads;

    /// @param workloads the expressions of reactions, which look at workloads too
    Reviews(Inbox inbox, Admission admission, CelPrograms workloads) {
        this.inbox = inbox;
        this.admission = admission;
        this.workloads = workloads;
    }

    JsonObject answer(JsonObject review) {
        var asked = AdmissionReview.read(review);
        return asked.answer(asked.isSpecWrite() ? refusal(asked) : Optional.empty());
    }

    private Optional<String> refusal(AdmissionReview asked) {
        return switch (asked.kind()) {
            case "Device" -> device(asked.oldObject().isEmpty() ? null : DeviceSpec.read(asked.oldObject()), DeviceSpec.read(asked.object()));
            case "Interlock" -> admission.compileError(InterlockSpec.read(asked.object()).expression());
            case "Reaction" -> workloads.error(asked.object().at("spec", "when").text(""));
            default -> Optional.empty();
        };
    }

    private Optional<String> device(DeviceSpec before, DeviceSpec after) {
        try {
            for (int asked = 0; asked < NAMED_ASKED_MAX && !inbox.ask(_ -> admission.knowsNamed(before, after), TIMEOUT); asked++) {
                TimeUnit.MILLISECONDS.sleep(NAMED_PERIOD_MILLIS);
            }
            return inbox.ask(now -> admission.refusal(before, after, now), TIMEOUT);
        } catch (TimeoutException late) {
            return Optional.of("the interlocks could not be asked in time; try again");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of("the gateway is closing; try again");
        }
    }
}
