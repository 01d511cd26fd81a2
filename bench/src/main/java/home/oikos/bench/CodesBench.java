package home.oikos.bench;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Yaml;
import home.oikos.client.Answer;
import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import home.oikos.client.Kubeconfig;
import home.oikos.client.NetworkTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Verifications of a running home: each client shows the codes of an HOTP secret of its own, one after the other, all of them good. Beside them the
/// same number of clients that patch a ConfigMap each. Argument: the home's data directory. For bench/codes.
public final class CodesBench {
    private static final String CODES = "/apis/gateway.oikos.home/v1alpha1/namespaces/home/onetimepasswords/";
    private static final String KINDS = "/apis/oikos.home/v1alpha1/namespaces/home/onetimepasswords";
    private static final String MAPS = "/api/v1/namespaces/home/configmaps";
    private static final int[] CLIENTS = {1, 16};
    private static final int ROUNDS = 2;
    private static final int EACH = 500;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private CodesBench() { }

    public static void main(String[] arguments) throws Exception {
        var data = Path.of(arguments[0]);
        var client = new ApiClient(new NetworkTransport(Kubeconfig.config(Yaml.parse(Files.readString(data.resolve("kubeconfig"))), data)));
        System.out.printf("  bare write and fdatasync p50 %.3f ms%n", StoreBench.syncMillis(data));
        for (int round = 1; round <= ROUNDS; round++) {
            for (int clients : CLIENTS) {
                var suffix = "-" + round + "-" + clients + "-";
                run("durable writes", round, clients, i -> writer(client, "codes" + suffix + i));
                run("verifications", round, clients, i -> shower(client, "codes" + suffix + i));
            }
        }
        client.transport().close();
    }

    private static void run(String what, int round, int clients, IntFunction<Callable<long[]>> work) throws Exception {
        var jobs = new ArrayList<Callable<long[]>>();
        for (int i = 0; i < clients; i++) jobs.add(work.apply(i));
        long start = System.nanoTime();
        var all = new ArrayList<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<long[]> done : threads.invokeAll(jobs)) Arrays.stream(done.get()).forEach(all::add);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        all.sort(null);
        System.out.printf("  round %d, %2d clients: %,6.0f %s a second, p50 %.2f ms, p99 %.2f ms%n", round, clients, all.size() / seconds, what,
                all.get(all.size() / 2) / 1e6, all.get(all.size() * 99 / 100) / 1e6);
    }

    private static Callable<long[]> writer(ApiClient client, String name) {
        must(client.exchange(json("POST", MAPS, JsonObject.of("metadata", JsonObject.of("name", name)))));
        return () -> timed(i -> client.exchange(Call.of("PATCH", MAPS + "/" + name).body("application/merge-patch+json",
                JsonObject.of("data", JsonObject.of("counter", String.valueOf(i))).bytes())));
    }

    private static Callable<long[]> shower(ApiClient client, String name) {
        must(client.exchange(json("POST", KINDS, JsonObject.of("apiVersion", "oikos.home/v1alpha1", "kind", "OneTimePassword", "metadata",
                JsonObject.of("name", name), "spec", JsonObject.of("type", "Hotp")))));
        var uri = Json.parse(must(client.exchange(json("POST", CODES + name + "/enrolment", JsonObject.EMPTY))).body()).at("uri").text("");
        var key = decoded(uri.replaceAll(".*secret=([A-Z2-7]+).*", "$1"));
        return () -> timed(i -> client.exchange(json("POST", CODES + name + "/verify?answer=status", JsonObject.of("code", code(key, i)))));
    }

    private static long[] timed(IntFunction<Answer> ask) {
        var nanos = new long[EACH];
        for (int i = 0; i < EACH; i++) {
            long start = System.nanoTime();
            must(ask.apply(i));
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private static Call json(String method, String path, JsonObject body) {
        return Call.of(method, path).body("application/json", body.bytes());
    }

    private static Answer must(Answer answer) {
        if (!answer.isSuccess()) throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
        return answer;
    }

    private static byte[] decoded(String base32) {
        var bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        int left = 0;
        int bits = 0;
        for (int i = 0; i < base32.length(); i++) {
            left = left << 5 | LETTERS.indexOf(base32.charAt(i));
            bits += 5;
            if (bits >= 8) bytes.put((byte) (left >> (bits -= 8)));
        }
        return bytes.array();
    }

    /// RFC 4226 5.3, by somebody else than the home.
    private static String code(byte[] key, long counter) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "RAW"));
            var hash = ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(counter).array()));
            return "%06d".formatted((hash.getInt(hash.get(19) & 0xf) & Integer.MAX_VALUE) % 1_000_000);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
