package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Map;

/// A motor lock in the front door: `locked`, where its `bolt` is, and how many `openings` it counted. The bolt takes [#TRAVEL_SECONDS] from end to end;
/// unlocked and left alone it locks again by itself. Stuck, it is jammed: the motor hums and the bolt stays.
final class DoorLock extends Thing {
    private static final double TRAVEL_SECONDS = 0.5;
    private static final double LOCKS_AGAIN_SECONDS = 20;

    private boolean wantedLocked = true;
    /// 0 is drawn back, 1 is shut.
    private double bolt = 1;
    private double unlockedSeconds;
    private long openings;

    DoorLock(String name) {
        super(name);
    }

    @Override
    void advance(double seconds, House house) {
        if (has(Fault.STUCK)) return;
        unlockedSeconds = wantedLocked ? 0 : unlockedSeconds + seconds;
        if (unlockedSeconds >= LOCKS_AGAIN_SECONDS) wantedLocked = true;
        double travel = seconds / TRAVEL_SECONDS;
        bolt = Math.clamp(bolt + (wantedLocked ? travel : -travel), 0, 1);
    }

    @Override
    boolean isLively() {
        return super.isLively() || !wantedLocked || bolt != 1;
    }

    @Override
    Map<String, Json> state() {
        var place = has(Fault.STUCK) ? "Jammed" : bolt > 0 ? "Locked" : "Unlocked";
        return Map.of("locked", Json.of(bolt > 0), "bolt", Json.of(place), "openings", Json.of(openings));
    }

    @Override
    JsonObject memory() {
        return JsonObject.of("locked", wantedLocked, "openings", openings);
    }

    @Override
    void restore(JsonObject saved) {
        wantedLocked = saved.at("locked").bool(true);
        bolt = wantedLocked ? 1 : 0;
        openings = saved.at("openings").integer(0L);
    }

    @Override
    boolean settable(String property) {
        return property.equals("locked");
    }

    @Override
    void set(String property, Json value) {
        if (!settable(property)) throw unknown(property);
        boolean locked = bool(value, "locked");
        if (wantedLocked && !locked) openings++;
        wantedLocked = locked;
        unlockedSeconds = 0;
    }
}
