package home.oikos.broker;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// The state file of Mosquitto's dynamic-security plugin, which it reads when it starts and writes when told to change
/// (mosquitto.org, "Dynamic Security Plugin"). Accounts that other tools made in it stay.
final class DynamicSecurity {
    static final String ADMIN = "oikos-admin";
    static final String GATEWAY = "oikos-gateway";
    /// The plugin's own figure. The passwords are 192 random bits, which no number of rounds makes better.
    private static final int ITERATIONS = 101;

    private DynamicSecurity() { }

    /// The state with our two own clients in it, whatever it held of them before.
    static JsonObject withOwnClients(JsonObject state, Credentials admin, Credentials gateway, SecureRandom random) {
        var clients = others(state.at("clients"), "username", List.of(ADMIN, GATEWAY));
        clients.add(client(admin, random));
        clients.add(client(gateway, random));
        var roles = others(state.at("roles"), "rolename", List.of(ADMIN, GATEWAY));
        roles.add(role(ADMIN, List.of("$CONTROL/dynamic-security/#")));
        roles.add(role(GATEWAY, List.of("#")));
        var nothing = JsonObject.of("publishClientSend", false, "publishClientReceive", true, "subscribe", false, "unsubscribe", true);
        return JsonObject.of("defaultACLAccess", nothing).withAll(state).with("clients", clients).with("roles", roles);
    }

    private static List<Json> others(Json list, String name, List<String> ours) {
        var kept = new ArrayList<Json>();
        for (var item : list.array()) if (!ours.contains(item.at(name).text(""))) kept.add(item);
        return kept;
    }

    private static JsonObject client(Credentials credentials, SecureRandom random) {
        var salt = new byte[12];
        random.nextBytes(salt);
        var base64 = Base64.getEncoder();
        return JsonObject.of("username", credentials.user(), "textname", "", "roles", JsonArray.of(JsonObject.of("rolename", credentials.user())),
                "password", base64.encodeToString(hash(credentials.password(), salt)), "salt", base64.encodeToString(salt), "iterations", ITERATIONS);
    }

    private static JsonObject role(String name, List<String> topics) {
        var acls = new ArrayList<Json>();
        for (var topic : topics) acls.addAll(acls(topic));
        return JsonObject.of("rolename", name, "acls", acls);
    }

    /// Everything a client may do below a topic filter.
    static List<Json> acls(String topic) {
        var acls = new ArrayList<Json>();
        for (var type : List.of("publishClientSend", "publishClientReceive", "subscribePattern", "unsubscribePattern")) {
            acls.add(JsonObject.of("acltype", type, "topic", topic, "priority", 0, "allow", true));
        }
        return acls;
    }

    private static byte[] hash(String password, byte[] salt) {
        try {
            var spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, 512);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException(never);
        }
    }
}
