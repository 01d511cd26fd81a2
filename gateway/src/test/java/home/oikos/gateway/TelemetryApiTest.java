package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Value;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Range queries as charts make them, over HTTP's own request and answer.
class TelemetryApiTest {
    private static final String FRIDGE = "/apis/gateway.oikos.home/v1alpha1/namespaces/home/devices/fridge/";
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final PropertyModel TEMPERATURE = PropertyModel.read(JsonObject.of("name", "temperature", "type", "Number"));
    private static final int MINUTES = 2 * 24 * 60;

    @TempDir Path directory;
    private LocalExchange exchange;

    /// Two days of a reading a minute; memory reaches back seventeen hours of it.
    @BeforeEach void fill() throws IOException {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var telemetry = new Telemetry(Optional.of(new FileHistory(directory, FileHistory.DAY_BYTES_DEFAULT, Duration.ofDays(7), clock)));
        for (int minute = 0; minute < MINUTES; minute++) {
            telemetry.add(new ObjectKey("home", "fridge"), TEMPERATURE, new Value.Number(minute), NOW.minus(Duration.ofMinutes(MINUTES - minute)));
        }
        exchange = new LocalExchange(new GatewayApi(new TelemetryApi(telemetry, clock).resources()));
    }

    private Json get(int status, String target) throws IOException {
        return answer(status, "GET", target);
    }

    private Json answer(int status, String method, String target) throws IOException {
        var answer = (LocalAnswer.Whole) exchange.call(LocalRequest.of(method, target));
        var body = Json.parse(answer.body());
        assertEquals(status, answer.status(), body::toString);
        return body;
    }

    private Json samples(String query) throws IOException {
        return get(200, FRIDGE + "history?property=temperature" + query).at("properties").at(0).at("samples");
    }

    @Test void whatIsInMemoryIsToldOfEveryProperty() throws IOException {
        var told = get(200, FRIDGE + "telemetry");
        assertEquals("DeviceTelemetry", told.at("kind").text(""));
        assertEquals("temperature", told.at("properties").at(0).at("name").text(""));
        assertEquals(Ring.SAMPLES_MAX, told.at("properties").at(0).at("samples").array().size());
        assertEquals(0, get(200, FRIDGE + "telemetry?property=door").at("properties").array().size());
    }

    @Test void aRangeHoldsWhatWasReadInItBothEndsIncluded() throws IOException {
        var samples = samples("&from=2026-01-01T12:00:00Z&to=2026-01-01T12:10:00Z");
        assertEquals(11, samples.array().size());
        assertEquals(Instant.parse("2026-01-01T12:00:00Z").toEpochMilli(), samples.at(0).at(0).integer(0L));
        assertEquals(24 * 60 + 12 * 60, samples.at(0).at(1).integer(0));
    }

    @Test void aRangeThatMemoryDoesNotReachComesFromTheDisk() throws IOException {
        assertEquals(61, samples("&from=2025-12-31T10:00:00Z&to=2025-12-31T11:00:00Z").array().size());
    }

    @Test void withoutARangeItIsTheLastDay() throws IOException {
        var samples = samples("&points=10000");
        assertEquals(24 * 60, samples.array().size());
        assertEquals(NOW.minus(Duration.ofDays(1)).toEpochMilli(), samples.at(0).at(0).integer(0L));
    }

    @Test void moreThanAreAskedForBecomeSpansWhoseLeastAndGreatestStayVisible() throws IOException {
        var spans = samples("&from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z&points=6");
        assertEquals(6, spans.array().size());
        assertEquals(4, spans.at(0).array().size());
        assertEquals(24 * 60, spans.at(0).at(2).integer(0), "the least of the first ten minutes");
        assertEquals(24 * 60 + 60, spans.at(5).at(3).integer(0), "the greatest of the last");
        double average = spans.at(0).at(1).decimal(0);
        assertTrue(average > 24 * 60 && average < 24 * 60 + 11, "average " + average);
    }

    @Test void noPointsAndTooManyAreMadeSense() throws IOException {
        assertEquals(1, samples("&points=0").array().size());
        assertTrue(samples("&from=2025-12-30T00:00:00Z&points=999999").array().size() <= 10_000);
    }

    @Test void aSeriesThatNobodyHeardIsEmpty() throws IOException {
        assertEquals(0, get(200, FRIDGE + "history?property=nothing").at("properties").at(0).at("samples").array().size());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            history                                                               | property is missing: history is of one property
            history?property=temperature&from=yesterday                           | from: expected a time like 2026-01-02T00:00:00Z, found yesterday
            history?property=temperature&to=1                                     | to: expected a time like 2026-01-02T00:00:00Z, found 1
            history?property=temperature&from=2026-01-03T00:00:00Z                | from is after to
            history?property=temperature&points=many                              | points: expected a number, found many
            history?property=temperature&points=99999999999                       | points: expected a number, found 99999999999
            """)
    void whatMakesNoSenseIsRefusedInWords(String query, String words) throws IOException {
        var refused = get(400, FRIDGE + query);
        assertEquals(words, refused.at("message").text(""));
        assertEquals("BadRequest", refused.at("reason").text(""));
    }

    @Test void thereIsNothingElse() throws IOException {
        get(404, FRIDGE + "everything");
        get(404, "/apis/gateway.oikos.home/v1alpha1/namespaces/home/devices");
        get(404, "/apis/gateway.oikos.home/v1alpha1/namespaces/home/pods/fridge/telemetry");
        answer(405, "DELETE", FRIDGE + "telemetry");
    }
}
