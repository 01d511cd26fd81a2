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
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /// Makes the account, or brings the one of that user to what it should be.
    /// @throws IOException when the broker does not answer or refuses
    public void put(Account account) throws IOException {
        var user = account.credentials().user();
        var acls = new JsonArray(account.topics().stream().flatMap(topic -> DynamicSecurity.acls(topic).stream()).toList());
        var roles = JsonArray.of(JsonObject.of("rolename", user));
        var password = account.credentials().password();
        ask("already exists", JsonObject.of("command", "createRole", "rolename", user, "acls", acls),
                JsonObject.of("command", "createClient", "username", user, "password", password, "roles", roles));
        ask("", JsonObject.of("command", "modifyRole", "rolename", user, "acls", acls),
                JsonObject.of("command", "modifyClient", "username", user, "password", password, "roles", roles));
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
