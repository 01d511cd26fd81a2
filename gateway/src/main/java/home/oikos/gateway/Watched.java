package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelException;
import home.oikos.cel.CelPrograms;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a rule reads of devices: such a property is told soon.
///
/// @param expression a reaction's `when`; empty for a scaler
/// @param properties what a scaler names
record Watched(String namespace, String expression, List<World.Property> properties) {
    static Watched ofReaction(Json reaction) {
        return new Watched(ObjectKey.of(reaction).namespace(), reaction.at("spec", "when").text(""), List.of());
    }

    static Watched ofScaler(Json scaler) {
        var namespace = ObjectKey.of(scaler).namespace();
        return new Watched(namespace, "", scaler.at("spec", "triggers").array().stream().map(trigger -> trigger.at("telemetry"))
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
        if (expression.isEmpty()) return properties;
        try {
            return programs.compile(expression).references().devices().stream()
                    .map(read -> new World.Property(Names.device(namespace, read.device()), read.property())).toList();
        } catch (CelException wrong) {
            return List.of();
        }
    }
}
