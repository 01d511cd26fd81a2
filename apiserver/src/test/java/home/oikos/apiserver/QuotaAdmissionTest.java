package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotaAdmissionTest {
    private static final String QUOTAS = "/api/v1/namespaces/default/resourcequotas";
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private Api api;

    @BeforeEach
    void open() throws Exception {
        api = Api.withDefaultAccount();
    }

    @AfterEach
    void close() throws Exception {
        api.close();
    }

    /// As the quota controller does at first.
    private void quota(String hard, String used) throws Exception {
        api.post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':" + hard + "}}");
        api.merge(QUOTAS + "/q/status", "{'status':{'hard':" + hard + ",'used':" + used + "}}");
    }

    private String used(String name) throws Exception {
        return api.get(QUOTAS + "/q").at("status", "used", name).text("");
    }

    private String refused(String target, String body) throws Exception {
        return api.refused(403, "POST", target, "application/json", body).at("message").text("");
    }

    @Test
    void whatComesInIsChargedAndWhatExceedsIsRefused() throws Exception {
        quota("{'secrets':'1'}", "{'secrets':'0'}");
        api.post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'one'}}");
        assertEquals("1", used("secrets"));
        assertEquals("secrets \"two\" is forbidden: exceeded quota: q, requested: secrets=1, used: secrets=1, limited: secrets=1",
                refused("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'two'}}"));
    }

    @Test
    void aDryRunChargesNothing() throws Exception {
        quota("{'secrets':'1'}", "{'secrets':'0'}");
        api.post("/api/v1/namespaces/default/secrets?dryRun=All", "{'metadata':{'name':'one'}}");
        assertEquals("0", used("secrets"));
    }

    @Test
    void aContainerMustNameWhatIsCounted() throws Exception {
        quota("{'limits.memory':'1Gi'}", "{'limits.memory':'0'}");
        assertEquals("pods \"p\" is forbidden: failed quota: q: must specify limits.memory for: c",
                refused(PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'}]}}"));
    }

    @Test
    void aQuotaForBestEffortPodsLeavesOthersAlone() throws Exception {
        api.post(QUOTAS, "{'metadata':{'name':'q'},'spec':{'hard':{'pods':'0'},'scopes':['BestEffort']}}");
        api.merge(QUOTAS + "/q/status", "{'status':{'hard':{'pods':'0'},'used':{'pods':'0'}}}");
        api.post(PODS, "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x','resources':{'limits':{'cpu':'1'}}}]}}");
        refused(PODS, "{'metadata':{'name':'b'},'spec':{'containers':[{'name':'c','image':'x'}]}}");
    }

    @Test
    void manyWritersAtOnceNeverGetMoreThanTheQuota() throws Exception {
        quota("{'configmaps':'5'}", "{'configmaps':'0'}");
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = IntStream.range(0, 20).<Callable<Integer>>mapToObj(i -> () -> api.send("POST", Api.MAPS, "application/json",
                    "{'metadata':{'name':'m" + i + "'}}").status()).toList();
            int created = 0;
            for (var task : writers.invokeAll(tasks)) if (task.get() == 201) created++;
            assertEquals(5, created);
        }
        assertEquals("5", used("configmaps"));
        assertEquals(5, api.get(Api.MAPS).at("items").array().size());
    }
}
