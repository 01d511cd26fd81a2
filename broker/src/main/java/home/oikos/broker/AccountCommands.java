package home.oikos.broker;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and removes accounts of a running broker over the control topics of its dynamic-security plugin. Changes are rare (somebody
/// adds a device), so each connects, asks, and leaves.
public final class AccountCommands {
    private static final String TOPIC = "$CONTROL/dynamic-security/v1";
    private static final long TIMEOUT_SECONDS = 10;

    private final Broker broker;
    private final Path certificateAuthority;
    private final Vertx vertx;

    /// @param certificateAuthority PEM of the authority that signed the broker's certificate
    public AccountCommands(Broker broker, Path certificateAuthority, Vertx vertx) {
        this.broker = broker;
        this.certificateAuthority = certificateAuthority;
        this.vertx = vertx;
    }

    /// Makes the account, or brings the one of that user to what it should be. Mosquitto cuts off the clients of an account that it is told to change, also
    /// when nothing is different, so one that is as it should be is left alone.
    /// @throws IOException when the broker does not answer or refuses
    public void put(Account account) throws IOException {
        var user = account.credentials().user();
        var mark = mark(account);
        if (mark.equals(description(user))) return;
        var acls = new JsonArray(account.topics().stream().flatMap(topic -> DynamicSecurity.acls(topic).stream()).toList());
        var roles = JsonArray.of(JsonObject.of("rolename", user));
        var password = account.credentials().password();
        ask("already exists", JsonObject.of("command", "createRole", "rolename", user, "acls", acls),
                JsonObject.of("command", "createClient", "username", user, "password", password, "roles", roles));
        // Marked last: what was only made in part is made again.
        ask("", JsonObject.of("command", "modifyRole", "rolename", user, "acls", acls),
                JsonObject.of("command", "modifyClient", "username", user, "password", password, "roles", roles, "textdescription", mark));
    }

    private String description(String user) throws IOException {
        var answer = exchange(JsonObject.of("commands", List.of(JsonObject.of("command", "getClient", "username", user))));
        return answer.at("responses").at(0).at("data", "client", "textdescription").text("");
    }

    /// What the account was made from, told to nobody: it stands in the broker's state, which only we and the broker read, and is keyed all the same.
    private String mark(Account account) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(broker.admin().password().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((account.credentials().password() + "\n").getBytes(StandardCharsets.UTF_8));
            return "made by oikos from " + HexFormat.of().formatHex(mac.doFinal(String.join("\n", account.topics()).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException(never);
        }
    }

    /// Removes the account of that user, if there is one; its client is cut off.
    public void remove(String user) throws IOException {
        ask("not found", JsonObject.of("command", "deleteClient", "username", user), JsonObject.of("command", "deleteRole", "rolename", user));
    }

    /// @param tolerated words of a refusal that is none
    private void ask(String tolerated, JsonObject... commands) throws IOException {
        var answer = exchange(JsonObject.of("commands", List.of(commands)));
        for (var response : answer.at("responses").array()) {
            var error = response.at("error").text("");
            if (error.isEmpty() || !tolerated.isEmpty() && error.contains(tolerated)) continue;
            throw new IOException("the broker refused " + response.at("command").text("") + ": " + error);
        }
    }

    private Json exchange(JsonObject question) throws IOException {
        var answered = new CompletableFuture<Json>();
        var client = MqttClient.create(vertx, options());
        client.publishHandler(message -> answered.complete(Json.parse(message.payload().getBytes())));
        client.closeHandler(_ -> answered.completeExceptionally(new IOException("the broker hung up")));
        client.connect(broker.options().tlsPort(), "127.0.0.1")
                .compose(_ -> client.subscribe(TOPIC + "/response", 1))
                .compose(_ -> client.publish(TOPIC, Buffer.buffer(question.bytes()), MqttQoS.AT_LEAST_ONCE, false, false))
                .onFailure(answered::completeExceptionally);
        try {
            return answered.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IOException("the broker's accounts: " + failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException silent) {
            throw new IOException("the broker did not answer within " + TIMEOUT_SECONDS + " s", silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } finally {
            client.disconnect();
        }
    }

    private MqttClientOptions options() {
        var admin = broker.admin();
        return new MqttClientOptions().setClientId("oikos-accounts").setUsername(admin.user()).setPassword(admin.password()).setSsl(true)
                .setHostnameVerificationAlgorithm("HTTPS").setTrustOptions(new PemTrustOptions().addCertPath(certificateAuthority.toString()));
    }
}
