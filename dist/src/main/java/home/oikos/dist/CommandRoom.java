package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.apiserver.User;
import home.oikos.gateway.CommandApi;
import home.oikos.gateway.Gateway;
import home.oikos.gateway.ServedResource;
import java.util.List;
import java.util.Optional;

/// Commands of devices that need a code, as `gateway.oikos.home` serves them. It is served before the gateway is open, and says so.
final class CommandRoom {
    private volatile Optional<CommandApi> api = Optional.empty();

    void open(Gateway gateway) {
        api = Optional.of(gateway.commands(request -> request.attribute(User.class).name()));
    }

    List<ServedResource> resources() {
        return List.of(new ServedResource("devices", "command", "DeviceCommandResult", List.of(ServedResource.Verb.create),
                (request, response) -> open().command(request, response)));
    }

    private CommandApi open() {
        return api.orElseThrow(() -> new ApiException(Reason.SERVICE_UNAVAILABLE, "the home is still starting"));
    }
}
