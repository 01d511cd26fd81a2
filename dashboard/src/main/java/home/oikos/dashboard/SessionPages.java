package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// The endpoints of login and sessions, in JSON.
final class SessionPages {
    static final String LOGIN = "/page/login";
    static final String SESSION = "/page/session";
    static final String SESSIONS = "/page/sessions";

    private static final int BODY_BYTES_MAX = 1_024;
    private static final String USED = "This link was used already or is too old. `oikos login` prints a new one.";

    private final LoginLinks links;
    private final Accounts accounts;
    private final Sessions sessions;
    private final SecondFactors factors;
    private final CodeCheck codes;
    private final Ending ending;
    private final PageFacts facts;
    private final Clock clock;

    /// What else ends with a session.
    @FunctionalInterface
    interface Ending {
        void ended(String session);
    }

    SessionPages(LoginLinks links, Accounts accounts, Sessions sessions, SecondFactors factors, CodeCheck codes, Ending ending, PageFacts facts,
            Clock clock) {
        this.links = links;
        this.accounts = accounts;
        this.sessions = sessions;
        this.factors = factors;
        this.codes = codes;
        this.ending = ending;
        this.facts = facts;
        this.clock = clock;
    }

    /// Answers one of the three paths, or one below the last. A session that owes a code may give it or end, and nothing else.
    void answer(Request request, Response response) throws IOException {
        var known = Cookie.of(request).flatMap(sessions::find);
        var session = known.filter(each -> !factors.asks(each));
        switch (request.method() + " " + request.path()) {
            case "POST " + LOGIN -> login(known, request, response);
            case "GET " + SESSION -> Answers.json(response, 200, session.map(this::own).orElseGet(() -> known.isEmpty() ? stranger()
                    : stranger().withAll(CodeCheck.NEEDED)));
            case "DELETE " + SESSION -> logout(known, response);
            case "GET " + SESSIONS -> list(session, response);
            default -> other(request, session, response);
        }
    }

    /// By a link, or for a session that owes a code by that alone.
    private void login(Optional<Session> known, Request request, Response response) throws IOException {
        var body = body(request);
        var code = body.at("code").text("").strip();
        if (body.at("link").isPresent()) enter(links.find(body.at("link").text("")), code, request, response);
        else if (known.isPresent()) prove(known.get(), code, response);
        else Answers.refuse(response, Reason.FORBIDDEN, USED);
    }

    private void enter(Optional<LoginLinks.Link> found, String code, Request request, Response response) {
        if (found.isEmpty()) {
            Answers.refuse(response, Reason.FORBIDDEN, USED);
            return;
        }
        var link = found.get();
        var factor = factors.look(link.role());
        if (factor.isEmpty()) open(link, Optional.empty(), request, response);
        else codes.ask(factor.get(), code, new CodeCheck.Beside(link.key(), () -> links.take(link)), response,
                proof -> open(link, Optional.of(proof), request, response));
    }

    private void open(LoginLinks.Link link, Optional<Proof> proof, Request request, Response response) {
        if (!links.take(link)) {
            Answers.refuse(response, Reason.FORBIDDEN, USED);
            return;
        }
        accounts.ensure();
        links.sweep();
        var opened = sessions.open(link.role(), request.header("User-Agent").orElse(""), proof);
        response.header("Set-Cookie", Cookie.set(opened.cookie(), Session.AGE_MAX));
        Answers.json(response, 201, own(opened.session()));
    }

    private void prove(Session session, String code, Response response) {
        var factor = factors.look(session.role()).filter(asked -> !session.hasProven(asked));
        if (factor.isEmpty()) Answers.json(response, 200, own(session));
        else codes.ask(factor.get(), code, beside(session), response, proof -> Answers.json(response, 200, own(sessions.prove(session, proof))));
    }

    /// A session as what a code is asked for beside.
    CodeCheck.Beside beside(Session session) {
        return new CodeCheck.Beside(Sessions.key(session.name()), () -> end(session.name()));
    }

    static Json body(Request request) throws IOException {
        try {
            return Json.parse(request.body(BODY_BYTES_MAX));
        } catch (JsonException | BodyTooLargeException nothing) {
            return JsonObject.EMPTY;
        }
    }

    private JsonObject own(Session session) {
        return stranger().with("session", session.shown(true));
    }

    /// What anybody may know: how to check the certificate, and the time here, since a tablet's clock may be wrong.
    private JsonObject stranger() {
        return JsonObject.of("homeName", facts.homeName(), "fingerprint", facts.certificate().get().text(),
                "time", clock.instant().toString());
    }

    private void logout(Optional<Session> session, Response response) {
        session.ifPresent(own -> end(own.name()));
        response.header("Set-Cookie", Cookie.cleared());
        Answers.done(response);
    }

    /// A viewer sees its own session only.
    private void list(Optional<Session> session, Response response) {
        if (session.isEmpty()) {
            Answers.refuse(response, Reason.UNAUTHORIZED, "nobody is logged in");
            return;
        }
        var own = session.get();
        var all = own.role() == Role.OWNER ? sessions.list() : List.of(own);
        Answers.json(response, 200, JsonObject.of("items", new JsonArray(all.stream()
                .map(each -> (Json) each.shown(each.name().equals(own.name()))).toList())));
    }

    private void other(Request request, Optional<Session> session, Response response) {
        if (!request.method().equals("DELETE") || !request.path().startsWith(SESSIONS + "/")) {
            Answers.refuse(response, Reason.METHOD_NOT_ALLOWED, request.method() + " is not understood here");
        } else if (session.filter(own -> own.role() == Role.OWNER).isEmpty()) {
            Answers.refuse(response, Reason.FORBIDDEN, "only the owner may end sessions of others");
        } else if (end(request.path().substring(SESSIONS.length() + 1))) {
            Answers.done(response);
        } else {
            Answers.refuse(response, Reason.NOT_FOUND, "there is no such session any more");
        }
    }

    /// What a session has open ends, and it goes on when it has given a code.
    void interrupt(Session session) {
        ending.ended(session.name());
    }

    private boolean end(String name) {
        boolean was = name.matches("session-[0-9a-f]{1,64}") && sessions.revoke(name);
        ending.ended(name);
        return was;
    }
}
