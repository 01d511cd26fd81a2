package home.oikos.dashboard;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.http.Response;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/// Asks for the code that stands beside a link or a session. Nobody who shows neither gets here: to guess codes, or to lock an account by wrong ones, takes
/// a link each five times.
final class CodeCheck {
    /// Half of what locks a OneTimePassword by default, so that one link that somebody found locks nothing.
    static final int WRONG_CODES_MAX = 5;
    /// What was shown beside it is believed, and a code has to follow.
    static final JsonObject NEEDED = JsonObject.of("codeNeeded", true);

    /// A code has 8 digits at most; one on paper 16 letters in groups.
    private static final int CODE_CHARACTERS_MAX = 64;
    private static final String TOO_LONG = "That is no code: it is longer than 64 characters.";
    private static final String USED_UP = " It was one too many: `oikos login` prints a new link.";

    private final SecondFactors factors;
    private final ApiClient client;
    private final Clock clock;

    /// The link or session that a code is asked for beside.
    /// @param secret where its wrong codes are counted
    /// @param end takes it away
    record Beside(ObjectKey secret, Runnable end) { }

    CodeCheck(SecondFactors factors, ApiClient client, Clock clock) {
        this.factors = factors;
        this.client = client;
        this.clock = clock;
    }

    /// Answers, unless the code is good.
    /// @param code empty when none was given yet
    /// @param passed answers whoever gave a good one
    void ask(SecondFactor factor, String code, Beside beside, Response response, Consumer<Proof> passed) {
        if (code.isEmpty()) {
            Answers.json(response, 202, NEEDED);
            return;
        }
        if (code.length() > CODE_CHARACTERS_MAX) {
            Answers.refuse(response, Reason.BAD_REQUEST, TOO_LONG);
            return;
        }
        var verdict = factors.verify(factor, code);
        if (verdict.accepted()) passed.accept(new Proof(factor.uid(), verdict.isRecovery(), clock.instant()));
        else refuse(verdict, beside, response);
    }

    private void refuse(CodeVerdict verdict, Beside beside, Response response) {
        boolean last = verdict.isWrong() && isLast(beside.secret);
        if (last) beside.end.run();
        Answers.refuse(response, last ? Reason.GONE : Reason.FORBIDDEN, last ? verdict.words() + USED_UP : verdict.words());
    }

    /// The API lets one wrong code through at a time, so that none is counted twice or not at all.
    private boolean isLast(ObjectKey secret) {
        var found = client.find(Resources.SECRETS, secret);
        if (found.isEmpty()) return true;
        int wrong = new SecretContent(found.get()).number("wrongCodes") + 1;
        client.patch(Resources.SECRETS, secret, Patch.merge("data", SecretContent.data(Map.of("wrongCodes", String.valueOf(wrong)))));
        return wrong >= WRONG_CODES_MAX;
    }
}
