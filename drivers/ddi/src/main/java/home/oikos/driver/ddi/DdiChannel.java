package home.oikos.driver.ddi;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.FirmwareChannel;
import home.oikos.driver.FirmwareListener;
import home.oikos.driver.FirmwareOffer;
import home.oikos.driver.FirmwareTarget;
import home.oikos.driver.Refusals;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// hawkBit's device API as a filter before another handler: what is meant for it is answered here, everything else passes untouched. Without a
/// listener (before it starts, after it is closed) devices are asked to come again; it may be started again then. Safe for any thread.
public final class DdiChannel implements FirmwareChannel, Filter {
    /// A write takes milliseconds; when the disk is full or the API away, the device comes again.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Clock clock;
    private final Duration patience;
    private final Door door = new Door();
    private final Map<ObjectKey, Session> sessions = new ConcurrentHashMap<>();
    private volatile Map<ObjectKey, FirmwareTarget> targets = Map.of();
    private volatile Counter counter;

    public DdiChannel(Clock clock) {
        this(clock, PATIENCE);
    }

    DdiChannel(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "Ddi";
    }

    @Override
    public void start(FirmwareListener listener) {
        counter = new Counter(new Telling(listener, new Refusals(listener::refused, clock), patience));
    }

    @Override
    public void serve(Map<ObjectKey, FirmwareTarget> all) {
        var before = targets;
        sessions.keySet().retainAll(all.keySet());
        all.forEach((device, target) -> ended(before.get(device), target, session(device)));
        targets = Map.copyOf(all);
    }

    /// What is told no more is over, and what runs then is asked for, unless it is known.
    private static void ended(FirmwareTarget before, FirmwareTarget now, Session session) {
        if (before == null || before.offer().isEmpty()) return;
        var offer = before.offer().get();
        if (now.offer().map(FirmwareOffer::actionId).filter(id -> id == offer.actionId()).isPresent()) return;
        if (now.installed().map(FirmwareOffer::actionId).filter(id -> id == offer.actionId()).isEmpty()) session.isOverWith(offer.actionId());
    }

    private Session session(ObjectKey device) {
        return sessions.computeIfAbsent(device, _ -> new Session(clock.millis()));
    }

    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        var place = Place.of(request.path());
        if (place.isEmpty()) {
            next.handle(request, response);
            return;
        }
        try {
            answer(place.get(), request, response);
        } catch (Refusal refusal) {
            refuse(response, refusal);
        }
    }

    private void answer(Place place, Request request, Response response) throws Exception {
        var open = counter;
        if (open == null) throw new Refusal(503, "this home is not ready for devices yet; come again");
        var device = place.device();
        var target = targets.get(device);
        door.open(request, device, target, clock.millis());
        var session = session(device);
        if (!session.mayAsk(clock.millis())) throw new Refusal(429, "expected at most %d requests a second".formatted(Session.REQUESTS_PER_SECOND));
        var root = "https://" + Door.host(request) + place.path();
        var caller = new Caller(device, target, session, root);
        if (session.isNewsThatItIsHere(clock.millis())) open.here(caller);
        open.answer(caller, place.rest(), request, response);
    }

    private static void refuse(Response response, Refusal refusal) {
        if (refusal.isPassing()) response.header("Retry-After", "5");
        response.send(refusal.status(), "application/json", JsonObject.of("message", refusal.getMessage()).bytes());
    }

    @Override
    public void close() {
        counter = null;
    }
}
