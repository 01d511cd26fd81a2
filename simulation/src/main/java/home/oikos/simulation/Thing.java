package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One simulated device: what it is, what it says it is, what is wrong with it. Its house calls it from one thread.
public abstract class Thing {
    private final String name;
    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    /// What a lying thing claims, by property.
    private final Map<String, Json> claims = new LinkedHashMap<>();
    private Optional<Board> board = Optional.empty();

    protected Thing(String name) {
        this.name = name;
    }

    public final String name() {
        return name;
    }

    /// Gives it a computer whose software can be exchanged.
    final void carry(Board computer) {
        board = Optional.of(computer);
    }

    final Optional<Board> board() {
        return board;
    }

    final boolean behaves(String behaviour) {
        return board.filter(computer -> computer.behaves(behaviour)).isPresent();
    }

    /// Takes an image and restarts.
    final void write(int action, Board.Software image) {
        board.orElseThrow().write(action, image);
        restarts();
    }

    /// What a restart breaks off.
    void restarts() { }

    /// Lets so many seconds of house time pass.
    final void pass(double seconds, House house) {
        board.ifPresent(computer -> computer.advance(seconds, has(Fault.BRICKS), has(Fault.REVERTS)));
        advance(seconds, house);
    }

    /// Moves its physics by so many seconds of house time.
    abstract void advance(double seconds, House house);

    /// Whether it moves within seconds just now.
    boolean isLively() {
        return !faults.isEmpty() || board.filter(computer -> !computer.isUp()).isPresent();
    }

    /// The true values of its properties.
    abstract Map<String, Json> state();

    /// Makes a property so, as far as the thing can do it.
    /// @throws IllegalArgumentException when it has no such property or cannot have the value; the message says which
    abstract void set(String property, Json value);

    /// Takes up the physical state written by [#state] and [#memory] before a restart.
    void restore(JsonObject saved) {
        saved.members().forEach((property, value) -> {
            if (settable(property)) set(property, value);
        });
    }

    /// What must be remembered over a restart of the simulation: the values it was last set to, unless a thing knows more.
    JsonObject memory() {
        return JsonObject.copyOf(state());
    }

    final JsonObject remembered() {
        return board.map(computer -> memory().with("board", computer.memory())).orElseGet(this::memory);
    }

    final void recall(JsonObject saved) {
        board.ifPresent(computer -> computer.restore(saved.at("board").object()));
        restore(saved.without("board"));
    }

    /// Whether a command or a hand can change the property.
    abstract boolean settable(String property);

    /// A command from outside, through the air.
    public final void command(String property, Json value) {
        if (!reachable()) return;
        if (has(Fault.STUCK)) return;
        if (has(Fault.LIE)) claims.put(property, value);
        else set(property, value);
    }

    /// A hand on the thing itself: works whatever is wrong with its radio.
    public final void hand(String property, Json value) {
        if (!settable(property)) throw new IllegalArgumentException(name + " has no " + property + " to set by hand");
        set(property, value);
    }

    /// What it says of itself.
    public final Map<String, Json> says() {
        var said = new LinkedHashMap<>(state());
        if (has(Fault.LIE)) said.putAll(claims);
        return said;
    }

    public final boolean reachable() {
        return !has(Fault.DROP_OFF) && board.filter(computer -> !computer.isUp()).isEmpty();
    }

    public final boolean has(Fault fault) {
        return faults.contains(fault);
    }

    final Set<Fault> faults() {
        return Set.copyOf(faults);
    }

    public final void fault(Fault fault) {
        begins(fault);
        faults.add(fault);
    }

    /// What a fault does at once, beside being there.
    /// @throws IllegalArgumentException when this thing cannot have it now; the message says why
    void begins(Fault fault) { }

    /// What it does when its faults are taken away.
    void ends() { }

    /// How often it speaks whatever moves or does not, where that is oftener than others do.
    Optional<Duration> pulse() {
        return Optional.empty();
    }

    public final void mend() {
        faults.clear();
        claims.clear();
        board.ifPresent(Board::mend);
        ends();
    }

    static boolean bool(Json value, String what) {
        if (value instanceof home.oikos.api.JsonBoolean(var on)) return on;
        throw new IllegalArgumentException(what + " is true or false, not " + value);
    }

    static double number(Json value, double least, double most, String what) {
        double number = value.decimal(Double.NaN);
        if (number >= least && number <= most) return number;
        throw new IllegalArgumentException("%s is a number from %s to %s, not %s".formatted(what, least, most, value));
    }

    static Json rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Json.of(Math.round(value * scale) / scale);
    }

    final IllegalArgumentException unknown(String property) {
        return new IllegalArgumentException(name + " has no property " + property);
    }
}
