package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.home.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Rollouts, the gateway and appliances of a home without an API: what is written down is JSON, what is asked are wishes, what is seen is [Appliance].
/// The gateway's part is played after the table of its own class FirmwareCourse.
final class Household {
    static final String MODEL = "washer";
    /// How long the gateway waits for a device that took an image up.
    static final Duration PATIENCE = Duration.ofSeconds(120);

    Instant now = Instant.parse("2026-01-02T17:00:00Z");
    final Map<String, Image> images = new TreeMap<>();
    final Map<String, Machine> machines = new TreeMap<>();
    final Map<String, JsonObject> rollouts = new TreeMap<>();
    /// Checks that are false of a device, as `check device`; `? check device` where nobody can say.
    final Set<String> complaints = new HashSet<>();
    final List<News> news = new ArrayList<>();
    /// Counts what changed of rollouts, wishes and updates.
    long changes;
    private final Map<String, Rollout> known = new HashMap<>();

    /// An appliance and what the gateway knows of it.
    final class Machine {
        final String name;
        final Map<String, String> labels = new HashMap<>();
        Wish wish = new Wish("", 0);
        boolean downgrade;
        Update update;
        boolean away;
        Instant heard = Instant.EPOCH;

        Machine(String name, String version) {
            this.name = name;
            this.update = new Update(Update.Phase.Idle, "NeverUpdated", "", new Wish("", 0), version, Optional.empty(), Instant.EPOCH);
        }

        void become(Update.Phase phase, String reason, Instant now) {
            var unconfirmed = reason.equals("NoReport") ? Optional.of(now) : update.unconfirmed();
            var next = new Update(phase, reason, reason.toLowerCase(Locale.ROOT), update.of(), update.version(), unconfirmed, now);
            if (!next.equals(update)) changes++;
            update = next;
        }

        void runs(String version) {
            update = new Update(update.phase(), update.reason(), update.message(), update.of(), version, Optional.empty(), update.changed());
            changes++;
        }

        boolean is(Update.Phase phase) {
            return update.phase() == phase;
        }
    }

    Household image(String name, String version) {
        images.put(name, new Image(new ObjectKey("home", name), MODEL, version));
        return this;
    }

    Machine machine(String name, String version, String... labels) {
        var machine = new Machine(name, version);
        for (var label : labels) machine.labels.put("kind", label);
        machines.put(name, machine);
        return machine;
    }

