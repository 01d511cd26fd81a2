package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelException;
import home.oikos.cel.CelPrograms;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a rule reads of devices: such a property is told soon.
///
/// @param expressions a reaction's `when`, or what a rollout judges devices by
/// @param selves the devices that `self` stands for in them
/// @param properties what a scaler names
record Watched(String namespace, List<String> expressions, List<ObjectKey> selves, List<World.Property> properties) {
    static Watched ofReaction(Json reaction) {
        return new Watched(ObjectKey.of(reaction).namespace(), List.of(reaction.at("spec", "when").text("")), List.of(), List.of());
    }

    /// @param devices all there are
    static Watched ofRollout(RolloutSpec rollout, Collection<DeviceSpec> devices) {
        return new Watched(rollout.key().namespace(), rollout.expressions(), devices.stream().filter(rollout::isAbout).map(DeviceSpec::key).toList(),
                List.of());
    }

    static Watched ofScaler(Json scaler) {
        var namespace = ObjectKey.of(scaler).namespace();
        return new Watched(namespace, List.of(), List.of(), scaler.at("spec", "triggers").array().stream().map(trigger -> trigger.at("telemetry"))
                .filter(Json::isPresent)
                .map(telemetry -> new World.Property(Names.device(namespace, telemetry.at("deviceName").text("")), telemetry.at("property").text("")))
                .toList());
    }

    @SafeVarargs
    static Set<World.Property> all(CelPrograms programs, Collection<Watched>... rules) {
        var all = new HashSet<World.Property>();
        for (var some : rules) some.forEach(rule -> all.addAll(rule.reads(programs)));
        return all;
    }

    private Collection<World.Property> reads(CelPrograms programs) {
        var all = new HashSet<>(properties);
        expressions.forEach(expression -> all.addAll(reads(programs, expression)));
        return all;
    }

    private Collection<World.Property> reads(CelPrograms programs, String expression) {
        try {
            var references = programs.compile(expression).references();
            var named = references.devices().stream().map(read -> new World.Property(Names.device(namespace, read.device()), read.property()));
            var own = selves.stream().flatMap(self -> references.self().stream().map(property -> new World.Property(self, property)));
            return Stream.concat(named, own).toList();
        } catch (CelException wrong) {
            return List.of();
        }
    }
}
