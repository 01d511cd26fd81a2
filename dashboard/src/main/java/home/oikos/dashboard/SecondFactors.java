package home.oikos.dashboard;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which OneTimePassword stands beside the link at the login of which account, kept and judged by the API. It has the account as `spec.subject` and lies in
/// the account's own namespace: whoever may write there governs the account anyway, and nobody else can bind one to it. Of several the oldest that asks
/// counts. Any thread may use it.
public final class SecondFactors {
    private static final Resource RESOURCE = Resource.namespaced("oikos.home/v1alpha1", "onetimepasswords", "OneTimePassword");
    private static final Resource SERVED = Resource.namespaced("gateway.oikos.home/v1alpha1", "onetimepasswords", "OneTimePassword");
    /// Those that ask first, then the oldest.
    private static final Comparator<Json> ORDER = Comparator.<Json, Boolean>comparing(object -> !SecondFactor.of(object).asks())
            .thenComparing(object -> object.at("metadata", "creationTimestamp").text("")).thenComparing(object -> object.at("metadata", "name").text(""));

    /// The CRD's `accountName` holds 64 characters.
    private static final int HOME_NAME_CHARACTERS_MAX = 50;

    private record Known(Optional<SecondFactor> factor, Instant read) { }

    private final ApiClient client;
    private final Clock clock;
    private final Map<Role, Known> known = new ConcurrentHashMap<>();

    /// @param client may read OneTimePasswords of `oikos-system`, and create and patch them and ask `verify` and `enrolment` for what needs it
    public SecondFactors(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /// What is bound to an account, asking or not.
    Optional<SecondFactor> of(Role role) {
        return bound(role.account()).map(SecondFactor::of);
    }

    private Optional<Json> bound(String account) {
        try {
            return client.list(RESOURCE, Accounts.NAMESPACE).stream().filter(object -> isSubject(object.at("spec", "subject"), account)).min(ORDER);
        } catch (ApiException unknown) {
            if (unknown.reason() != Reason.NOT_FOUND) throw unknown;
            return Optional.empty();                                    // a home that is being made knows no such kind yet
        }
    }

    private static boolean isSubject(Json subject, String account) {
        return subject.at("kind").text("").equals("ServiceAccount") && subject.at("name").text("").equals(account);
    }

    /// What an account's sessions have to have answered to; believed as long as a session is.
    Optional<SecondFactor> asked(Role role) {
        var before = known.get(role);
        if (before != null && clock.instant().isBefore(before.read.plus(Sessions.BELIEVED)) && !clock.instant().isBefore(before.read)) return before.factor;
        return look(role);
    }

    /// The same as it is now: nobody is let in by what was true a moment ago.
    Optional<SecondFactor> look(Role role) {
        var factor = of(role).filter(SecondFactor::asks);
        known.put(role, new Known(factor, clock.instant()));
        return factor;
    }

    /// Whether a session was let in before there was what it has to answer to.
    boolean asks(Session session) {
        return asked(session.role()).filter(factor -> !session.hasProven(factor)).isPresent();
    }

    /// The API judges, remembers, slows down and locks.
    CodeVerdict verify(SecondFactor factor, String code) {
        return CodeVerdict.of(client.post(SERVED, factor.key(), "verify", JsonObject.of("code", code)));
    }

    /// Whether there is who makes and judges codes: beside a Kubernetes of somebody else there is not.
    boolean areServed() {
        var answer = client.exchange(Call.of("GET", "/apis/" + SERVED.apiVersion()));
        return answer.isSuccess() && Json.parse(answer.body()).at("resources").array().stream()
                .anyMatch(each -> each.at("name").text("").equals(SERVED.plural() + "/enrolment"));
    }

    /// Makes a secret, shown in the answer and never again. What asked before asks on, for this one.
    Json enrol(Role role, String homeName) {
        var before = of(role);
        var key = before.map(SecondFactor::key).orElseGet(() -> bind(role.account(), homeName));
        var answer = client.post(SERVED, key, "enrolment", JsonObject.of("anew", before.filter(each -> each.shown() || each.revoked()).isPresent()));
        if (before.filter(SecondFactor::revoked).isPresent()) policy(key, "Active");
        known.remove(role);
        return answer;
    }

    void revoke(Role role) {
        of(role).ifPresent(factor -> policy(factor.key(), "Revoked"));
        known.remove(role);
    }

    private void policy(ObjectKey key, String policy) {
        client.patch(RESOURCE, key, Patch.merge("spec", JsonObject.of("policy", policy)));
    }

    /// The OneTimePassword of an account, made when there is none; it asks for nothing before somebody has enrolled.
    /// @param account `owner` or `viewer`
    /// @param homeName what the phone shows beside the account
    public ObjectKey bind(String account, String homeName) {
        var role = Role.of(account).orElseThrow(() -> new ApiException(Reason.BAD_REQUEST, "the page knows the accounts owner and viewer, not " + account));
        return find(account).orElseGet(() -> ObjectKey.of(client.create(RESOURCE, factor(role, homeName))));
    }

    /// Whether a link for an account lets in by a code only.
    public boolean asks(String account) {
        return bound(account).map(SecondFactor::of).filter(SecondFactor::asks).isPresent();
    }

    /// The OneTimePassword of an account, if it has one.
    public Optional<ObjectKey> find(String account) {
        return bound(account).map(ObjectKey::of);
    }

    private static JsonObject factor(Role role, String homeName) {
        var account = role.account();
        var subject = JsonObject.of("kind", "ServiceAccount", "name", account);
        var label = account + "@" + homeName.substring(0, Math.min(homeName.length(), HOME_NAME_CHARACTERS_MAX));
        var spec = JsonObject.of("description", "The page's login of the " + account + ".", "accountName", label, "subject", subject);
        return JsonObject.of("apiVersion", RESOURCE.apiVersion(), "kind", RESOURCE.kind(), "metadata", JsonObject.of("name", "page-" + account,
                "namespace", Accounts.NAMESPACE), "spec", spec);
    }
}