    /// A rollout as somebody writes it; the defaults of the schema apply.
    Household rollout(String name, JsonObject spec) {
        rollouts.put(name, JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", name, "uid", name, "generation", 1,
                "creationTimestamp", now.plusSeconds(rollouts.size()).toString()), "spec", spec));
        return this;
    }

    Household patch(String name, Object... namesAndValues) {
        change(name, object -> object.with("spec", object.at("spec").object().withAll(JsonObject.of(namesAndValues))));
        return this;
    }

    static JsonObject check(String name, int failureSeconds) {
        return JsonObject.of("name", name, "expression", name, "message", name + " is wrong", "failureSeconds", failureSeconds);
    }

    static JsonArray checks(JsonObject... checks) {
        return new JsonArray(List.of(checks));
    }

    Appliance appliance(Machine machine) {
        var key = new ObjectKey("home", machine.name);
        return new Appliance(key, machine.labels, MODEL, machine.wish, machine.update, machine.away, machine.heard,
                new Device(key, JsonObject.EMPTY, JsonObject.EMPTY, Json.NULL));
    }

    private Neighbourhood neighbourhood() {
        return new Neighbourhood(rollouts.keySet().stream().map(this::read).toList(), machines.values().stream().map(this::appliance).toList(),
                List.copyOf(images.values()));
    }

    private List<Sign> judge(List<Check> checks, Appliance about) {
        var signs = new ArrayList<Sign>();
        for (var check : checks) {
            if (complaints.contains(check.name() + " " + about.name())) signs.add(new Sign(check, false, check.complaint()));
            else if (complaints.contains("? " + check.name() + " " + about.name())) signs.add(new Sign(check, true, "nobody knows"));
        }
        return signs;
    }

    Rollout read(String name) {
        return known.computeIfAbsent(name, _ -> Rollout.read(rollouts.get(name)));
    }

    private void change(String name, UnaryOperator<JsonObject> change) {
        rollouts.computeIfPresent(name, (_, object) -> change.apply(object));
        known.remove(name);
        changes++;
    }

    Fleet fleet(String name) {
        return neighbourhood().fleet(read(name), this::judge, Optional.empty(), now);
    }

    /// One look of the reconciler: decides and writes down.
    /// @return what it is about to ask
    List<Order> decide(String name) {
        var rollout = read(name);
        var fleet = fleet(name);
        var next = RolloutPlan.next(rollout, fleet);
        news.addAll(News.between(rollout.state(), next, rollout.will().rollsBack()));
        var status = new Report(rollout, next, fleet, Optional.empty()).status();
        if (!status.equals(rollout.told())) change(name, object -> object.with("status", Json.parse(status.toString())));
        return Order.of(rollout, next, fleet);
    }

    void give(Order order) {
        var machine = machines.get(order.device().name());
        if (machine == null || !machine.wish.equals(order.device().wish())) return;
        changes++;
        switch (order) {
            case Order.Offer(_, var wish, var downgrade) -> {
                machine.wish = wish;
                machine.downgrade = downgrade;
            }
            case Order.Withdraw _ -> machine.wish = new Wish("", machine.wish.attempt());
        }
    }

    /// Looks of all rollouts, and the gateway's part, until nothing changes.
    Household settle() {
        for (int round = 0; round < 50; round++) {
            long before = changes;
            for (var name : List.copyOf(rollouts.keySet())) decide(name).forEach(this::give);
            gateway();
            if (changes == before) return this;
        }
        throw new AssertionError("the rollouts do not come to rest: " + rollouts);
    }

    Household passes(int seconds) {
        now = now.plusSeconds(seconds);
        return settle();
    }

    // The gateway.

    void gateway() {
        for (var machine : machines.values()) {
            if (machine.update.isTakenUp() && !now.isBefore(machine.update.changed().plus(PATIENCE))) machine.become(Update.Phase.Failed, "NoReport", now);
            for (int step = 0; step < 2; step++) toward(machine);
        }
    }

    private void toward(Machine machine) {
        var update = machine.update;
        boolean isFor = !machine.wish.isNothing() && machine.wish.equals(update.of());
        if (update.inWork() && !isFor) {
            if (update.phase() == Update.Phase.Offered) machine.become(Update.Phase.Idle, "Withdrawn", now);
            else if (!update.reason().equals("Canceling") && !update.reason().equals("WouldNotStop")) machine.become(update.phase(), "Canceling", now);
        } else if (update.phase() == Update.Phase.Offered) {
            reconsider(machine);
        } else if (!update.inWork() && !isFor && !machine.wish.isNothing()) {
            begin(machine);
        }
    }

    private void reconsider(Machine machine) {
        var image = images.get(machine.wish.firmwareName());
        if (image != null && machine.update.runs(image.version())) machine.become(Update.Phase.Idle, "UpToDate", now);
        else machine.become(Update.Phase.Offered, refuses(machine) ? "NotReady" : "WaitsForDevice", machine.update.changed());
    }

    private void begin(Machine machine) {
        var image = images.get(machine.wish.firmwareName());
        machine.update = new Update(machine.update.phase(), "", "", machine.wish, machine.update.version(), machine.update.unconfirmed(), now);
        if (image != null && machine.update.runs(image.version())) machine.become(Update.Phase.Idle, "UpToDate", now);
        else if (image != null && image.version().compareTo(machine.update.version()) < 0 && !machine.downgrade) {
            machine.become(Update.Phase.Failed, "Refused", now);
        } else machine.become(Update.Phase.Offered, image == null || refuses(machine) ? "NotReady" : "WaitsForDevice", now);
    }

    /// Whether a budget of the home cannot spare it: the gateway's own look, at the last moment.
    boolean refuses(Machine machine) {
        var down = new HashSet<String>();
        var devices = new TreeMap<String, Appliance>();
        for (var other : machines.values()) {
            devices.put(other.name, appliance(other));
            boolean open = other.update.inWork() && !other.update.isHeldBack();
            if (other.away || open || appliance(other).isSilent()) down.add(other.name);
        }
        if (isCrowded(machine)) return true;
        var budgets = rollouts.keySet().stream().flatMap(each -> read(each).budgets().stream()).toList();
        return new Presence(devices, down, budgets).refusal(appliance(machine)).isPresent();
    }

    /// Whether as many of a rollout are under way as it lets.
    private boolean isCrowded(Machine machine) {
        return rollouts.keySet().stream().map(this::read).filter(rollout -> rollout.selector().matches(machine.labels)).anyMatch(rollout -> {
            long others = machines.values().stream().filter(other -> other != machine && rollout.selector().matches(other.labels)).filter(other ->
                    other.update.isTakenUp() || other.is(Update.Phase.Offered) && !other.update.isHeldBack() && !other.away).count();
            return others >= rollout.pace().maxUnavailable();
        });
    }

    // What machines do.

    boolean isOffered(String name) {
        var update = machines.get(name).update;
        return update.phase() == Update.Phase.Offered && !update.isHeldBack();
    }

    /// The machine takes up what it is offered, and comes back with it.
    Household installs(String name) {
        return takes(name).comesBackWith(name, images.get(machines.get(name).update.of().firmwareName()).version());
    }

    Household takes(String name) {
        if (!isOffered(name)) throw new AssertionError(name + " is offered nothing: " + machines.get(name).update);
        machines.get(name).become(Update.Phase.Downloading, "Working", now);
        return settle();
    }

    Household comesBackWith(String name, String version) {
        machines.get(name).runs(version);
        machines.get(name).become(Update.Phase.Idle, "Updated", now);
        return settle();
    }

    Household fails(String name, String reason) {
        machines.get(name).become(Update.Phase.Failed, reason, now);
        return settle();
    }

    String version(String name) {
        return machines.get(name).update.version();
    }

    // What rollouts say.

    String phase(String rollout) {
        return rollouts.get(rollout).at("status", "phase").text("");
    }

    String phase(String rollout, String device) {
        return rollouts.get(rollout).at("status", "devices").array().stream().filter(each -> each.at("name").text("").equals(device))
                .map(each -> each.at("phase").text("")).findFirst().orElse("");
    }

    String waitsFor(String rollout) {
        return rollouts.get(rollout).at("status", "waitingFor").text("");
    }
}
