package home.oikos.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import home.oikos.client.WatchEvent;
import home.oikos.host.Command;
import home.oikos.node.LogRequest;
import home.oikos.node.PodIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole agent against a real containerd, kernel and packets; only the API is one in memory.
class NodeAgentTest {
    private static final String WEB = "{'containers':[{'name':'main','image':'busybox','ports':[{'name':'web','containerPort':80}],"
            + "'command':['/bin/sh','-c','echo serving; echo I am $HOSTNAME >/tmp/index.html; exec httpd -f -p 80 -h /tmp']}],"
            + "'terminationGracePeriodSeconds':1}";
    private static final String IDLE = "{'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600']}],"
            + "'terminationGracePeriodSeconds':0}";
    @TempDir
    private static Path outside;
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
    void theNodeIsThereAndReady() throws Exception {
        assertTrue(node.api.objects().await(() -> node.client.find(Resources.NODES, ObjectKey.clusterScoped(TestNode.NODE))
                .filter(TestNode::isReady).isPresent(), Duration.ofSeconds(20)));
        var status = node.client.get(Resources.NODES, ObjectKey.clusterScoped(TestNode.NODE)).at("status");
        assertTrue(status.at("nodeInfo", "containerRuntimeVersion").text("").startsWith("containerd://1."), status.toString());
        assertEquals("110", status.at("capacity", "pods").text(""));
    }

    @Test
    void aPodRunsAnswersAndTellsItsLog() throws Exception {
        var pod = node.pod("web", WEB);
        var status = node.awaitReady("web").at("status");
        assertEquals("Running", status.at("phase").text(""));
        assertEquals("BestEffort", status.at("qosClass").text(""));
        assertTrue(node.home.addresses.pods().contains(status.at("podIP").text("")), status.toString());
        assertEquals("I am web", retried(status.at("podIP").text(""), 80));
        var log = new ByteArrayOutputStream();
        node.agent.streams().logs(pod, new LogRequest("main", false, false, Optional.empty(), false, OptionalLong.empty(),
                OptionalLong.empty()), log);
        assertEquals("serving\n", log.toString());
        try (var connection = node.agent.streams().dial(pod, 80)) {
            connection.out().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            connection.out().flush();
            assertTrue(new String(connection.in().readAllBytes(), StandardCharsets.UTF_8).contains("I am web"));
        }
    }

    @Test
    void aServiceLeadsToItsPodsFromTheMachineFromAPodAndFromThePodItself() {
        var one = node.pod("served-one", WEB);
        node.pod("served-two", WEB);
        var ips = List.of(ip(node.awaitReady("served-one")), ip(node.awaitReady("served-two")));
        var clusterIp = node.home.addresses.services().at(20);
        service("pair", clusterIp, "ClusterIP", 8000, 31080, ips);
        var answers = new TreeSet<String>();
        for (int i = 0; i < 24; i++) answers.add(retried(clusterIp, 8000));
        assertEquals(Set.of("I am served-one", "I am served-two"), answers);
        var inside = new TreeSet<String>();
        for (int i = 0; i < 16; i++) inside.add(fetch(one, clusterIp, 8000));
        assertEquals(Set.of("I am served-one", "I am served-two"), inside, "through the Service to itself and to its neighbour");
        assertTrue(node.exec(one, "nslookup", "pair.default.svc.cluster.local").contains(clusterIp), "by its name");
        assertTrue(retried(node.home.addresses.own(), 31080).startsWith("I am served-"), "on an address of the machine");
        assertTrue(retried("127.0.0.1", 31080).startsWith("I am served-"), "on its loopback");
    }

    @Test
    void aHostPortLeadsToItsPodForAsLongAsThatIsThere() throws Exception {
        var everywhere = node.pod("hosted", WEB.replace("'containerPort':80", "'containerPort':80,'hostPort':31090"));
        node.pod("hosted-inside", WEB.replace("'containerPort':80", "'containerPort':80,'hostPort':31090,'hostIP':'127.0.0.1'"));
        node.awaitReady("hosted");
        node.awaitReady("hosted-inside");
        assertEquals("I am hosted", retried(node.home.addresses.own(), 31090), "on an address of the machine");
        assertEquals("I am hosted-inside", retried("127.0.0.1", 31090), "the one that names the address is nearer");
        node.client.delete(Resources.PODS, everywhere.key(), DeleteOptions.DEFAULT.gracePeriodSeconds(0));
        node.await("hosted", Json::isNull);
        for (int i = 0; !isRefused(node.home.addresses.own(), 31090); i++) {
            assertTrue(i < 300, "its port is still open");
            LockSupport.parkNanos(10_000_000);
        }
        assertEquals("I am hosted-inside", retried("127.0.0.1", 31090));
    }

