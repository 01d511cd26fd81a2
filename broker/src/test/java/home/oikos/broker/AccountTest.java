package home.oikos.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSecretDescribesAnAccount() {
        var secret = JsonObject.of("data", JsonObject.of("user", encoded("lamp"), "password", encoded("pw"), "topics", encoded("shed/lamp/#\n\n shed/all \n")));
        var account = Account.of(secret);
        assertEquals(new Credentials("lamp", "pw"), account.credentials());
        assertEquals(List.of("shed/lamp/#", "shed/all"), account.topics());
        assertFalse(account.toString().contains("pw"), "a password must not be printed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "+", "$CONTROL/dynamic-security/#", "+/lamp", "a/#/b", "$SYS/#"})
    void aTopicThatReachesOthersIsRefused(String topic) {
        var credentials = new Credentials("lamp", "pw");
        assertThrows(IllegalArgumentException.class, () -> new Account(credentials, List.of(topic)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "+", "a b", "oikos-gateway", "a/b", "-x"})
    void aUserIsAPlainWordThatIsNotOurs(String user) {
        assertThrows(IllegalArgumentException.class, () -> new Account(new Credentials(user, "pw"), List.of("a/#")));
    }

    @Test
    void ownClientsReplaceWhatTheStateHeldOfThemAndKeepTheOthers() {
        var random = new java.security.SecureRandom();
        var lamp = JsonObject.of("clients", List.of(JsonObject.of("username", "lamp"), JsonObject.of("username", DynamicSecurity.ADMIN)));
        var state = DynamicSecurity.withOwnClients(lamp, new Credentials(DynamicSecurity.ADMIN, "a"), new Credentials(DynamicSecurity.GATEWAY, "b"), random);
        var users = state.at("clients").array().stream().map(client -> client.at("username").text("")).toList();
        assertEquals(List.of("lamp", DynamicSecurity.ADMIN, DynamicSecurity.GATEWAY), users);
        assertFalse(state.at("defaultACLAccess", "subscribe").bool(true));
        assertTrue(state.at("clients").at(1).at("password").isPresent());
    }
}
