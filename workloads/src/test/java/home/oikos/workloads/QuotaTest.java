package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static Json pod(String spec, String phase) {
        return Json.parse("{\"spec\":" + spec + ",\"status\":{\"phase\":\"" + phase + "\"}}");
    }

    @Test
    void whatIsThereIsCountedByItsRequestsAndPodsThatEndedAreNot() {
        var quota = new Quota(Json.parse("{\"spec\":{\"hard\":{\"pods\":\"9\",\"requests.cpu\":\"2\",\"count/pods\":\"9\",\"secrets\":\"3\"}}}"));
        var running = pod("{\"containers\":[{\"resources\":{\"requests\":{\"cpu\":\"250m\"}}},{\"resources\":{\"requests\":{\"cpu\":\"1\"}}}],"
                + "\"initContainers\":[{\"resources\":{\"requests\":{\"cpu\":\"1500m\"}}}]}", "Running");
        var ended = pod("{\"containers\":[{\"resources\":{\"requests\":{\"cpu\":\"7\"}}}]}", "Succeeded");
        var status = quota.status(Map.of("pods", List.of(running, ended), "secrets", List.of(Json.parse("{}"))));
        assertEquals(Json.parse("{\"count/pods\":\"2\",\"pods\":\"1\",\"requests.cpu\":\"1500m\",\"secrets\":\"1\"}"), status.at("used"));
    }

    @Test
    void aScopeLeavesOutWhatItIsNotAbout() {
        var quota = new Quota(Json.parse("{\"spec\":{\"hard\":{\"pods\":\"9\"},\"scopes\":[\"BestEffort\"]}}"));
        var best = pod("{\"containers\":[{}]}", "Running");
        var other = pod("{\"containers\":[{\"resources\":{\"limits\":{\"memory\":\"1Gi\"}}}]}", "Running");
        assertEquals("1", quota.status(Map.of("pods", List.of(best, other))).at("used", "pods").text(""));
    }

    @Test
    void nothingIsUsedOfWhatNobodyMade() {
        var quota = new Quota(Json.parse("{\"spec\":{\"hard\":{\"services.nodeports\":\"0\"}}}"));
        assertEquals("0", quota.status(Map.of()).at("used", "services.nodeports").text(""));
    }
}
