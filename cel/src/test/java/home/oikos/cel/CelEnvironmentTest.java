package home.oikos.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CelEnvironmentTest {
    private static final CelEnvironment DEVICES = CelEnvironment.devices();
    private static final CelEnvironment WORKLOADS = CelEnvironment.workloads();
    private static final CelEnvironment VALIDATION = CelEnvironment.validation();

    private final Map<String, DeviceValues> devices = Map.of(
            "heater", new FakeDevice(JsonObject.of("on", true), JsonObject.of("on", false)),
            "fermenter", new FakeDevice(JsonObject.of("temperature", 20), JsonObject.EMPTY));

    private CelContext context() {
        return CelContext.of(this::find, (_, _, name) -> JsonObject.of("status", JsonObject.of("readyReplicas", 2), "name", name));
    }

    private DeviceValues find(String name) {
        if (!devices.containsKey(name)) throw new CelException("there is no device " + name);
        return devices.get(name);
    }

    private Json value(String expression) {
        return WORKLOADS.compile(expression).evaluate(context());
    }

    @Test void reportedAndWantedValuesAreRead() {
        assertTrue(DEVICES.compile("device('heater').on && !device('heater').desired.on").test(context()));
    }

    @Test void aWholeReadingMixesWithFractionsAndWholeLiterals() {
        assertEquals(Json.of(20.5), value("device('fermenter').temperature + 0.5"));
        assertEquals(Json.of(21), value("device('fermenter').temperature + 1"));
        assertEquals(Json.of(true), value("device('fermenter').temperature == 20"));
        assertEquals(Json.of(true), value("device('fermenter').temperature < (device('heater').on ? 20.5 : 19.5)"));
    }

    @Test void anExpressionAboutADeviceSeesItAsSelfBesideTheOthers() {
        var about = CelEnvironment.aboutDevice().compile("self.temperature == 20 && !self.is('Late') && device('heater').on");
        assertTrue(about.test(context().about(find("fermenter"))));
        assertThrows(CelException.class, () -> about.test(context()));
        assertEquals(Set.of("phase", "door"), CelPrograms.aboutDevice().compile("self.phase == 'Idle' && self.age('door') > duration('1m')")
                .references().self());
        assertEquals(Set.of("heater.on"), about.references().devices().stream().map(DeviceReference::toString).collect(java.util.stream.Collectors.toSet()));
    }

    @Test void ageIsADuration() {
        assertTrue(DEVICES.compile("device('heater').age('on') > duration('4s')").test(context()));
    }

    @Test void conditionsAreAskedByName() {
        assertTrue(DEVICES.compile("device('heater').is('Online') && !device('heater').is('Quarantined')").test(context()));
    }

    @Test void missingReadingsAreErrorsInWords() {
        var missing = assertThrows(CelException.class, () -> value("device('heater').power > 3"));
        assertEquals("it never said power", missing.getMessage());
        assertEquals("there is no device cooler", assertThrows(CelException.class, () -> value("device('cooler').on")).getMessage());
        assertThrows(CelException.class, () -> value("!device('heater').power"));
    }

    @Test void anErrorOnOneSideIsOverruledByTheOtherSideAsInCel() {
        assertEquals(Json.of(true), value("device('cooler').on || device('heater').on"));
        assertEquals(Json.of(false), value("device('cooler').on && !device('heater').on"));
    }

    @Test void objectsAreReadWithDecimalNumbers() {
        assertEquals(Json.of(4), value("object('apps/v1', 'Deployment', 'media').status.readyReplicas * 2"));
    }

    @Test void interlocksSeeNoWorkloads() {
        assertThrows(CelException.class, () -> DEVICES.compile("object('apps/v1', 'Deployment', 'media').status.readyReplicas > 1"));
    }

    @Test void compileErrorsSayWhere() {
        var syntax = assertThrows(CelException.class, () -> DEVICES.compile("device('a').on &&"));
        assertTrue(syntax.getMessage().startsWith("at character 18: "), syntax.getMessage());
        var name = assertThrows(CelException.class, () -> DEVICES.compile("devise('a').on"));
        assertTrue(name.getMessage().contains("devise"), name.getMessage());
    }

    @Test void referencesAreFoundWithoutEvaluating() {
        var references = DEVICES.compile("device('a').x && device('b').desired.y && device('c').age('z') > duration('1m')").references();
        assertEquals(Set.of(new DeviceReference("a", "x", DeviceReference.Part.REPORTED),
                new DeviceReference("b", "y", DeviceReference.Part.DESIRED),
                new DeviceReference("c", "z", DeviceReference.Part.AGE)), references.devices());
        assertTrue(references.complete());
        assertTrue(references.touches("a", "x"));
        assertFalse(references.touches("a", "y"));
    }

    @Test void aComputedDeviceNameMakesReferencesIncomplete() {
        var references = DEVICES.compile("['a', 'b'].exists(n, device(n).on)").references();
        assertFalse(references.complete());
        assertTrue(references.touches("anything", "on"));
    }

    @Test void aLoopOverTooMuchIsStopped() {
        var many = "[1,2,3,4,5,6,7,8,9,0]";
        var loop = many + ".all(a, " + many + ".all(b, " + many + ".all(c, " + many + ".all(d, " + many + ".all(e, " + many
                + ".all(f, true))))))";
        assertThrows(CelException.class, () -> DEVICES.compile(loop).evaluate(context()));
    }

    @Test void aWrongResultTypeIsSaid() {
        var failed = assertThrows(CelException.class, () -> DEVICES.compile("1 + 1").test(context()));
        assertEquals("expected true or false from: 1 + 1", failed.getMessage());
    }

    @Test void validationSeesSelfAndOldSelf() {
        var context = CelContext.of(Map.of("self", JsonObject.of("replicas", 3), "oldSelf", JsonObject.of("replicas", 2)));
        assertTrue(VALIDATION.compile("self.replicas > oldSelf.replicas && self.replicas % 2 == 1 && !has(self.name)").test(context));
    }

    private record FakeDevice(JsonObject said, JsonObject wanted) implements DeviceValues {
        @Override
        public Json reported(String property) {
            if (!said.has(property)) throw new CelException("it never said " + property);
            return said.at(property);
        }

        @Override
        public Json desired(String property) {
            return wanted.at(property);
        }

        @Override
        public Duration age(String property) {
            return Duration.ofSeconds(5);
        }

        @Override
        public boolean is(String condition) {
            return condition.equals("Online");
        }
    }
}
