package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.apiserver.User;
import home.oikos.client.ApiClient;
import home.oikos.controller.ControllerGroup;
import home.oikos.dice.DiceApi;
import home.oikos.dice.DiceControllers;
import home.oikos.dice.HomeRandom;
import home.oikos.gateway.ServedResource;
import home.oikos.gateway.ServedResource.Verb;
import home.oikos.http.Handler;
import java.util.List;
import java.util.Optional;

/// The home's dice: controllers of EntropySources and of generated Secrets, and what `gateway.oikos.home` serves of them. It is served before it is
/// open, and says so.
final class DiceRoom implements AutoCloseable {
    private final Parts parts = new Parts();
    private volatile Optional<DiceApi> api = Optional.empty();

    /// @param secretsIn the namespaces whose Secrets are filled; an empty name is all of them
    void open(ApiClient client, ControllerGroup.Surroundings surroundings, HomeRandom random, List<String> secretsIn) {
        var group = new ControllerGroup(client, surroundings);
        var dice = parts.add(DiceControllers.addTo(group, random, new DiceMachine(), secretsIn, request -> request.attribute(User.class).name()));
        parts.add(group);
        group.start();
        api = Optional.of(dice.api());
    }

    List<ServedResource> resources() {
        return List.of(resource("reading", "EntropySourceReading", (request, response) -> open().reading(request, response)),
                resource("samples", "EntropySourceSamples", (request, response) -> open().samples(request, response)),
                resource("random", "EntropySourceRandom", (request, response) -> open().random(request, response)));
    }

    private static ServedResource resource(String name, String kind, Handler handler) {
        return new ServedResource("entropysources", name, kind, List.of(Verb.get), handler);
    }

    private DiceApi open() {
        return api.orElseThrow(() -> new ApiException(Reason.SERVICE_UNAVAILABLE, "the home is still starting"));
    }

    @Override
    public void close() throws Exception {
        parts.close();
    }
}
