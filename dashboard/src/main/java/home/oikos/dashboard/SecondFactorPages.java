package home.oikos.dashboard;

import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/// The endpoints by which an owner has codes asked for at the own login, in JSON: how it stands, a secret for the phone, its first code, and no more of it.
/// To change what asks already takes a code, of the phone or on paper, given now or in the last ten minutes.
final class SecondFactorPages {
    static final String ROOT = "/page/second-factor";
    static final String ENROLMENT = ROOT + "/enrolment";
    static final String CONFIRMATION = ROOT + "/confirmation";
    static final String REVOCATION = ROOT + "/revocation";

    private final SecondFactors factors;
    private final CodeCheck codes;
    private final Sessions sessions;
    private final SessionPages pages;
    private final String homeName;
    private final Clock clock;

    SecondFactorPages(SecondFactors factors, CodeCheck codes, Sessions sessions, SessionPages pages, String homeName, Clock clock) {
        this.factors = factors;
        this.codes = codes;
        this.sessions = sessions;
        this.pages = pages;
        this.homeName = homeName;
        this.clock = clock;
    }

    void answer(Request request, Response response) throws IOException {
        var session = Cookie.of(request).flatMap(sessions::find).filter(each -> !factors.asks(each));
        if (session.isEmpty()) Answers.refuse(response, Reason.UNAUTHORIZED, "nobody is logged in");
        else if (session.get().role() != Role.OWNER) Answers.refuse(response, Reason.FORBIDDEN, "only the owner may change what the login asks for");
        else answer(session.get(), request, response);
    }

    private void answer(Session session, Request request, Response response) throws IOException {
        var role = session.role();
        switch (request.method() + " " + request.path()) {
            case "GET " + ROOT -> Answers.json(response, 200, state(factors.of(role)));
            case "POST " + ENROLMENT -> change(session, request, response, () -> Answers.json(response, 201, factors.enrol(role, homeName)));
            case "POST " + CONFIRMATION -> confirm(session, code(request), response);
            case "POST " + REVOCATION -> change(session, request, response, () -> {
                factors.revoke(role);
                Answers.json(response, 200, state(factors.of(role)));
            });
            default -> Answers.refuse(response, Reason.METHOD_NOT_ALLOWED, request.method() + " is not understood here");
        }
    }

    private JsonObject state(Optional<SecondFactor> factor) {
        var bound = factor.filter(each -> !each.revoked());
        return JsonObject.of("served", factors.areServed(), "enrolled", bound.filter(SecondFactor::asks).isPresent(),
                "waits", bound.filter(SecondFactor::waits).isPresent(), "enrolledTime", bound.map(SecondFactor::enrolledTime).orElse(""),
                "locked", bound.filter(SecondFactor::locked).isPresent(),
                "recoveryCodesLeft", bound.map(SecondFactor::recoveryCodesLeft).orElse(0));
    }

    private static String code(Request request) throws IOException {
        return SessionPages.body(request).at("code").text("").strip();
    }

    private void change(Session session, Request request, Response response, Runnable allowed) throws IOException {
        var code = code(request);
        var asked = factors.look(session.role());
        boolean free = asked.isEmpty() || session.proof().filter(proof -> session.hasProven(asked.get()) && proof.isFresh(clock.instant())).isPresent();
        if (free) allowed.run();
        else codes.ask(asked.get(), code, pages.beside(session), response, proof -> {
            sessions.prove(session, proof);
            allowed.run();
        });
    }

    /// By a code of the phone: one on paper proves nothing about it. The session that has shown it owes none; the others of this account do from now on.
    private void confirm(Session session, String code, Response response) {
        var waiting = factors.of(session.role()).filter(SecondFactor::waits);
        if (waiting.isEmpty()) {
            Answers.refuse(response, Reason.CONFLICT, "There is no phone that waits for its first code.");
            return;
        }
        if (!code.matches("[0-9]{6,8}")) {
            Answers.refuse(response, Reason.BAD_REQUEST, "Expected the digits that the phone shows now.");
            return;
        }
        var verdict = factors.verify(waiting.get(), code);
        if (!verdict.accepted()) {
            Answers.refuse(response, Reason.FORBIDDEN, verdict.words());
            return;
        }
        sessions.prove(session, new Proof(waiting.get().uid(), false, clock.instant()));
        factors.look(session.role());
        sessions.list().stream().filter(factors::asks).forEach(pages::interrupt);
        Answers.json(response, 200, state(factors.of(session.role())));
    }
}
