package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reactions and Scalers over the real API server: what it refuses, whose rights count, whose fields are whose, and what a restart remembers.
class RulesTest {
    private static final String DEVICES = """
            apiVersion: oikos.home/v1alpha1
            kind: Device
            metadata: {name: leak, namespace: home}
            spec: {modelName: leak}
            ---
            apiVersion: oikos.home/v1alpha1
            kind: Device
            metadata: {name: valve, namespace: home}
            spec: {modelName: valve, desired: {open: true, speed: 3}}
            """;
    private static final String READERS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: readers, namespace: %s}
            spec:
              replicas: 1
              selector: {matchLabels: {app: readers}}
              template: {metadata: {labels: {app: readers}}, spec: {containers: [{name: c, image: i}]}}
            """;

    private RuledHome home;

    @BeforeEach void open(@TempDir Path folder) throws Exception {
        home = new RuledHome(folder);
        home.apply(DEVICES).says("leak", "wet", false);
    }

    @AfterEach void close() throws Exception {
        home.close();
        assertEquals(List.of(), home.failures);
    }

    private static String reaction(String spec) {
        return "{apiVersion: oikos.home/v1alpha1, kind: Reaction, metadata: {name: r, namespace: home}, spec: {%s}}".formatted(spec);
    }

    private static String scaler(String spec) {
        return "{apiVersion: oikos.home/v1alpha1, kind: Scaler, metadata: {name: s, namespace: home}, spec: {%s}}".formatted(spec);
    }

    private static String target(String name) {
        return "targetRef: {apiVersion: apps/v1, kind: Deployment, name: " + name + "}";
    }

    private void refused(String manifest, String words) {
        var refusal = assertThrows(ApiException.class, () -> home.apply(manifest));
        assertEquals(422, refusal.code(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            steps: [{notify: {message: m}}]                                              | spec.when: Required value
            when: '', steps: [{notify: {message: m}}]                                    | spec.when
            when: 'true'                                                                 | spec.steps: Required value
            when: 'true', steps: []                                                      | spec.steps
            when: 'true', steps: [{}]                                                    | spec.steps[0]
            when: 'true', steps: [{notify: {message: m}, set: {deviceName: d, desired: {}}}] | spec.steps[0]
            when: 'true', steps: [{notify: {message: m, severity: Loud}}]                | Unsupported value: "Loud"
            when: 'true', steps: [{set: {desired: {on: true}}}]                          | spec.steps[0].set.deviceName: Required value
            when: 'true', forSeconds: -1, steps: [{notify: {message: m}}]                | spec.forSeconds
            when: 'true', undo: {afterSeconds: -1}, steps: [{notify: {message: m}}]      | spec.undo.afterSeconds
            """)
    void aReactionThatMakesNoSenseIsNotTaken(String spec, String words) {
        refused(reaction(spec), words);
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            maxReplicas: 2                                                                                | spec.targetRef: Required value
            TARGET, triggers: [{replicas: 1, schedule: {start: a, end: b}}]                               | spec.maxReplicas: Required value
            TARGET, maxReplicas: 2, triggers: []                                                          | spec.triggers
            TARGET, maxReplicas: -1, triggers: [{replicas: 1, schedule: {start: a, end: b}}]              | spec.maxReplicas
            TARGET, minReplicas: 3, maxReplicas: 2, triggers: [{replicas: 1, schedule: {start: a, end: b}}] | minReplicas may not exceed maxReplicas
            TARGET, maxReplicas: 2, triggers: [{replicas: 1}]                                             | give exactly one of schedule and telemetry
            TARGET, maxReplicas: 2, stabilizationSeconds: -1, triggers: [{replicas: 1, schedule: {start: a, end: b}}] | spec.stabilizationSeconds
            """)
    void aScalerThatMakesNoSenseIsNotTaken(String spec, String words) {
        refused(scaler(spec.replace("TARGET", target("readers"))), words);
    }

    @Test void anExpressionThatCannotBeReadIsSaidAndActsOnNothing() throws Exception {
        home.apply(reaction("when: \"device('leak').wet &&\", steps: [{set: {deviceName: valve, desired: {open: false}}}]"));
        home.says("leak", "wet", true);
        assertTrue(home.ready(RuledHome.REACTIONS, "r").startsWith("Unknown: "), home.ready(RuledHome.REACTIONS, "r"));
        assertEquals(Json.of(true), home.desired("valve", "open"));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
            start: every friday, end: 0 1 * * *                                  | every friday
            start: 0 25 * * *, end: 0 1 * * *                                    | 25
            start: 0 1 * * *, end: 0 2 * * *, timeZone: Middle/Earth             | "Middle/Earth" is no time zone; write it as Europe/Berlin
            """)
    void aScheduleThatCannotBeReadIsSaidAndScalesNothing(String schedule, String words) throws Exception {
        home.apply(READERS.formatted("home")).apply(scaler(target("readers") + ", maxReplicas: 4, triggers: [{replicas: 3, schedule: {" + schedule + "}}]"));
        var ready = home.ready(RuledHome.SCALERS, "s");
        assertTrue(ready.startsWith("TriggerUnknown: ") && ready.contains(words), ready);
        assertEquals(1, home.replicas(RuledHome.home("readers")));
    }

    @Test void whatTheAccountMayNotIsForbiddenWithTheCommandThatAllowsIt() throws Exception {
        home.apply("{apiVersion: v1, kind: Namespace, metadata: {name: media}}").apply(READERS.formatted("media")).says("leak", "level", 7);
        home.apply(scaler(target("media/readers") + ", maxReplicas: 4, triggers: [{replicas: 3, telemetry: {deviceName: leak, property: level, above: 5}}]"));
        var ready = home.ready(RuledHome.SCALERS, "s");
        assertTrue(ready.startsWith("Forbidden: ") && ready.contains("system:serviceaccount:home:automation"), ready);
        assertTrue(ready.contains("create rolebinding automation --clusterrole=edit --serviceaccount=home:automation"), ready);
        home.apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: automation, namespace: media}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
                subjects: [{kind: ServiceAccount, name: automation, namespace: home}]
                """).passes(31);
        assertEquals(3, home.replicas(new ObjectKey("media", "readers")));
        assertTrue(home.ready(RuledHome.SCALERS, "s").startsWith("Scaling: at 3 of 1-4"), home.ready(RuledHome.SCALERS, "s"));
    }

    @Test void aReactionActsWithNobodysRightsButItsAccounts() throws Exception {
        home.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: nobody, namespace: home}}");
        home.apply(reaction("serviceAccountName: nobody, when: \"device('leak').wet\", steps: [{set: {deviceName: valve, desired: {open: false}}}]"));
        home.says("leak", "wet", true);
        assertTrue(home.ready(RuledHome.REACTIONS, "r").startsWith("Forbidden: "), home.ready(RuledHome.REACTIONS, "r"));
        assertEquals(Json.of(true), home.desired("valve", "open"));
    }

    @Test void aStepOwnsWhatItSetsAndUndoPutsBackOnlyThat() throws Exception {
        home.apply(reaction("when: \"device('leak').wet\", undo: {afterSeconds: 10}, "
                + "steps: [{set: {deviceName: valve, desired: {open: false, speed: 1}}}]"));
        home.says("leak", "wet", true);
        assertEquals(Json.of(false), home.desired("valve", "open"));
        var managers = home.admin.get(OtherApi.DEVICES, RuledHome.home("valve")).at("metadata", "managedFields").toString();
        assertTrue(managers.contains("\"reaction-r\""), managers);
        home.admin.patch(OtherApi.DEVICES, RuledHome.home("valve"), Patch.merge("spec", JsonObject.of("desired", JsonObject.of("speed", 2))));
        home.says("leak", "wet", false).passes(11);
        assertEquals(Json.of(true), home.desired("valve", "open"));
        assertEquals(Json.of(2), home.desired("valve", "speed"), "a person has set it since");
    }

    @Test void aTimerGoesOnWhereARestartFoundIt() throws Exception {
        home.apply(reaction("when: \"device('leak').wet\", forSeconds: 60, undo: {afterSeconds: 60}, "
                + "steps: [{set: {deviceName: valve, desired: {open: false}}}]"));
        home.says("leak", "wet", true).passes(40);
        assertEquals("Waiting", home.status(RuledHome.REACTIONS, "r").at("phase").text(""));
        home.stands(Duration.ofSeconds(15));
        home.restart();
        assertEquals(Json.of(true), home.desired("valve", "open"), "55 of 60 s");
        home.passes(6);
        assertEquals(Json.of(false), home.desired("valve", "open"));
        home.says("leak", "wet", false).passes(30);
        home.stands(Duration.ofSeconds(31));
        home.restart();
        assertEquals(Json.of(true), home.desired("valve", "open"), "due while nobody worked");
    }

    @Test void aScalersPatienceGoesOnWhereARestartFoundIt() throws Exception {
        home.apply(READERS.formatted("home")).says("leak", "level", 7).apply(scaler(target("readers")
                + ", maxReplicas: 4, stabilizationSeconds: 60, triggers: [{replicas: 3, telemetry: {deviceName: leak, property: level, above: 5}}]"));
        assertEquals(3, home.replicas(RuledHome.home("readers")));
        home.says("leak", "level", 1).passes(40);
        home.stands(Duration.ofSeconds(15));
        home.restart();
        assertEquals(3, home.replicas(RuledHome.home("readers")));
        home.passes(6);
        assertEquals(1, home.replicas(RuledHome.home("readers")));
    }

    @Test void aJobIsMadeOnceAndBelongsToItsReaction() throws Exception {
        home.apply(reaction("when: \"device('leak').wet\", steps: [{job: {template: {spec: {template: {spec: "
                + "{restartPolicy: Never, containers: [{name: c, image: i}]}}}}}}, {notify: {message: water, severity: Warning}}]"));
        home.says("leak", "wet", true);
        home.restart();
        var jobs = home.admin.list(Resources.JOBS, "home");
        assertEquals(List.of("r-1-0"), jobs.stream().map(job -> job.at("metadata", "name").text("")).toList());
        assertEquals("Reaction", jobs.getFirst().at("metadata", "ownerReferences").at(0).at("kind").text(""));
        assertTrue(home.admin.list(Resources.EVENTS, "home").stream().anyMatch(event -> event.at("message").text("").equals("water")
                && event.at("type").text("").equals("Warning")));
    }
}
