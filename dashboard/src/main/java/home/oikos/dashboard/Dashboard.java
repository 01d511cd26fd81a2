package home.oikos.dashboard;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// The page, its login and its sessions, as a filter in front of an API: the handler of this process, or [Forward] to another.
/// A request with the session's cookie goes on with that user's token. Everything else passes untouched. Safe for any thread.
///
/// | path | who answers |
/// |---|---|
/// | `/` for a browser, `/page/...`, `/ca.crt` | the dashboard |
/// | `/api`, `/apis`, `/version`, `/openapi` with cookie and without Authorization | the API, as the session's user |
/// | everything else | the API, as if the dashboard were not there |
public final class Dashboard implements Filter {
    private static final String PROXY =
            "the page does not open what containers and machines serve: use their Service's address, or kubectl proxy";

    private final StaticPages pages;
    private final SessionPages sessionPages;
    private final SecondFactorPages factorPages;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final Tokens tokens;
    private final OpenAnswers open = new OpenAnswers();

    /// @param client keeps sessions and asks for tokens and about codes: it may write Secrets, ServiceAccounts and their tokens and OneTimePasswords in
    ///        `oikos-system`, and cluster roles and their bindings
    /// @param random unpredictable and safe for many threads, such as a SecureRandom
    public Dashboard(ApiClient client, PageFacts facts, Clock clock, RandomGenerator random) {
        var own = client.fieldManager("oikos-dashboard");
        pages = new StaticPages(facts.authorityPem());
        sessions = new Sessions(own, clock, random);
        tokens = new Tokens(own, clock);
        factors = new SecondFactors(own, clock);
        var codes = new CodeCheck(factors, own, clock);
        sessionPages = new SessionPages(new LoginLinks(own, clock), new Accounts(own), sessions, factors, codes, this::ended, facts, clock);
        factorPages = new SecondFactorPages(factors, codes, sessions, sessionPages, facts.homeName(), clock);
    }

    /// Makes the ServiceAccounts that visitors act as, with their roles, where the page itself may not.
    /// @param installer may grant every right
    public static void makeAccounts(ApiClient installer) {
        new Accounts(installer.fieldManager("oikos-dashboard")).ensure();
    }

    private void ended(String session) {
        tokens.forget(session);
        open.end(session);
    }

    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        var path = request.path();
        if (path.equals("/") && isBrowser(request) || path.equals("/ca.crt") || path.startsWith(Assets.ROOT)) answer(request, response);
        else if (!ApiPaths.isApi(path) || request.header("Authorization").isPresent()) next.handle(request, response);
        else forward(request, response, next);
    }

    private static boolean isBrowser(Request request) {
        return request.headers("Accept").stream().anyMatch(line -> line.contains("text/html"));
    }

    private void answer(Request request, Response response) throws Exception {
        PageHeaders.onPage(response);
        if (isOfSessions(request.path())) sessionAnswer(request, response);
        else if (!request.method().equals("GET")) Answers.refuse(response, Reason.METHOD_NOT_ALLOWED, "this can only be read");
        else if (request.path().equals("/")) pages.page(request, response);
        else if (request.path().equals("/ca.crt")) pages.authority(response);
        else pages.file(request, response);
    }

    private static boolean isOfSessions(String path) {
        return path.equals(SessionPages.LOGIN) || path.startsWith(SessionPages.SESSION) || path.startsWith(SecondFactorPages.ROOT);
    }

    private void sessionAnswer(Request request, Response response) throws Exception {
        if (!Origins.mayPass(request)) {
            Answers.refuse(response, Reason.FORBIDDEN, "this request does not come from this home's page");
            return;
        }
        try {
            if (request.path().startsWith(SecondFactorPages.ROOT)) factorPages.answer(request, response);
            else sessionPages.answer(request, response);
        } catch (ApiException refused) {
            Answers.refuse(response, refused.reason(), refused.getMessage());
        }
    }

    private void forward(Request request, Response response, Handler next) throws Exception {
        var cookie = Cookie.of(request);
        if (cookie.isEmpty()) {
            next.handle(request, response);
            return;
        }
        PageHeaders.onObject(response);
        if (!Origins.mayPass(request)) {
            Answers.refuse(response, Reason.FORBIDDEN, "this request does not come from this home's page");
        } else if (ApiPaths.isRefused(request.path())) {
            Answers.refuse(response, Reason.FORBIDDEN, PROXY);
        } else {
            forward(cookie.get(), request, response, next);
        }
    }

    private void forward(String cookie, Request request, Response response, Handler next) throws Exception {
        var session = sessions.find(cookie);
        if (session.isEmpty()) {
            response.header("Set-Cookie", Cookie.cleared());
            Answers.refuse(response, Reason.UNAUTHORIZED, "this session has ended: `oikos login` prints a new link");
            return;
        }
        if (factors.asks(session.get())) {
            ended(session.get().name());
            Answers.refuse(response, Reason.UNAUTHORIZED, "this session has to give a code of the phone first");
            return;
        }
        next.handle(new UserRequest(request, tokens.of(session.get())), new UserResponse(response, open, session.get().name()));
    }
}
