package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.node.ServicePort.Endpoint;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostPortsTest {
    private static final JsonObject WEB = JsonObject.of("hostPort", 8096, "containerPort", 80);

    private static JsonObject pod(String phase, JsonObject spec) {
        return JsonObject.of("metadata", JsonObject.of("namespace", "media", "name", "jelly"), "spec", spec,
                "status", JsonObject.of("phase", phase, "podIP", "10.70.4.2"));
    }

    private static JsonObject container(JsonObject... ports) {
        return JsonObject.of("ports", List.of(ports));
    }

    private static JsonObject running(JsonObject... ports) {
        return pod("Running", JsonObject.of("containers", List.of(container(ports))));
    }

    @Test void aHostPortLeadsToThePodOnEveryAddressOfTheMachine() {
        var port = HostPorts.of(running(WEB), Set.of()).getFirst();
        assertEquals(8096, port.nodePort());
        assertEquals(List.of(), port.addresses());
        assertEquals(List.of(new Endpoint("10.70.4.2", 80)), port.endpoints());
        assertTrue(port.isOnLoopback());
    }

    @Test void oneWithAnAddressAnswersThereAlone() {
        var port = HostPorts.of(running(WEB.with("hostIP", "192.168.1.5").with("protocol", "UDP")), Set.of()).getFirst();
        assertEquals(List.of("192.168.1.5"), port.addresses());
        assertEquals("udp 8096 0", port.protocol() + " " + port.port() + " " + port.nodePort());
        assertFalse(port.isOnLoopback());
        assertTrue(HostPorts.of(running(WEB.with("hostIP", "127.0.0.1")), Set.of()).getFirst().isOnLoopback());
    }

    @Test void whatTheMachineItselfListensOnStaysWithIt() {
        var pod = running(WEB, WEB.with("hostPort", 22), WEB.with("hostPort", 53).with("protocol", "UDP"));
        assertEquals(List.of(8096, 53), HostPorts.of(pod, Set.of(22, 53)).stream().map(ServicePort::nodePort).toList());
        assertEquals(List.of(22), HostPorts.refused(pod, Set.of(22, 53)));
        assertEquals(List.of(), HostPorts.refused(pod, Set.of()));
    }

    @Test void sidecarsHaveThemToo() {
        var sidecar = container(WEB).with("restartPolicy", "Always");
        var pod = pod("Running", JsonObject.of("containers", List.of(container()), "initContainers", List.of(sidecar, container(WEB.with("hostPort", 99)))));
        assertEquals(List.of(8096), HostPorts.of(pod, Set.of()).stream().map(ServicePort::nodePort).toList());
    }

    @Test void aPodThatHasEndedOrHasNoAddressOrTheMachinesNetworkHasNone() {
        assertEquals(List.of(), HostPorts.of(pod("Succeeded", JsonObject.of("containers", List.of(container(WEB)))), Set.of()));
        assertEquals(List.of(), HostPorts.of(running(WEB).with("status", JsonObject.EMPTY), Set.of()));
        var onTheMachine = pod("Running", JsonObject.of("hostNetwork", true, "containers", List.of(container(WEB))));
        assertEquals(List.of(), HostPorts.of(onTheMachine, Set.of(8096)));
        assertEquals(List.of(), HostPorts.refused(onTheMachine, Set.of(8096)), "it listens there itself");
        assertFalse(HostPorts.any(onTheMachine) || HostPorts.any(Json.NULL));
    }
}
