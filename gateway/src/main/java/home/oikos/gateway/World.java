package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelContext;
import home.oikos.cel.CelException;
import home.oikos.cel.DeviceValues;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All devices, as expressions see them. Belongs to [House] and its thread.
final class World {
    final Map<ObjectKey, Thing> things = new TreeMap<>();

    /// One property of one device.
    record Property(ObjectKey device, String name) { }

    /// The world as reported, with some properties supposed to have other values.
    CelContext reported(String namespace, Map<Property, Value> supposed, Instant now) {
        return CelContext.of(name -> new View(thing(namespace, name), supposed, false, now));
    }

    /// The world as it is wanted to be, with some wanted values supposed to be others; what is not wanted is as reported.
    CelContext wanted(String namespace, Map<Property, Value> supposed, Instant now) {
        return CelContext.of(name -> new View(thing(namespace, name), supposed, true, now));
    }

    private Thing thing(String namespace, String name) {
        return find(Names.device(namespace, name)).orElseThrow(() -> new CelException("there is no device " + name));
    }

    Optional<Thing> find(ObjectKey device) {
        return Optional.ofNullable(things.get(device));
    }

    private record View(Thing thing, Map<Property, Value> supposed, boolean wanted, Instant now) implements DeviceValues {
        @Override
        public Json reported(String property) {
            var value = supposed.get(new Property(thing.key, property));
            if (value != null) return value.json();
            if (wanted && thing.spec.desired().containsKey(property)) return thing.desired(property);
            thing.staleness(property, now).ifPresent(why -> {
                throw new CelException(why);
            });
            return thing.reported.get(property).value().json();
        }

        @Override
        public Json desired(String property) {
            var value = wanted ? supposed.get(new Property(thing.key, property)) : null;
            var desired = value != null ? value.json() : thing.desired(property);
            if (desired.isNull()) throw new CelException("nothing is wanted of " + property + " of " + thing.key.name());
            return desired;
        }

        @Override
        public Duration age(String property) {
            var said = thing.reported.get(property);
            if (said == null) throw new CelException(thing.key.name() + " never said " + property);
            return said.age(now);
        }

        @Override
        public boolean is(String condition) {
            return thing.conditionIs(condition, "True");
        }
    }
}
