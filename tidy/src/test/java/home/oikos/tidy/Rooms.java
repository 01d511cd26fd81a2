package home.oikos.tidy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Which room may import which: the directions of docs/ARCHITECTURE.md. What a room may know, it may know through another, too.
final class Rooms {
    private static final Map<String, Set<String>> DIRECT = new LinkedHashMap<>();

    static {
        room("base");
        room("api", "base");
        room("store", "base");
        room("http", "base");
        room("pki", "base");
        room("host", "base");
        room("cel", "api");
        room("client", "api");
        room("driver", "api");
        room("driver.mqtt", "driver");
        room("driver.onewire", "driver");
        room("driver.http", "driver", "http");
        room("driver.ddi", "driver", "http");
        room("controller", "client");
        room("workloads", "controller");
        room("home", "controller", "cel");
        room("firmware", "home", "http", "pki");
        room("brewery", "home");
        room("rollout", "home");
        room("broker", "controller", "host", "pki");
        room("node", "client", "host");
        room("cri", "node");
        room("apiserver", "api", "store", "http", "pki", "cel");
        room("gateway", "driver", "client", "controller", "http", "pki", "cel");
        room("dice", "controller", "http");
        room("otp", "controller", "http");
        room("dashboard", "client", "http", "pki");
        room("cli", "client");
        room("simulation", "api");
        room("dist", DIRECT.keySet().toArray(String[]::new));
        room("bench", "store", "gateway", "dice");
        room("e2e", DIRECT.keySet().toArray(String[]::new));
    }

    private Rooms() { }

    private static void room(String name, String... knows) {
        var all = new LinkedHashSet<String>(Arrays.asList(knows));
        for (var known : knows) all.addAll(DIRECT.get(known));
        DIRECT.put(name, all);
    }

    static boolean exists(String room) {
        return DIRECT.containsKey(room);
    }

    static boolean mayKnow(String room, String other) {
        return room.equals(other) || DIRECT.get(room).contains(other);
    }

    /// The room of a package or class below `home.oikos`: the longest that fits.
    static String of(String name) {
        var rest = name.substring("home.oikos.".length());
        return DIRECT.keySet().stream().filter(room -> rest.equals(room) || rest.startsWith(room + ".")).max(java.util.Comparator.comparingInt(String::length))
                .orElse(rest);
    }
}
