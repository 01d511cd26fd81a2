package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.http.Handler;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import home.oikos.store.Durability;
import home.oikos.store.LogStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may ask for which durability.
class WriteClassTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String POD = "{'metadata':{'name':'a'},'spec':{'containers':[{'name':'c','image':'i'}]}}";

    private ClassifyingStore store;
    private ApiServer server;
    private LocalExchange exchange;

    @BeforeEach void open() throws IOException {
        store = new ClassifyingStore(LogStore.inMemory(Clock.systemUTC()));
        var options = ApiServerOptions.of(Clock.systemUTC(), new Random(1)).withFilters(List.of((request, response, next) -> {
            request.attribute(User.class, User.of("admin", "system:masters"));
            next.handle(request, response);
        })).withLocals(List.of(new Thermometers()));
        server = ApiServer.start(store, options);
        exchange = new LocalExchange(server.handler());
        send("POST", "/api/v1/namespaces/default/serviceaccounts", "application/json", "{'metadata':{'name':'default'}}");
        send("POST", PODS, "application/json", POD);
    }

    @AfterEach void close() throws Exception {
        server.close();
        store.close();
    }

    private LocalAnswer.Whole send(String method, String target, String type, String body) throws IOException {
        var answer = (LocalAnswer.Whole) exchange.call(LocalRequest.of(method, target).with("Content-Type", type)
                .withBody(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        assertTrue(answer.status() < 300, () -> new String(answer.body(), StandardCharsets.UTF_8));
        return answer;
    }

    private Durability written(String subresource, String query, String patch) throws IOException {
        send("PATCH", PODS + "/a" + subresource + query, "application/merge-patch+json", patch);
        return store.last();
    }

    @Test void aStatusIsAsDurableAsItsWriterAsks() throws IOException {
        assertEquals(Durability.DURABLE, written("/status", "", "{'status':{'message':'one'}}"));
        assertEquals(Durability.RELAXED, written("/status", "?durability=Relaxed", "{'status':{'message':'two'}}"));
        assertEquals(Durability.DURABLE, written("/status", "?durability=Volatile", "{'status':{'message':'three'}}"));
    }

    @Test void whatIsWantedIsDurableWhoeverAsks() throws IOException {
        assertEquals(Durability.DURABLE, written("", "?durability=Relaxed", "{'metadata':{'labels':{'a':'b'}}}"));
    }

    @Test void whatAnotherRoomMeasuresStandsBesideTheServersOwnMetrics() throws IOException {
        var text = new String(send("GET", "/metrics", "", "").body(), StandardCharsets.UTF_8);
        assertTrue(text.contains("\noikos_store_revision "), text);
        assertTrue(text.endsWith("\nthermometer 21.5\n"), text);
    }

    private record Thermometers() implements LocalApi {
        @Override public String group() {
            return "thermometers.test";
        }

        @Override public String version() {
            return "v1";
        }

        @Override public JsonObject resources() {
            return JsonObject.of("kind", "APIResourceList", "groupVersion", "thermometers.test/v1", "resources", List.of());
        }

        @Override public Handler handler() {
            return (_, response) -> response.send(200, "text/plain", new byte[0]);
        }

        @Override public String metrics() {
            return "thermometer 21.5\n";
        }
    }
}
