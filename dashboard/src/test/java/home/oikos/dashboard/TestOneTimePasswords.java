package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.apiserver.LocalApi;
import home.oikos.apiserver.User;
import home.oikos.client.ApiClient;
import home.oikos.controller.ControllerGroup;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.otp.OneTimePasswordApi;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The real verification of one-time passwords, served as the gateway serves it, before what else a test has it serve.
final class TestOneTimePasswords implements LocalApi {
    private final Optional<LocalApi> others;
    private OneTimePasswordApi api;

    TestOneTimePasswords(Optional<LocalApi> others) {
        this.others = others;
    }

    void open(ApiClient client, Clock clock, SecureRandom random) {
        var surroundings = new ControllerGroup.Surroundings(clock, Thread::sleep, random, (_, _, broken) -> broken.printStackTrace());
        var events = new ControllerGroup(client, surroundings).events("oikos-otp");
        api = new OneTimePasswordApi(client, events, random, clock, request -> request.attribute(User.class).name());
    }

    @Override
    public String group() {
        return "gateway.oikos.home";
    }

    @Override
    public String version() {
        return "v1alpha1";
    }

    @Override
    public JsonObject resources() {
        var all = new ArrayList<Json>(List.of(resource("verify"), resource("enrolment")));
        others.ifPresent(each -> each.resources().at("resources").array().forEach(all::add));
        return JsonObject.of("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", group() + "/" + version(), "resources", new JsonArray(all));
    }

    private static JsonObject resource(String name) {
        return JsonObject.of("name", "onetimepasswords/" + name, "singularName", "", "namespaced", true, "kind", "OneTimePassword", "verbs", List.of("create"));
    }

    @Override
    public Handler handler() {
        return (request, response) -> {
            var parts = request.path().split("/");
            if (parts[6].equals("onetimepasswords")) answer(new ObjectKey(parts[5], parts[7]), parts[8], request, response);
            else others.orElseThrow().handler().handle(request, response);
        };
    }

    private void answer(ObjectKey key, String subresource, Request request, Response response) throws IOException {
        request.attribute(ObjectKey.class, key);
        try {
            if (subresource.equals("verify")) api.verify(request, response);
            else api.enrol(request, response);
        } catch (IllegalArgumentException wrong) {
            response.send(400, "application/json", JsonObject.of("kind", "Status", "status", "Failure", "message", wrong.getMessage(), "reason",
                    "BadRequest", "code", 400).bytes());
        }
    }
}
