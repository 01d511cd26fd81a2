package home.oikos.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What pods may ask of a node beyond running, against a real containerd.
class PodFeaturesTest {
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = new TestNode();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aContainerThatTakesTooMuchMemoryIsKilledForIt() {
        node.pod("greedy", "{'restartPolicy':'Never','containers':[{'name':'main','image':'busybox','command':['/bin/sh','-c',"
                + "'head -c 200000000 /dev/zero | tail'],'resources':{'limits':{'memory':'20Mi'}}}]}");
        var failed = node.await("greedy", pod -> pod.at("status", "phase").text("").equals("Failed"));
        assertEquals("OOMKilled", TestNode.container(failed, 0).at("state", "terminated", "reason").text(""), failed.toString());
    }

    @Test
    void aSidecarStartsFirstAndEndsLast(@TempDir Path outside) throws IOException {
        var pod = node.pod("accompanied", """
                {'initContainers':[{'name':'side','image':'busybox','restartPolicy':'Always','command':['/bin/sh','-c',
                   'end() { echo side >>/log/ends; exit; }; trap end TERM; echo side >>/log/starts; while :; do sleep 0.1; done'],
                   'startupProbe':{'exec':{'command':['test','-e','/log/starts']},'periodSeconds':1},
                   'volumeMounts':[{'name':'log','mountPath':'/log'}]}],
                 'containers':[{'name':'main','image':'busybox','command':['/bin/sh','-c',
                   'end() { sleep 0.3; echo main >>/log/ends; exit; }; trap end TERM; echo main >>/log/starts; while :; do sleep 0.1; done'],
                   'volumeMounts':[{'name':'log','mountPath':'/log'}]}],
                 'volumes':[{'name':'log','hostPath':{'path':'%s'}}]}""".formatted(outside));
        var ready = node.await("accompanied", found -> TestNode.isReady(found)
                && ends(outside.resolve("starts")).equals(List.of("side", "main")));
        assertTrue(ready.at("status", "initContainerStatuses").at(0).at("started").bool(false));
        node.client.delete(Resources.PODS, pod.key(), DeleteOptions.DEFAULT.gracePeriodSeconds(10));
        node.await("accompanied", Json::isNull);
        assertEquals(List.of("main", "side"), ends(outside.resolve("ends")));
    }

