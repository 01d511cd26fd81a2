package home.oikos.broker;

import home.oikos.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// One client of the broker as its Secret (type `oikos.home/mqtt-account`: user, password, topics) describes it.
/// @param topics MQTT topic filters it may publish to and read from
public record Account(Credentials credentials, List<String> topics) {
    public static final String SECRET_TYPE = "oikos.home/mqtt-account";

    /// Broker's ACLs take `#` and `+` in a name for wildcards (Mosquitto before 1.4.12 even in patterns), so a user is a plain word.
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int TOPICS_MAX = 64;
    private static final int TOPIC_CHARACTERS_MAX = 1_024;

    public Account {
        topics = List.copyOf(topics);
        if (!USER.matcher(credentials.user()).matches()) {
            throw new IllegalArgumentException("user: expected letters, digits, '.', '_' or '-', found \"" + credentials.user() + "\"");
        }
        if (credentials.user().startsWith("oikos-")) throw new IllegalArgumentException("user: names that begin with oikos- are the broker's own");
        if (credentials.password().isEmpty()) throw new IllegalArgumentException("password: expected one, found none");
        if (topics.isEmpty() || topics.size() > TOPICS_MAX) {
            throw new IllegalArgumentException("topics: expected 1 to " + TOPICS_MAX + " lines, found " + topics.size());
        }
        topics.forEach(Account::check);
    }

    /// @throws IllegalArgumentException when the Secret does not describe an account; the message says which field and why
    public static Account of(Json secret) {
        return new Account(new Credentials(field(secret, "user"), field(secret, "password")), field(secret, "topics").lines().map(String::strip)
                .filter(line -> !line.isEmpty()).toList());
    }

    private static String field(Json secret, String name) {
        var encoded = secret.at("data", name).text("");
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }

    private static void check(String topic) {
        boolean broker = topic.startsWith("$") || topic.equals("#") || topic.equals("+") || topic.startsWith("+/");
        boolean misplaced = topic.indexOf('#') >= 0 && topic.indexOf('#') != topic.length() - 1;
        if (broker || misplaced || topic.length() > TOPIC_CHARACTERS_MAX) {
            throw new IllegalArgumentException("topics: expected a filter below a name of its own such as shed/lamp/#, found \"" + topic + "\"");
        }
    }
}
