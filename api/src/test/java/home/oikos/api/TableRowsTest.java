package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableRowsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Json row(String apiVersion, String plural, String members) {
        var resource = Catalog.builtIn().resource(GroupVersion.parse(apiVersion), plural).orElseThrow();
        var object = JsonObject.of("metadata", JsonObject.of("name", "x", "creationTimestamp", "2025-12-31T23:55:00Z"))
                .withAll(Json.parse(members.replace('\'', '"')).object());
        return TableRows.cells(resource, object, NOW);
    }

    private static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    @Test
    void everyBuiltInKindHasACellForEachOfItsColumns() {
        var trees = new RandomTrees(new Random(3));
        for (var groupVersion : Catalog.builtIn().groupVersions()) {
            for (var resource : Catalog.builtIn().resources(groupVersion)) {
                if (resource.columns().isEmpty()) continue;
                assertEquals(resource.columns().size(), TableRows.cells(resource, trees.tree(resource.schema()), NOW).size(),
                        resource.toString());
                assertEquals(resource.columns().size(), TableRows.cells(resource, Zeros.object(resource.schema()), NOW).size(),
                        resource.toString());
            }
        }
    }

    @Test
    void aPodShowsWhatMattersMost() {
        assertEquals(json("['x','1/1','Running','0','5m','10.0.0.2','n','<none>','<none>']"), row("v1", "pods",
                "{'spec':{'nodeName':'n','containers':[{'name':'c'}]},"
                + "'status':{'phase':'Running','podIPs':[{'ip':'10.0.0.2'}],'containerStatuses':[{'name':'c','ready':true,'state':{'running':{}}}]}}"));
        assertEquals("CrashLoopBackOff", row("v1", "pods",
                "{'spec':{'containers':[{'name':'c'}]},'status':{'phase':'Running','containerStatuses':"
                + "[{'name':'c','ready':false,'restartCount':3,'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}}").at(2).text(""));
        assertEquals("3 (100s ago)", row("v1", "pods", "{'status':{'containerStatuses':[{'name':'c','restartCount':3,"
                + "'lastState':{'terminated':{'finishedAt':'2025-12-31T23:58:20Z'}}}]}}").at(3).text(""));
        assertEquals("Init:0/1", row("v1", "pods",
                "{'spec':{'initContainers':[{'name':'i'}],'containers':[{'name':'c'}]},'status':{'phase':'Pending',"
                + "'initContainerStatuses':[{'name':'i','state':{'running':{}}}]}}").at(2).text(""));
        assertEquals("Terminating", row("v1", "pods",
                "{'metadata':{'deletionTimestamp':'2025-12-31T23:58:20Z'},'status':{'phase':'Running'}}").at(2).text(""));
    }

    @Test
    void workloadsServicesAndVolumesAsKubectlShowsThem() {
        assertEquals(json("['x','0/3',0,0,'5m','c,c2','i,j','app=d']"), row("apps/v1", "deployments",
                "{'spec':{'replicas':3,'selector':{'matchLabels':{'app':'d'}},"
                + "'template':{'spec':{'containers':[{'name':'c','image':'i'},{'name':'c2','image':'j'}]}}}}"));
        assertEquals(json("['x','ClusterIP','None','<none>','80/TCP,53/UDP','5m','a=b,b=c']"), row("v1", "services",
                "{'spec':{'type':'ClusterIP','clusterIPs':['None'],"
                + "'selector':{'b':'c','a':'b'},'ports':[{'port':80,'protocol':'TCP'},{'port':53,'protocol':'UDP'}]}}"));
        assertEquals(json("['x','ExternalName','<none>','x.example.com','<none>','5m','<none>']"),
                row("v1", "services", "{'spec':{'type':'ExternalName','externalName':'x.example.com'}}"));
        assertEquals(json("['x','Pending','nopv','0','','','<unset>','5m','Filesystem']"), row("v1", "persistentvolumeclaims",
                "{'spec':{'volumeName':'nopv','volumeMode':'Filesystem','storageClassName':''},'status':{'phase':'Pending'}}"));
        assertEquals(json("['x','0 0 1 1 *','<none>','True',0,'<none>','5m','c','i','<none>']"), row("batch/v1", "cronjobs",
                "{'spec':{'schedule':'0 0 1 1 *','suspend':true,'jobTemplate':{'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i'}]}}}}}}"));
        assertEquals(json("['x','k','a.example.com,b.example.com','','80, 443','5m']"), row("networking.k8s.io/v1", "ingresses",
                "{'spec':{'ingressClassName':'k','tls':[{}],'rules':[{'host':'a.example.com'},{'host':'b.example.com'}]}}"));
    }

    @Test
    void simpleKindsAreDrivenByTheirPaths() {
        assertEquals(json("['x','Active','5m']"), row("v1", "namespaces", "{'status':{'phase':'Active'}}"));
        assertEquals(json("['x',7,true,'5m','Never']"), row("scheduling.k8s.io/v1", "priorityclasses",
                "{'value':7,'globalDefault':true,'preemptionPolicy':'Never'}"));
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "119,119s", "120,2m", "605,10m", "250,4m10s", "10800,3h", "25000,6h56m", "90000,25h", "200000,2d7h", "800000,9d",
        "70000000,2y80d", "-5,<invalid>"})
    void agesGetCoarserTheLongerTheyAre(long seconds, String shown) {
        assertEquals(shown, Ages.human(Duration.ofSeconds(seconds)));
    }
}
