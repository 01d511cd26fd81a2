package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.client.Call;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.dice.Assessment;
import home.oikos.dice.Claim;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `entropy status [NAME]`, `entropy capture NAME --out FILE`, `entropy assess NAME [FILE]`, `entropy reset NAME`: how a dice is, its raw samples, what
/// they are worth, another chance for one that failed. A captured file has one sample a byte, as NIST's own tools read it.
@Command(name = "entropy")
final class Entropy implements Callable<Integer> {
    static final Resource SOURCES = Resource.namespaced(HomeKinds.GROUP_VERSION, "entropysources", "EntropySource");
    private static final String PATH = "/apis/gateway.oikos.home/v1alpha1/namespaces/%s/entropysources/%s/%s";
    /// What one request is given at most.
    private static final int REQUEST_SAMPLES_MAX = 1 << 18;
    private static final int SAMPLES_MAX = 16_000_000;
    /// A source as slow as this is not worth waiting for: one request waits 20 seconds.
    private static final int SAMPLES_A_REQUEST_MIN = 20;
    private static final int NOT_FOUND = 404;

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "status|capture|assess|reset")
    private String what;
    @Parameters(index = "1", paramLabel = "NAME", arity = "0..1")
    private String name;
    @Parameters(index = "2", paramLabel = "FILE", arity = "0..1")
    private Path file;
    @Option(names = {"-n", "--namespace"})
    private String namespace = "home";
    @Option(names = "--samples", paramLabel = "N")
    private int samples = Assessment.SAMPLES_WANTED;
    @Option(names = "--out", paramLabel = "FILE")
    private Path out;

    Entropy(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        if (name == null && !what.equals("status")) throw Refusal.usage("entropy " + what + ": of which EntropySource? ./oikos entropy " + what + " NAME");
        if (samples < 1 || samples > SAMPLES_MAX) throw Refusal.usage("--samples: expected 1 to %,d, found %,d".formatted(SAMPLES_MAX, samples));
        switch (what) {
            case "status" -> status();
            case "capture" -> save();
            case "assess" -> assess();
            case "reset" -> reset();
            default -> throw Refusal.usage("entropy knows status, capture, assess and reset, not " + what);
        }
        screen.out().flush();
        return 0;
    }

    private void status() {
        var all = name == null ? home.client().list(SOURCES, namespace) : java.util.List.of(home.client().get(SOURCES, key(name)));
        if (all.isEmpty()) screen.out().println("no EntropySource in " + namespace + "; docs/dice.md shows how one is built and declared");
        all.forEach(this::tell);
    }

    private ObjectKey key(String of) {
        return new ObjectKey(namespace, of);
    }

    private void tell(Json source) {
        var status = source.at("status");
        var of = source.at("metadata", "name").text("");
        screen.out().println("%s: %s%s. %s.".formatted(of, status.at("state").text("nobody has looked at it yet").toLowerCase(Locale.ROOT),
                since(status.at("stateSinceTime").text(""), " for "), capital(status.at("message").text("-"))));
        try {
            reading(source, ask(of, "reading"));
        } catch (ApiException none) {
            if (none.code() != NOT_FOUND) throw none;
        }
        var cutoffs = status.at("cutoffs");
        if (cutoffs.isPresent()) {
            line("tests", "an alarm at %d equal in a row; of %d, at %d equal to the first or %d equal to what came a fixed distance before".formatted(
                    cutoffs.at("repetition").integer(0), cutoffs.at("windowSamples").integer(0), cutoffs.at("proportion").integer(0),
                    cutoffs.at("prediction").integer(0)));
        }
        var failure = status.at("lastFailure");
        if (failure.isPresent()) {
            line("last failure", "%s%s: %s".formatted(failure.at("reason").text(""), since(failure.at("time").text(""), ", before "),
                    failure.at("message").text("")));
        }
    }

    private void reading(Json source, Json reading) {
        long tested = reading.at("samples").integer(0L);
        line("raw", "%,d samples a second, each of %d bits with %s of entropy by its builder's word: %,d bits a second".formatted(
                reading.at("samplesPerSecond").integer(0L), reading.at("sampleBits").integer(0), source.at("spec", "minEntropy").text("-"),
                reading.at("entropyBitsPerSecond").integer(0L)));
        line("tested", "%,d samples; mixed into the home's random numbers %,d times".formatted(tested, reading.at("reseeds").integer(0L)));
    }

    private void line(String title, String text) {
        screen.out().println("  %-13s %s".formatted(title, text));
    }

    private String since(String time, String word) {
        if (time.isEmpty()) return "";
        long seconds = Math.max(0, Duration.between(Instant.parse(time), home.clock().instant()).toSeconds());
        if (seconds < 120) return word + seconds + " s";
        return word + (seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h");
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private JsonObject ask(String of, String subresource) {
        return Json.parse(body(of, subresource)).object();
    }

    private byte[] body(String of, String subresource) {
        var answer = home.client().exchange(Call.of("GET", PATH.formatted(namespace, of, subresource)));
        if (answer.isSuccess()) return answer.body();
        throw ApiException.of(Json.parse(answer.body()));
    }

    private void save() throws IOException {
        if (out == null) throw Refusal.usage("entropy capture: where to? ./oikos entropy capture " + name + " --out FILE [--samples N]");
        var captured = capture();
        Files.write(out, captured);
        screen.out().println("%,d raw samples of %s in %s, one a byte; they were used for nothing else".formatted(captured.length, name, out));
    }

    private byte[] capture() {
        var captured = new ByteArrayOutputStream();
        while (captured.size() < samples) {
            int wanted = Math.min(REQUEST_SAMPLES_MAX, samples - captured.size());
            var part = body(name, "samples?count=" + wanted);
            captured.writeBytes(part);
            if (part.length < Math.min(wanted, SAMPLES_A_REQUEST_MIN)) {
                throw new Refusal("%s gave %d samples in 20 seconds, %,d in all: too slow, or silent".formatted(name, part.length, captured.size()));
            }
            screen.err().println("  %,d of %,d samples".formatted(captured.size(), samples));
        }
        return captured.toByteArray();
    }

    private void assess() throws IOException {
        var spec = home.client().get(SOURCES, key(name)).at("spec");
        var raw = file == null ? capture() : Files.readAllBytes(file);
        try {
            var claim = new Claim(spec.at("sampleBits").integer(1), Double.parseDouble(spec.at("minEntropy").text("")), Claim.ALPHA_EXPONENT_DEFAULT);
            var assessment = Assessment.of(raw, claim);
            screen.out().println("%,d samples of %d bits; at most so much entropy each (SP 800-90B 6.3.1 to 6.3.4):".formatted(assessment.samples(),
                    assessment.sampleBits()));
            assessment.estimates().forEach((estimator, bits) -> line(estimator, "%.4f bits".formatted(bits)));
            screen.out().println(capital(assessment.verdict()) + ".");
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(wrong.getMessage());
        }
    }

    private void reset() {
        home.client().patch(SOURCES, key(name), Patch.merge("metadata", JsonObject.of("annotations",
                JsonObject.of("oikos.home/reset", home.clock().instant().toString()))));
        screen.out().println(name + " gets another chance: its start-up test begins anew");
    }
}