    private static List<String> ends(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Test
    void anEphemeralContainerJoinsARunningPodAndSeesItsProcesses() {
        var pod = node.pod("debugged", "{'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','611']}],"
                + "'terminationGracePeriodSeconds':0}");
        node.awaitReady("debugged");
        var debugger = JsonObject.of("name", "debugger", "image", "busybox", "command", List.of("/bin/sleep", "612"),
                "targetContainerName", "main");
        node.client.patch(Resources.PODS, pod.key(), Patch.merge("spec", JsonObject.of("ephemeralContainers", JsonArray.of(debugger))));
        node.await("debugged", found -> found.at("status", "ephemeralContainerStatuses").at(0).at("state", "running").isPresent());
        assertTrue(node.execIn("debugger", pod, "ps").contains("sleep 611"));
    }

    @Test
    void aPodEndsWhenItsTimeIsUp() {
        node.pod("timed", "{'activeDeadlineSeconds':1,'restartPolicy':'Never','terminationGracePeriodSeconds':0,"
                + "'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600']}]}");
        var failed = node.await("timed", pod -> pod.at("status", "phase").text("").equals("Failed"));
        assertEquals("DeadlineExceeded", failed.at("status", "reason").text(""));
    }

    @Test
    void aGrpcHealthCheckDecidesWhetherAPodIsReady() throws Exception {
        var status = new AtomicInteger(2);
        var vertx = Vertx.vertx();
        try {
            var server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true)).requestHandler(request ->
                    request.body().onSuccess(question -> {
                        var asked = question.length() > 7 ? question.getString(7, question.length()) : "";
                        request.response().setChunked(true).putHeader("content-type", "application/grpc").putTrailer("grpc-status", "0");
                        var answer = Buffer.buffer(new byte[] {0, 0, 0, 0, 2, 8, (byte) (asked.equals("db") ? status.get() : 3)});
                        request.response().end(answer);
                    })).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
            node.pod("healthy", "{'hostNetwork':true,'terminationGracePeriodSeconds':0,'containers':[{'name':'main','image':'busybox',"
                    + "'command':['/bin/sleep','600'],'readinessProbe':{'grpc':{'port':" + server.actualPort()
                    + ",'service':'db'},'periodSeconds':1}}]}");
            node.await("healthy", pod -> node.events().stream().anyMatch(event -> event.startsWith("healthy Unhealthy: Readiness probe failed: "
                    + "service unhealthy (responded with \"NOT_SERVING\")")));
            assertFalse(TestNode.isReady(node.read("healthy")));
            status.set(1);
            node.awaitReady("healthy");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void aClaimLeadsToTheFolderOfItsVolume(@TempDir Path disk) throws IOException {
        Files.writeString(disk.resolve("film"), "once upon a time");
        node.create(Resources.PERSISTENT_VOLUME_CLAIMS, "{'metadata':{'name':'films'},'spec':{'volumeName':'shelf'}}");
        node.create(Resources.PERSISTENT_VOLUMES, "{'metadata':{'name':'shelf'},'spec':{'local':{'path':'" + disk + "'}}}");
        var pod = node.pod("stores", "{'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600'],"
                + "'volumeMounts':[{'name':'films','mountPath':'/films'}]}],'terminationGracePeriodSeconds':0,"
                + "'volumes':[{'name':'films','persistentVolumeClaim':{'claimName':'films'}}]}");
        node.await("stores", found -> node.events().stream().anyMatch(event -> event.startsWith("stores FailedMount")
                && event.contains("persistentvolumeclaim \"films\" is not bound yet")));
        node.client.patch(Resources.PERSISTENT_VOLUME_CLAIMS, new ObjectKey("default", "films"),
                Patch.merge("status", JsonObject.of("phase", "Bound")));
        node.awaitReady("stores");
        assertEquals("once upon a time", node.exec(pod, "cat", "/films/film"));
    }

    @Test
    void hooksRunAfterTheStartAndAliasesAreKnown() {
        var pod = node.pod("hooked", """
                {'hostAliases':[{'ip':'10.9.8.7','hostnames':['printer','printer.home']}],'hostname':'attic','terminationGracePeriodSeconds':0,
                 'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600'],
                   'lifecycle':{'postStart':{'exec':{'command':['touch','/tmp/hooked']}}}}]}""");
        node.awaitReady("hooked");
        assertEquals("attic\n", node.exec(pod, "sh", "-c", "test -e /tmp/hooked && hostname"));
        assertTrue(node.exec(pod, "cat", "/etc/hosts").contains("10.9.8.7\tprinter\tprinter.home"));
    }

    @Test
    void whoAsksForAUserNamespaceIsRefusedRatherThanRunWithout() {
        node.pod("mapped", "{'hostUsers':false,'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600']}]}");
        var waiting = TestNode.container(node.await("mapped", pod -> TestNode.container(pod, 0).at("state", "waiting", "reason").text("")
                .equals("CreateContainerConfigError")), 0).at("state", "waiting");
        assertTrue(waiting.at("message").text("").contains("user namespace"), waiting.toString());
    }

    @Test
    void aHookThatFailsEndsItsContainerAndIsSaid() {
        node.pod("unhooked", "{'restartPolicy':'Never','terminationGracePeriodSeconds':0,'containers':[{'name':'main','image':'busybox',"
                + "'command':['/bin/sleep','600'],'lifecycle':{'postStart':{'exec':{'command':['false']}}}}]}");
        node.await("unhooked", pod -> pod.at("status", "phase").text("").equals("Failed"));
        assertTrue(node.events().stream().anyMatch(event -> event.startsWith("unhooked FailedPostStartHook")), node.events().toString());
    }

    @Test
    void aProjectedVolumeShowsAllFourSources() {
        node.create(Resources.CONFIG_MAPS, "{'metadata':{'name':'part'},'data':{'colour':'green'}}");
        node.create(Resources.SECRETS, "{'metadata':{'name':'part'},'data':{'password':'aHVudGVyMg=='}}");
        var pod = node.pod("projected", """
                {'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600'],
                  'env':[{'name':'ROOM','value':'attic'}],
                  'volumeMounts':[{'name':'all','mountPath':'/all'},{'name':'work','mountPath':'/mine','subPathExpr':'$(ROOM)/desk'}]}],
                 'terminationGracePeriodSeconds':0,'volumes':[{'name':'work','emptyDir':{}},{'name':'all','projected':{'sources':[
                   {'configMap':{'name':'part','items':[{'key':'colour','path':'paint/colour'}]}},
                   {'secret':{'name':'part'}},{'secret':{'name':'nowhere','optional':true}},
                   {'downwardAPI':{'items':[{'path':'name','fieldRef':{'fieldPath':'metadata.name'}}]}}]}}]}""");
        node.awaitReady("projected");
        assertEquals("green hunter2 projected\n", node.exec(pod, "sh", "-c",
                "echo $(cat /all/paint/colour) $(cat /all/password) $(cat /all/name)"));
        assertEquals("", node.exec(pod, "touch", "/mine/note"));
    }
}
