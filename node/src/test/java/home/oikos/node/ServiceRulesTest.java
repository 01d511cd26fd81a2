package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.host.AddressPlan;
import home.oikos.host.Ipv4Range;
import home.oikos.host.Nftables;
import home.oikos.node.ServicePort.Endpoint;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceRulesTest {
    private static final AddressPlan PLAN = new AddressPlan(Ipv4Range.parse("10.70.4.0/22"));

    @Test
    void theKernelTakesTheRulesOfEveryShape() {
        var ports = List.of(port("a/one:web/TCP", "10.70.5.1", 30080, 8080, false, "10.70.4.2", "10.70.4.3"),
                port("a/sticky:/TCP", "10.70.5.2", 0, 0, true, "10.70.4.2", "192.168.1.9"), port("a/single:/TCP", "10.70.5.3", 0, 0, false,
                "10.70.4.2"),
                new ServicePort("a/dns:/UDP", List.of("10.70.5.4", "192.168.7.7"), "udp", 53, 30053, 53, false,
                List.of(new Endpoint("10.70.4.9", 5353))),
                new ServicePort("pod/media/jelly::8096/tcp", List.of(), "tcp", 8096, 8096, 0, false, List.of(new Endpoint("10.70.4.9", 80))),
                port("a/nobody:/TCP", "10.70.5.5", 30090, 0, false));
        for (var some : List.of(ports, List.<ServicePort>of())) {
            try {
                Nftables.OF_THE_MACHINE.replace("oikos_rules_test", new ServiceRules(PLAN, some).text());
                var shown = Nftables.OF_THE_MACHINE.show("oikos_rules_test");
                assertEquals(some.isEmpty(), !shown.contains("10.70.5.1 . tcp . 80"), shown);
                assertFalse(shown.contains("10.70.5.5 . tcp"), "a Service without endpoints leads nowhere");
            } finally {
                Nftables.OF_THE_MACHINE.delete("oikos_rules_test");
            }
        }
    }

    @Test
    void theSameServicesGiveTheSameText() {
        var ports = List.of(port("a/one:web/TCP", "10.70.5.1", 30080, 0, false, "10.70.4.2", "10.70.4.3"));
        assertEquals(new ServiceRules(PLAN, ports).text(), new ServiceRules(PLAN, List.copyOf(ports)).text());
    }

    @Test
    void aPortOfTheMachineBelongsToTheFirstWhoAsksForIt() {
        var text = new ServiceRules(PLAN, List.of(port("a/one:/TCP", "10.70.5.1", 30080, 0, false, "10.70.4.2"),
                port("b/two:/TCP", "10.70.5.2", 30080, 0, false, "10.70.4.3"))).text();
        assertEquals(2, text.split("tcp . 30080", -1).length - 1, "once for the machine, once for its loopback: " + text);
    }

    @Test
    void onTheLoopbackOnlyNodePortsAnswer() {
        var text = new ServiceRules(PLAN, List.of(port("a/one:/TCP", "10.70.5.1", 30080, 80, false, "10.70.4.2"))).text();
        var loopback = text.lines().filter(line -> line.contains("map loopback")).findFirst().orElseThrow();
        assertTrue(loopback.contains("tcp . 30080") && !loopback.contains("tcp . 80 "), loopback);
    }

    @Test
    void theLinkOfAPodIsFoundByItsRoute() {
        var routes = List.of("Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT",
                "eth0\t0004460A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0", "veth12\t0204460A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0",
                "veth34\t0304460A\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0");
        assertEquals(List.of("veth12"), PodLinks.links(routes, Set.of("10.70.4.2")));
    }

    @Test
    void servicesWithSimilarNamesHaveChainsOfTheirOwn() {
        var names = Set.of(ServiceRules.chain(port("a/b-c:/TCP", "1.1.1.1", 0, 0, false)), ServiceRules.chain(port("a-b/c:/TCP", "1.1.1.1",
                0, 0, false)));
        assertEquals(2, names.size(), names.toString());
    }

    @Test
    void onlyReadyEndpointsOfThePortOfThatNameAreUsed() {
        var service = Json.parse("""
                {"metadata":{"namespace":"a","name":"one"},"spec":{"clusterIP":"10.70.5.1","sessionAffinity":"ClientIP",
                 "ports":[{"name":"web","port":80,"nodePort":30080,"protocol":"TCP"}]}}""");
        var slice = Json.parse("""
                {"addressType":"IPv4","ports":[{"name":"web","port":8080},{"name":"other","port":9}],"endpoints":[
                 {"addresses":["10.70.4.3"],"conditions":{"ready":true}},{"addresses":["10.70.4.2"]},
                 {"addresses":["10.70.4.9"],"conditions":{"ready":false}}]}""");
        var port = ServicePort.of(service, List.of(slice), Set.of()).getFirst();
        assertEquals(List.of(new Endpoint("10.70.4.2", 8080), new Endpoint("10.70.4.3", 8080)), port.endpoints());
        assertTrue(port.sticky());
        assertEquals(0, port.hostPort());
    }

    @Test
    void aLoadBalancerTakesNoPortThatSomebodyListensOn() {
        var service = Json.parse("""
                {"metadata":{"namespace":"a","name":"one"},"spec":{"clusterIP":"10.70.5.1","type":"LoadBalancer",
                 "ports":[{"name":"a","port":22},{"name":"b","port":8022}]}}""");
        var ports = ServicePort.of(service, List.of(), Set.of(22));
        assertEquals(List.of(0, 8022), ports.stream().map(ServicePort::hostPort).toList());
        assertEquals(List.of(), ServicePort.of(service.object().withAt("None", "spec", "clusterIP"), List.of(), Set.of()));
    }

    @Test
    void listeningPortsAreReadFromTheKernelWithoutThoseOfTheLoopback() {
        var lines = List.of("  sl  local_address rem_address   st", "   0: 00000000:0016 00000000:0000 0A 0",
                "   1: 0100007F:1538 00000000:0000 0A 0",
                "   2: 0101A8C0:01BB 0201A8C0:D431 01 0",
                "   3: 00000000000000000000000000000000:192B 00000000000000000000000000000000:0000 0A");
        assertEquals(Set.of(22, 0x192B), ListeningPorts.parse(lines));
    }

    private static ServicePort port(String name, String ip, int nodePort, int hostPort, boolean sticky, String... endpoints) {
        return new ServicePort(name, List.of(ip), "tcp", 80, nodePort, hostPort, sticky,
                List.of(endpoints).stream().map(each -> new Endpoint(each, 8080)).toList());
    }
}
