package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.FakeApi;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which writes of a status a power cut may take, and when messages are acknowledged.
class StatusPublisherTest {
    private static final StatusPublisher.Target FRIDGE = new StatusPublisher.Target(Kinds.DEVICES, new ObjectKey("home", "fridge"), "1");
    private static final Expendable TEMPERATURE = new Expendable(Set.of("temperature"));

    private final RecordingTransport transport = new RecordingTransport(new FakeApi(Clock.systemUTC(), Kinds.DEVICES));
    private final StatusPublisher publisher = new StatusPublisher(new ApiClient(transport));
    private final List<String> acknowledged = new ArrayList<>();

    @BeforeEach void fridge() {
        new ApiClient(transport).create(Kinds.DEVICES, JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", "fridge")));
        write(status(4.1, "Closed"), TEMPERATURE);
        transport.clear();
    }

    private static JsonObject status(double temperature, String door) {
        return JsonObject.of("display", JsonObject.of("reported", temperature + ", " + door), "heardTime", "at " + temperature, "reported", JsonObject.of(
                "temperature", JsonObject.of("value", temperature), "door", JsonObject.of("value", door)));
    }

    private StatusPublisher.Step write(JsonObject status, Expendable expendable) {
        publisher.offer(FRIDGE, new StatusPublisher.Draft(status, expendable, List.of(() -> acknowledged.add(status.at("heardTime").text(""))), () -> { }));
        return publisher.runOnce();
    }

    private boolean isRelaxed() {
        return transport.last().query().contains("durability=Relaxed");
    }

    @Test void aNumberThatNoRuleReadsIsRelaxed() {
        write(status(4.2, "Closed"), TEMPERATURE);
        assertEquals("PATCH", transport.last().method());
        assertEquals(true, isRelaxed());
    }

    @Test void aNumberThatARuleReadsIsDurable() {
        write(status(4.2, "Closed"), Expendable.NOTHING);
        assertFalse(isRelaxed());
    }

    @Test void aDoorIsDurableEvenBesideANumber() {
        write(status(4.2, "Open"), TEMPERATURE);
        assertFalse(isRelaxed());
    }

    @Test void whatWasCommandedAndJudgedIsDurable() {
        write(status(4.2, "Closed").with("commanded", JsonObject.of("target", JsonObject.of("value", 4))), TEMPERATURE);
        assertFalse(isRelaxed());
        write(status(4.3, "Closed").with("conditions", JsonObject.of("type", "Fresh")), TEMPERATURE);
        assertFalse(isRelaxed());
    }

    @Test void aMessageIsAcknowledgedAfterItsCommitAndNotBefore() {
        transport.isAway = true;
        acknowledged.clear();
        assertEquals(StatusPublisher.Step.FAILED, write(status(5, "Closed"), TEMPERATURE));
        assertEquals(List.of(), acknowledged);
        transport.isAway = false;
        assertEquals(StatusPublisher.Step.WRITTEN, write(status(6, "Closed"), TEMPERATURE));
        assertEquals(List.of("at 5.0", "at 6.0"), acknowledged, "the newer status holds both");
    }
}
