package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.apiserver.User;
import home.oikos.client.ApiClient;
import home.oikos.controller.ControllerGroup;
import home.oikos.gateway.ServedResource;
import home.oikos.gateway.ServedResource.Verb;
import home.oikos.http.Handler;
import home.oikos.otp.OneTimePasswordApi;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// What `gateway.oikos.home` serves of OneTimePasswords. It is served before it is open, and says so.
final class OneTimeRoom {
    private volatile Optional<OneTimePasswordApi> api = Optional.empty();

    void open(ApiClient client, ControllerGroup.Surroundings surroundings, SecureRandom random) {
        // Nothing is watched: the group lends its story alone.
        var events = new ControllerGroup(client, surroundings).events("oikos-otp");
        api = Optional.of(new OneTimePasswordApi(client, events, random, surroundings.clock(), request -> request.attribute(User.class).name()));
    }

    List<ServedResource> resources() {
        return List.of(resource("verify", "OneTimePasswordVerification", (request, response) -> open().verify(request, response)),
                resource("enrolment", "OneTimePasswordEnrolment", (request, response) -> open().enrol(request, response)));
    }

    private static ServedResource resource(String name, String kind, Handler handler) {
        return new ServedResource("onetimepasswords", name, kind, List.of(Verb.create), handler);
    }

    private OneTimePasswordApi open() {
        return api.orElseThrow(() -> new ApiException(Reason.SERVICE_UNAVAILABLE, "the home is still starting"));
    }
}
