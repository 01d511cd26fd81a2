package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.dashboard.SecondFactors;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `otp enrol NAME [--anew]`: its secret for the phone, shown once; `otp verify NAME CODE`: whether a code is accepted, by the exit status too;
/// `otp revoke NAME`: nobody is asked for it any more. With `--login`, NAME is an account of the page's login (`owner`, `viewer`).
@Command(name = "otp")
final class OneTime implements Callable<Integer> {
    static final Resource ONE_TIME_PASSWORDS = Resource.namespaced(HomeKinds.GROUP_VERSION, "onetimepasswords", "OneTimePassword");
    static final Resource SERVED = Resource.namespaced("gateway.oikos.home/v1alpha1", "onetimepasswords", "OneTimePassword");

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "enrol|verify|revoke")
    private String what;
    @Parameters(index = "1", paramLabel = "NAME")
    private String name;
    @Parameters(index = "2", paramLabel = "CODE", arity = "0..1")
    private String code;
    @Option(names = {"-n", "--namespace"})
    private String namespace = "home";
    @Option(names = "--anew")
    private boolean anew;
    @Option(names = "--login")
    private boolean login;

    OneTime(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        int status = switch (what) {
            case "enrol" -> enrol();
            case "verify" -> verify();
            case "revoke" -> revoke();
            default -> throw Refusal.usage("otp knows enrol, verify and revoke, not " + what);
        };
        screen.out().flush();
        return status;
    }

    /// A revoked one that is enrolled anew is asked for again.
    private int enrol() throws IOException {
        var key = login ? factors().bind(name, LanAddress.hostName()) : key();
        var answer = post(key, "enrolment", JsonObject.of("anew", anew));
        if (anew) policy(key, "Active");
        QrPrint.print(screen.out(), answer.at("uri").text(""));
        screen.out().println(answer.at("uri").text(""));
        screen.out().println("Scan it with the phone now: it is not shown again. On paper, for when the phone is lost, each good once:");
        answer.at("recoveryCodes").array().forEach(each -> screen.out().println("  " + each.text("")));
        if (login) screen.out().println("The page asks the " + name + " for codes from the first one on: ./oikos otp verify " + name + " --login CODE");
        return 0;
    }

    private SecondFactors factors() {
        return new SecondFactors(home.client(), home.clock());
    }

    private ObjectKey key() {
        if (!login) return new ObjectKey(namespace, name);
        return factors().find(name).orElseThrow(() -> new Refusal("the login of the " + name + " asks for no code. So that it does: ./oikos otp enrol "
                + name + " --login"));
    }

    private void policy(ObjectKey key, String policy) {
        home.client().patch(ONE_TIME_PASSWORDS, key, Patch.merge("spec", JsonObject.of("policy", policy)));
    }

    private int revoke() {
        policy(key(), "Revoked");
        screen.out().println(login ? "The page asks the " + name + " for no code any more. To have it ask again: ./oikos otp enrol " + name + " --login --anew"
                : name + " accepts nothing any more; another secret: ./oikos otp enrol " + name + " --anew");
        return 0;
    }

    private int verify() {
        if (code == null) throw Refusal.usage("otp verify: which code? ./oikos otp verify " + name + " CODE");
        var answer = post(key(), "verify", JsonObject.of("code", code));
        var retry = answer.at("retryAfterSeconds").integer(0);
        boolean accepted = answer.at("accepted").bool(false);
        screen.out().println("%s: %s%s".formatted(accepted ? "accepted" : "not accepted", answer.at("message").text(""),
                retry > 0 ? "; again in %d s".formatted(retry) : ""));
        return accepted ? 0 : 1;
    }

    private Json post(ObjectKey key, String subresource, JsonObject body) {
        return home.client().post(SERVED, key, subresource, body);
    }
}
