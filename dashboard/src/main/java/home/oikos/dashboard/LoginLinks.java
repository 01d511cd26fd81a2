package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/// The one-time links that `oikos up` and `oikos login` print: a Secret with the hash of what the link says, for whom, and until when.
/// Any thread may take one; of several at once exactly one gets in, because the API lets exactly one delete the Secret.
final class LoginLinks {
    static final String TYPE = "oikos.home/login-link";

    private static final Pattern LINK = Pattern.compile("([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)\\.([A-Za-z0-9_-]{16,128})");

    private final ApiClient client;
    private final Clock clock;

    LoginLinks(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /// A link that lets in, as long as nobody takes it away.
    record Link(ObjectKey key, String uid, Role role) { }

    /// @param link `NAME.SECRET`, as it stands in the fragment
    /// @return empty when it is unknown, used or too old, and which of them nobody is told
    Optional<Link> find(String link) {
        var parts = LINK.matcher(link);
        if (!parts.matches()) return Optional.empty();
        var key = new ObjectKey(Accounts.NAMESPACE, parts.group(1));
        return client.find(Resources.SECRETS, key).filter(secret -> fits(secret, parts.group(2)))
                .flatMap(secret -> Role.of(new SecretContent(secret).text("role")).map(role -> new Link(key, uid(secret), role)));
    }

    private boolean fits(Json secret, String word) {
        var content = new SecretContent(secret);
        return secret.at("type").text("").equals(TYPE) && new Digest(content.text("hash")).isSameAs(Digest.of(word)) && !isOver(content);
    }

    private boolean isOver(SecretContent content) {
        return !clock.instant().isBefore(content.time("expiresTime"));
    }

    /// @return whether it was this caller who took it away, and so is let in
    boolean take(Link link) {
        return take(link.key, link.uid);
    }

    private boolean take(ObjectKey key, String uid) {
        return client.deleteIfPresent(Resources.SECRETS, key, DeleteOptions.ofUid(uid));
    }

    private static String uid(Json secret) {
        return secret.at("metadata", "uid").text("");
    }

    /// Removes the links that nobody used in time.
    void sweep() {
        for (var secret : client.list(Resources.SECRETS, Accounts.NAMESPACE, Selection.fields("type=" + TYPE))) {
            if (isOver(new SecretContent(secret))) take(ObjectKey.of(secret), uid(secret));
        }
    }
}
