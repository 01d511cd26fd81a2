package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a Service of type LoadBalancer is told.
final class BalancerStatusTest {
    private static final String HOST = "192.0.2.1";
    private static final String ANSWERS = "\"loadBalancer\":{\"ingress\":[{\"ip\":\"192.0.2.1\",\"ipMode\":\"VIP\"}]}";
    private static final String WARNS = "{\"type\":\"PortFree\",\"status\":\"False\"}";

    private static Json service(String status) {
        return Json.parse("{\"metadata\":{\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},\"status\":{" + status + "}}");
    }

    private static Json change(String before, Integer... taken) {
        return BalancerStatus.change(service(before), HOST, List.of(taken)).orElseThrow();
    }

    private static boolean isContent(String before, Integer... taken) {
        return BalancerStatus.change(service(before), HOST, List.of(taken)).isEmpty();
    }

    @Test
    void freePortsGiveAnAddressAndNoCondition() {
        assertEquals("{" + ANSWERS + ",\"conditions\":null}", change("").toString());
        assertTrue(isContent(ANSWERS));
    }

    @Test
    void takenPortTakesTheAddressAwayAndSaysWhich() {
        var change = change(ANSWERS, 80);
        assertEquals("{\"ingress\":null}", change.at("loadBalancer").toString());
        assertEquals("port 80 of this machine is in use by another program", change.at("conditions").at(0).at("message").text(""));
        assertTrue(isContent("\"conditions\":[" + WARNS + "]", 80));
    }

    @Test
    void portThatIsFreeAgainLeavesOnlyTheConditionsOfOthers() {
        var other = "{\"type\":\"Announced\",\"status\":\"True\"}";
        assertEquals("[" + other + "]", change("\"conditions\":[" + other + "," + WARNS + "]").at("conditions").toString());
    }
}
