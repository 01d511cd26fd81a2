package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentPlanTest {
    @Test
    void laterSourcesWin() throws Exception {
        var environment = plan("""
                {'containers':[{'name':'main','envFrom':[{'configMapRef':{'name':'settings'},'prefix':'S_'},{'secretRef':{'name':'login'}}],
                 'env':[{'name':'S_colour','value':'blue'},{'name':'AGAIN','value':'$(S_colour) $(password) $(UNKNOWN) $$(x)'}]}]}""");
        assertEquals("blue", environment.get("S_colour"));
        assertEquals("hunter2", environment.get("password"));
        assertEquals("blue hunter2 $(UNKNOWN) $(x)", environment.get("AGAIN"));
        assertEquals("10.70.5.1", environment.get("WEB_SERVICE_HOST"));
    }

    @Test
    void whatIsMissingIsNamedUnlessOptional() throws Exception {
        var key = "{'containers':[{'name':'main','env':[{'name':'A','valueFrom':{'configMapKeyRef':{'name':'%s','key':'%s'%s}}}]}]}";
        assertEquals("configmap \"gone\" not found", refusal(key.formatted("gone", "x", "")));
        assertEquals("couldn't find key x in ConfigMap home/settings", refusal(key.formatted("settings", "x", "")));
        assertEquals(false, plan(key.formatted("gone", "x", ",'optional':true")).containsKey("A"));
    }

    @Test
    void aPodTellsOfItself() throws Exception {
        var environment = plan("""
                {'nodeName':'n1','containers':[{'name':'main','resources':{'limits':{'memory':'64Mi'},'requests':{'cpu':'250m'}},'env':[
                 {'name':'NAME','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},{'name':'NODE',\
                 'valueFrom':{'fieldRef':{'fieldPath':'spec.nodeName'}}},
                 {'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}},
                 {'name':'CPU','valueFrom':{'resourceFieldRef':{'resource':'requests.cpu','divisor':'1m'}}},
                 {'name':'CORES','valueFrom':{'resourceFieldRef':{'resource':'limits.cpu'}}},
                 {'name':'MIB','valueFrom':{'resourceFieldRef':{'resource':'limits.memory','divisor':'1Mi'}}}]}]}""");
        assertEquals(List.of("web", "n1", "10.70.4.2", "250", "4", "64"),
                List.of("NAME", "NODE", "IP", "CPU", "CORES", "MIB").stream().map(environment::get).toList());
    }

    @Test
    void servicesAreToldInTheirNamespaceAndTheApiEverywhere() {
        var services = List.of(service("home", "my-web", "10.70.5.1", "http", 80), service("other", "far", "10.70.5.2", "", 81),
                service("default", "kubernetes", "10.70.5.3", "https", 443), service("home", "headless", "None", "", 82));
        var told = ServiceVariables.of("home", true, services);
        assertEquals("tcp://10.70.5.1:80", told.get("MY_WEB_PORT_80_TCP"));
        assertEquals("80", told.get("MY_WEB_SERVICE_PORT_HTTP"));
        assertEquals("443", told.get("KUBERNETES_SERVICE_PORT"));
        assertEquals(false, told.containsKey("FAR_SERVICE_HOST") || told.containsKey("HEADLESS_SERVICE_HOST"));
        assertEquals(List.of("10.70.5.3"), List.of(ServiceVariables.of("home", false, services).get("KUBERNETES_SERVICE_HOST")));
    }

    @Test
    void variablesAreExpandedAsInKubernetes() {
        var known = Map.of("A", "1", "B", "$(A)");
        assertEquals("1 $(A) $(C) $(A) $ $(A", VariableExpansion.expand("$(A) $(B) $(C) $$(A) $ $(A", known));
        assertEquals("$1", VariableExpansion.expand("$$$(A)", known));
    }

    private static Map<String, String> plan(String spec) throws ConfigurationException {
        var pod = PodViews.of(spec.replace("\n", "")).view().pod();
        var fields = new PodFields(pod, "10.70.4.2", "192.168.1.20", JsonObject.of("cpu", "4", "memory", "1Gi"));
        return new EnvironmentPlan(fields, new Sources(), Map.of("WEB_SERVICE_HOST", "10.70.5.1")).of(ContainerSpec.all(pod).getLast());
    }

    private static String refusal(String spec) {
        return assertThrows(ConfigurationException.class, () -> plan(spec)).getMessage();
    }

    private static Json service(String namespace, String name, String ip, String port, int number) {
        return Json.parse("{'metadata':{'namespace':'%s','name':'%s'},'spec':{'clusterIP':'%s','ports':[{'name':'%s','port':%d}]}}"
                .formatted(namespace, name, ip, port, number).replace('\'', '"'));
    }

    /// Two objects.
    static final class Sources implements PodSources {
        @Override
        public Optional<Json> configMap(ObjectKey key) {
            return key.toString().equals("home/settings") ? Optional.of(Json.parse("{\"data\":{\"colour\":\"green\",\"size\":\"5\"}}"))
                    : Optional.empty();
        }

        @Override
        public Optional<Json> secret(ObjectKey key) {
            return key.toString().equals("home/login") ? Optional.of(Json.parse("{\"data\":{\"password\":\"aHVudGVyMg==\"}}"))
                    : Optional.empty();
        }

        @Override
        public Optional<Json> claim(ObjectKey key) {
            return Optional.empty();
        }

        @Override
        public Optional<Json> volume(String name) {
            return Optional.empty();
        }

        @Override
        public Json token(ObjectKey account, JsonObject request) {
            return Json.parse("{\"status\":{\"token\":\"token of " + account + "\"}}");
        }
    }
}
