package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.client.Call;
import io.nayuki.qrcodegen.QrCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `otp enrol NAME [--anew]`: its secret for the phone, shown once; `otp verify NAME CODE`: whether a code is accepted, by the exit status too.
@Command(name = "otp")
final class OneTime implements Callable<Integer> {
    private static final String PATH = "/apis/gateway.oikos.home/v1alpha1/namespaces/%s/onetimepasswords/%s/%s";
    /// The light around a code that readers need.
    private static final int QUIET = 2;

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "enrol|verify")
    private String what;
    @Parameters(index = "1", paramLabel = "NAME")
    private String name;
    @Parameters(index = "2", paramLabel = "CODE", arity = "0..1")
    private String code;
    @Option(names = {"-n", "--namespace"})
    private String namespace = "home";
    @Option(names = "--anew")
    private boolean anew;

    OneTime(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        int status = switch (what) {
            case "enrol" -> enrol();
            case "verify" -> verify();
            default -> throw Refusal.usage("otp knows enrol and verify, not " + what);
        };
        screen.out().flush();
        return status;
    }

    private int enrol() {
        var answer = post("enrolment", JsonObject.of("anew", anew));
        var uri = answer.at("uri").text("");
        print(QrCode.encodeText(uri, QrCode.Ecc.MEDIUM));
        screen.out().println(uri);
        screen.out().println("Scan it with the phone now: it is not shown again. On paper, for when the phone is lost, each good once:");
        answer.at("recoveryCodes").array().forEach(each -> screen.out().println("  " + each.text("")));
        return 0;
    }

    /// Two rows of the code in one line, dark on light whatever the terminal's colours are.
    private void print(QrCode qr) {
        for (int y = -QUIET; y < qr.size + QUIET; y += 2) {
            var line = new StringBuilder("\033[30;107m");
            for (int x = -QUIET; x < qr.size + QUIET; x++) line.append(half(qr.getModule(x, y), qr.getModule(x, y + 1)));
            screen.out().println(line.append("\033[0m"));
        }
    }

    private static char half(boolean upper, boolean lower) {
        if (upper) return lower ? '█' : '▀';
        return lower ? '▄' : ' ';
    }

    private int verify() {
        if (code == null) throw Refusal.usage("otp verify: which code? ./oikos otp verify " + name + " CODE");
        var answer = post("verify", JsonObject.of("code", code));
        var retry = answer.at("retryAfterSeconds").integer(0);
        boolean accepted = answer.at("accepted").bool(false);
        screen.out().println("%s: %s%s".formatted(accepted ? "accepted" : "not accepted", answer.at("message").text(""),
                retry > 0 ? "; again in %d s".formatted(retry) : ""));
        return accepted ? 0 : 1;
    }

    private Json post(String subresource, JsonObject body) {
        var answer = home.client().exchange(Call.of("POST", PATH.formatted(namespace, name, subresource)).body("application/json", body.bytes()));
        if (answer.isSuccess()) return Json.parse(answer.body());
        throw ApiException.of(Json.parse(answer.body()));
    }
}
