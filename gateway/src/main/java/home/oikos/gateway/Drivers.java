package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Command;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Driver;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// The drivers of a home, by the protocol they speak. Belongs to the gateway's thread.
final class Drivers implements AutoCloseable {
    private final Map<String, Driver> drivers = new TreeMap<>();

    Drivers(List<Driver> all) {
        all.forEach(driver -> drivers.put(driver.protocol(), driver));
    }

    /// @param listeners whom the driver of a protocol tells
    void start(Function<String, DeviceListener> listeners) {
        drivers.values().forEach(driver -> driver.start(listeners.apply(driver.protocol())));
    }

    /// Tells each driver the devices that speak its protocol.
    void serve(Collection<Thing> things) {
        for (var driver : drivers.values()) {
            var connections = new HashMap<ObjectKey, JsonObject>();
            things.stream().filter(thing -> thing.spec.protocol().equals(driver.protocol()))
                    .forEach(thing -> connections.put(thing.key, thing.spec.connection().at(driver.protocol()).object()));
            driver.serve(connections);
        }
    }

    /// @return why it could not leave; empty when it did
    String send(String protocol, Command command) {
        var driver = drivers.get(protocol);
        if (driver == null) return protocol.isEmpty() ? "it has no connection" : "there is no driver for " + protocol;
        try {
            driver.send(command);
            return "";
        } catch (IOException away) {
            return away.getMessage();
        }
    }

    @Override
    public void close() {
        drivers.values().forEach(Driver::close);
    }
}
