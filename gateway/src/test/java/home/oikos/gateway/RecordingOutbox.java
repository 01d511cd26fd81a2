package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Command;
import home.oikos.driver.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Keeps what the house wanted done.
final class RecordingOutbox implements Outbox {
    final List<Command> commands = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<String> samples = new ArrayList<>();
    String down = "";

    @Override
    public String send(String protocol, Command command) {
        if (down.isEmpty()) commands.add(command);
        return down;
    }

    @Override
    public void sample(ObjectKey device, PropertyModel property, Value value, Instant now) {
        samples.add(device.name() + "." + property.name() + "=" + value);
    }

    @Override
    public void tell(Subject about, boolean warning, String reason, String message) {
        told.add(about.key().name() + " " + reason + ": " + message);
    }

    /// The commands since the last call, as `device.property=value`.
    List<String> takeCommands() {
        var taken = commands.stream().map(command -> command.device().name() + "." + command.property() + "=" + command.value()).toList();
        commands.clear();
        return taken;
    }
}