    private static boolean isRefused(String ip, int port) {
        try {
            return get(ip, port).isEmpty();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void aServiceWithoutPodsRefusesAtOnce() {
        var clusterIp = node.home.addresses.services().at(21);
        service("empty", clusterIp, "ClusterIP", 8001, 0, List.of());
        var pod = node.pod("asks-empty", IDLE);
        node.awaitReady("asks-empty");
        var said = fetch(pod, clusterIp, 8001);
        assertTrue(said.contains("refused"), said);
    }

    @Test
    void podsResolveServicesAndUnknownNamesAreUnknown() {
        var clusterIp = node.home.addresses.services().at(22);
        service("named", clusterIp, "LoadBalancer", 8002, 0, List.of());
        var pod = node.pod("asks-dns", IDLE);
        node.awaitReady("asks-dns");
        var resolver = node.exec(pod, "cat", "/etc/resolv.conf");
        assertTrue(resolver.contains("nameserver " + node.home.addresses.own()), resolver);
        assertTrue(node.exec(pod, "nslookup", "named.default.svc.cluster.local").contains(clusterIp));
        assertTrue(node.exec(pod, "nslookup", "named.home.arpa").contains("127.0.0.1"));
        var unknown = node.exec(pod, "nslookup", "nobody.default.svc.cluster.local");
        assertTrue(unknown.contains("NXDOMAIN"), unknown);
    }

    @Test
    void aKilledContainerIsBackAndCounted() {
        var pod = node.pod("killed", IDLE);
        var before = TestNode.container(node.awaitReady("killed"), 0);
        Command.of("sh", "-c", "kill -9 " + pid(pod)).run();
        var after = TestNode.container(node.await("killed", found -> TestNode.container(found, 0).at("restartCount").integer(0) == 1
                && TestNode.isReady(found)), 0);
        assertNotEquals(before.at("containerID"), after.at("containerID"));
        assertEquals(137, after.at("lastState", "terminated", "exitCode").integer(0));
    }

    @Test
    void theNextLifeAdoptsThePodWithoutAFlap() throws Exception {
        node.pod("adopted", WEB.replace("'ports'", "'readinessProbe':{'httpGet':{'port':'web'},'periodSeconds':1},'ports'"));
        var before = node.awaitReady("adopted");
        var flaps = new CopyOnWriteArrayList<Json>();
        var watching = Thread.ofVirtual().start(() -> {
            try (var watch = node.client.watch(Resources.PODS, "default", Selection.fields("metadata.name=adopted"),
                    before.at("metadata", "resourceVersion").text(""))) {
                for (var event = watch.next(); event.isPresent(); event = watch.next()) flaps.add(event.get().object());
            } catch (IOException ended) {
                // The watch ends with the test.
            }
        });
        node.agent.close();
        node.agent = node.start();
        var seen = node.pod("after-adoption", IDLE);
        node.awaitReady("after-adoption");
        watching.interrupt();
        assertEquals(List.of(), flaps, "nothing of the pod's status changed");
        assertEquals(TestNode.container(before, 0).at("containerID"), TestNode.container(node.read("adopted"), 0).at("containerID"));
        assertFalse(node.exec(seen, "true").contains("not running"));
    }

    @Test
    void aDeletedPodEndsInOrderAndLeavesNothing() throws Exception {
        var pod = node.pod("ends",
                "{'containers':[{'name':'main','image':'busybox','lifecycle':{'preStop':{'exec':{'command':['touch','/shared/stopped']}}},"
                + "'command':['/bin/sh','-c','trap exit TERM; while :; do sleep 0.1; done'],"
                + "'volumeMounts':[{'name':'shared','mountPath':'/shared'}]}],"
                + "'volumes':[{'name':'shared','hostPath':{'path':'" + shared("ends") + "'}}]}");
        node.awaitReady("ends");
        node.client.delete(Resources.PODS, pod.key(), DeleteOptions.DEFAULT.gracePeriodSeconds(10));
        node.await("ends", Json::isNull);
        assertTrue(Files.exists(Path.of(shared("ends"), "stopped")), "the preStop hook ran");
        assertEquals(List.of(), node.home.runtime().sandboxes(pod.uid()));
        assertFalse(Files.exists(node.home.dir.resolve("pods").resolve(pod.uid())));
        assertFalse(Files.exists(node.home.dir.resolve("logs").resolve("default_ends_" + pod.uid())));
    }

    @Test
    void aPodThatIsBeingEndedDoesNotBecomeReady() throws Exception {
        var pod = node.pod("lingers", "{'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600'],"
                + "'readinessProbe':{'exec':{'command':['false']},'periodSeconds':1}}],'terminationGracePeriodSeconds':2}");
        var unready = node.await("lingers", found -> TestNode.container(found, 0).at("started").bool(false));
        try (var watch = node.client.watch(Resources.PODS, "default", Selection.fields("metadata.name=lingers"),
                unready.at("metadata", "resourceVersion").text(""))) {
            node.client.delete(Resources.PODS, pod.key(), DeleteOptions.DEFAULT.gracePeriodSeconds(2));
            for (var event = watch.next().orElseThrow(); event.type() != WatchEvent.Type.DELETED; event = watch.next().orElseThrow()) {
                assertFalse(TestNode.isReady(event.object()), event.object().toString());
            }
        }
    }

    @Test
    void environmentAndVolumesCarryWhatTheApiKnows() {
        node.create(Resources.CONFIG_MAPS, "{'metadata':{'name':'settings'},'data':{'colour':'green','site.conf':'listen 80'}}");
        node.create(Resources.SECRETS, "{'metadata':{'name':'login'},'data':{'password':'aHVudGVyMg=='}}");
        var pod = node.pod("configured", """
                {'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600'],
                  'env':[{'name':'COLOUR','valueFrom':{'configMapKeyRef':{'name':'settings','key':'colour'}}},
                         {'name':'PASSWORD','valueFrom':{'secretKeyRef':{'name':'login','key':'password'}}},
                         {'name':'SELF','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},
                         {'name':'MEMORY','valueFrom':{'resourceFieldRef':{'resource':'limits.memory','divisor':'1Mi'}}},
                         {'name':'BOTH','value':'$(COLOUR)-$(SELF)-$$(x)'}],
                  'resources':{'limits':{'memory':'64Mi'}},
                  'volumeMounts':[{'name':'conf','mountPath':'/conf'},{'name':'secret','mountPath':'/secret','readOnly':true},
                                  {'name':'me','mountPath':'/me'},{'name':'conf','mountPath':'/single','subPath':'site.conf'}]}],
                 'terminationGracePeriodSeconds':0,
                 'volumes':[{'name':'conf','configMap':{'name':'settings'}},{'name':'secret','secret':{'secretName':'login',\
                 'defaultMode':256}},
                            {'name':'me','downwardAPI':{'items':[{'path':'labels','fieldRef':{'fieldPath':'metadata.labels'}}]}}]}""");
        node.awaitReady("configured");
        assertEquals("green hunter2 configured 64 green-configured-$(x)\n",
                node.exec(pod, "sh", "-c", "echo \"$COLOUR $PASSWORD $SELF $MEMORY $BOTH\""));
        assertEquals("listen 80|hunter2|app=\"configured\"", node.exec(pod, "sh", "-c",
                "cat /conf/site.conf; printf '|'; cat /secret/password; printf '|'; cat /me/labels"));
        assertEquals("listen 80", node.exec(pod, "cat", "/single"));
        assertEquals("400\n", node.exec(pod, "stat", "-L", "-c", "%a", "/secret/password"));
        node.client.patch(Resources.CONFIG_MAPS, new ObjectKey("default", "settings"), Patch.merge("data", JsonObject.of("site.conf",
                "listen 81")));
    }

    @Test
    void aMissingConfigMapIsSaidAndThePodStartsWhenItComes() {
        node.pod("waits", "{'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600'],"
                + "'envFrom':[{'configMapRef':{'name':'later'}}]}],"
                + "'terminationGracePeriodSeconds':0}");
        var waiting = TestNode.container(node.await("waits", pod -> TestNode.container(pod, 0).at("state", "waiting", "reason").text("")
                .equals("CreateContainerConfigError")), 0).at("state", "waiting");
        assertEquals("configmap \"later\" not found", waiting.at("message").text(""));
        node.create(Resources.CONFIG_MAPS, "{'metadata':{'name':'later'},'data':{}}");
        node.awaitReady("waits");
    }

    @Test
    void initContainersRunInOrderAndAPodThatIsDoneHasSucceeded() {
        node.pod("job", """
                {'restartPolicy':'Never','initContainers':[
                   {'name':'first','image':'busybox','command':['/bin/sh','-c','echo one >>/work/order'],'volumeMounts':[{'name':'work',\
                   'mountPath':'/work'}]},
                   {'name':'second','image':'busybox','command':['/bin/sh','-c','echo two >>/work/order'],'volumeMounts':[{'name':'work',\
                   'mountPath':'/work'}]}],
                 'containers':[{'name':'main','image':'busybox','command':['/bin/sh','-c','cat /work/order >/dev/termination-log'],
                   'volumeMounts':[{'name':'work','mountPath':'/work'}]}],'volumes':[{'name':'work','emptyDir':{}}]}""");
        var done = node.await("job", pod -> pod.at("status", "phase").text("").equals("Succeeded"));
        assertEquals("one\ntwo\n", TestNode.container(done, 0).at("state", "terminated", "message").text(""));
        assertEquals("Completed", TestNode.container(done, 0).at("state", "terminated", "reason").text(""));
    }

    @Test
    void aPodThatFailsForGoodHasFailed() {
        node.pod("fails", "{'restartPolicy':'Never','containers':[{'name':'main','image':'busybox','command':['/bin/sh','-c','exit 4']}]}");
        var failed = node.await("fails", pod -> pod.at("status", "phase").text("").equals("Failed"));
        assertEquals(4, TestNode.container(failed, 0).at("state", "terminated", "exitCode").integer(0));
    }

    @Test
    void readinessFollowsItsProbeAndLivenessRestarts() {
        var pod = node.pod("probed", """
                {'containers':[{'name':'main','image':'busybox','command':['/bin/sh','-c','touch /tmp/alive; sleep 600'],
                  'startupProbe':{'exec':{'command':['test','-e','/tmp/alive']},'periodSeconds':1},
                  'readinessProbe':{'exec':{'command':['test','-e','/tmp/ready']},'periodSeconds':1,'failureThreshold':1},
                  'livenessProbe':{'exec':{'command':['test','-e','/tmp/alive']},'periodSeconds':1,'failureThreshold':1}}],
                 'terminationGracePeriodSeconds':0}""");
        node.await("probed", found -> TestNode.container(found, 0).at("started").bool(false) && !TestNode.isReady(found));
        node.exec(pod, "touch", "/tmp/ready");
        node.awaitReady("probed");
        node.exec(pod, "rm", "/tmp/ready");
        node.await("probed", found -> !TestNode.isReady(found));
        node.exec(pod, "rm", "/tmp/alive");
        node.await("probed", found -> TestNode.container(found, 0).at("restartCount").integer(0) == 1);
        assertTrue(node.events().stream().anyMatch(event -> event.startsWith("probed Unhealthy: Liveness probe failed")),
                node.events().toString());
    }

    @Test
    void aSubPathThatLeadsOutOfItsVolumeIsRefused() throws Exception {
        var folder = Path.of(shared("escape"));
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc"));
        node.pod("escapes", "{'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600'],"
                + "'volumeMounts':[{'name':'v','mountPath':'/v','subPath':'out'}]}],'volumes':[{'name':'v','hostPath':{'path':'" + folder
                + "'}}]}");
        var waiting = TestNode.container(node.await("escapes", pod -> TestNode.container(pod, 0).at("state", "waiting", "reason").text("")
                .equals("CreateContainerConfigError")), 0).at("state", "waiting");
        assertTrue(waiting.at("message").text("").contains("leads out of the volume"), waiting.toString());
    }

    @Test
    void aHostPathToTheHomesOwnKeysIsRefused() {
        node.pod("spies", "{'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600'],'volumeMounts':[{'name':'v',"
                + "'mountPath':'/v'}]}],"
                + "'volumes':[{'name':'v','hostPath':{'path':'" + node.home.dir + "/keys'}}]}");
        node.await("spies", pod -> node.events().stream().anyMatch(event -> event.startsWith("spies FailedMount")
                && event.contains("not allowed")));
    }

    @Test
    void anImageThatNobodyHasIsSaid() {
        node.pod("imageless", "{'containers':[{'name':'main','image':'localhost/never-made','imagePullPolicy':'Never'}]}");
        node.await("imageless", pod -> TestNode.container(pod, 0).at("state", "waiting", "reason").text("").equals("ErrImageNeverPull"));
    }

    @Test
    void securityIsWhatThePodSays() {
        var pod = node.pod("secured", """
                {'securityContext':{'runAsUser':1234,'runAsGroup':4321,'fsGroup':777},'terminationGracePeriodSeconds':0,
                 'containers':[{'name':'main','image':'busybox','command':['/bin/sleep','600'],
                  'securityContext':{'readOnlyRootFilesystem':true,'allowPrivilegeEscalation':false,'capabilities':{'drop':['ALL']}},
                  'volumeMounts':[{'name':'scratch','mountPath':'/scratch'}]}],
                 'volumes':[{'name':'scratch','emptyDir':{'medium':'Memory','sizeLimit':'4Mi'}}]}""");
        node.awaitReady("secured");
        assertEquals("1234 4321\n", node.exec(pod, "sh", "-c", "echo $(id -u) $(id -g)"));
        assertTrue(node.exec(pod, "touch", "/etc/x").contains("Read-only file system"));
        assertEquals("", node.exec(pod, "touch", "/scratch/x"));
        assertTrue(node.exec(pod, "grep", "-E", "CapEff|NoNewPrivs|Seccomp:", "/proc/self/status").contains("CapEff:\t0000000000000000"));
    }

    private static void service(String name, String clusterIp, String type, int port, int nodePort, List<String> ips) {
        node.create(Resources.SERVICES,
                "{'metadata':{'name':'%s'},'spec':{'clusterIP':'%s','type':'%s','ports':[{'port':%d,'nodePort':%d,'protocol':'TCP'}]}}"
                .formatted(name, clusterIp, type, port, nodePort));
        var endpoints = ips.stream().map(ip -> "{'addresses':['" + ip + "'],'conditions':{'ready':true}}").toList();
        node.create(Resources.ENDPOINT_SLICES,
                ("{'metadata':{'name':'%s-1','labels':{'kubernetes.io/service-name':'%s'}},'addressType':'IPv4',"
                + "'ports':[{'port':80,'protocol':'TCP'}],'endpoints':%s}").formatted(name, name, endpoints));
    }

    /// By nc: the wget of Debian's static busybox does not survive its own resolver.
    private static String fetch(PodIdentity pod, String ip, int port) {
        var said = node.exec(pod, "sh", "-c", "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 5 " + ip + " " + port);
        return said.substring(Math.max(0, said.indexOf("\r\n\r\n"))).strip();
    }

    private static String ip(Json pod) {
        return pod.at("status", "podIP").text("");
    }

    /// A folder of the machine beside the home: what is inside a home no pod may see.
    private static String shared(String name) {
        try {
            return Files.createDirectories(outside.resolve(name)).toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String pid(PodIdentity pod) {
        return "$(ps -eo pid,args | awk '$2==\"/bin/sleep\" && $3==\"600\" {print $1}' | while read p; do grep -q "
                + node.home.runtime().containers(pod.uid()).getFirst().id() + " /proc/$p/cgroup && echo $p; done)";
    }

    private static String retried(String ip, int port) {
        for (int i = 0; ; i++) {
            try {
                return get(ip, port);
            } catch (IOException notYet) {
                if (i > 300) throw new AssertionError(notYet + " at " + ip + ":" + port);
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static String get(String ip, int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(ip, port), 2_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
        }
    }
}
