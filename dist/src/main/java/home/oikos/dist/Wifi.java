package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.base.Cron;
import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.client.Resources;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `wifi [SECRET]`: name and password of a radio network, kept in a Secret under `ssid` and `password`, as the QR code that phones join by.
@Command(name = "wifi")
final class Wifi implements Callable<Integer> {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEEE, d MMMM, HH:mm", Locale.ENGLISH);

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "SECRET", arity = "0..1")
    private String name = "guest-wifi";
    @Option(names = {"-n", "--namespace"})
    private String namespace = "home";

    Wifi(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        var secret = home.client().get(Resources.SECRETS, new ObjectKey(namespace, name));
        var network = text(secret, "ssid");
        var password = text(secret, "password");
        QrPrint.print(screen.out(), uri(network, password));
        screen.out().println("network   " + network);
        screen.out().println("password  " + password);
        var annotations = secret.at("metadata", "annotations");
        var schedule = annotations.at("oikos.home/rotate").text("");
        if (!schedule.isEmpty()) screen.out().println("until     " + next(schedule, annotations.at("oikos.home/time-zone").text("")));
        screen.out().flush();
        return 0;
    }

    private String text(Json secret, String key) {
        var content = secret.at("data", key).text("");
        if (content.isEmpty()) throw new Refusal("Secret %s: expected ssid and password, found no %s".formatted(name, key));
        return new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8);
    }

    /// As Android and iOS read it; what has a meaning of its own there is escaped.
    static String uri(String network, String password) {
        return "WIFI:T:WPA;S:%s;P:%s;;".formatted(escaped(network), escaped(password));
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\\\;,:\"])", "\\\\$1");
    }

    private String next(String schedule, String zone) {
        try {
            var now = home.clock().instant().atZone(zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone));
            return Cron.parse(schedule).next(now).map(WHEN::format).orElse("its schedule never comes");
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            return "nobody knows: " + unreadable.getMessage();
        }
    }
}
