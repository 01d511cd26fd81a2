package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whom a request's headers ask to be, word for word, nothing added.
record Impersonation(String user, String uid, List<String> groups, Map<String, List<String>> extra) {
    private static final String EXTRA = "impersonate-extra-";

    Impersonation {
        groups = List.copyOf(groups);
    }

    /// @return empty when nobody is to be impersonated
    /// @throws ApiException 400 when groups, uid or extra come without a user
    static Optional<Impersonation> of(Request request) {
        var asked = new Impersonation(request.header("Impersonate-User").orElse(""), request.header("Impersonate-Uid").orElse(""),
                request.headers("Impersonate-Group"), extra(request));
        if (!asked.user.isEmpty()) return Optional.of(asked);
        if (asked.uid.isEmpty() && asked.groups.isEmpty() && asked.extra.isEmpty()) return Optional.empty();
        throw new ApiException(ApiStatus.badRequest("requested %s without impersonating a user name".formatted(asked.described())));
    }

    private static Map<String, List<String>> extra(Request request) {
        var extra = new LinkedHashMap<String, List<String>>();
        for (var header : new TreeSet<>(request.headerNames())) {
            var name = header.toLowerCase(Locale.ROOT);
            if (!name.startsWith(EXTRA)) continue;
            extra.computeIfAbsent(unescaped(name.substring(EXTRA.length())), _ -> new ArrayList<>()).addAll(request.headers(header));
        }
        return extra;
    }

    /// Keys may hold percent escapes; one that is wrongly escaped is taken as it stands.
    private static String unescaped(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }

    /// As upstream's message shows it.
    private String described() {
        var groupTexts = groups.isEmpty() ? "[]string(nil)" : "[]string{" + groups.stream().map(Impersonation::quoted)
                .collect(Collectors.joining(", ")) + "}";
        var extraTexts = extra.isEmpty() ? "map[string][]string(nil)" : "map[string][]string{" + extra.entrySet().stream().map(entry ->
                quoted(entry.getKey())
                + ":[]string{" + entry.getValue().stream().map(Impersonation::quoted).collect(Collectors.joining(", ")) + "}")
                .collect(Collectors.joining(", ")) + "}";
        return "&user.DefaultInfo{Name:\"\", UID:%s, Groups:%s, Extra:%s}".formatted(quoted(uid), groupTexts, extraTexts);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    boolean isUserAlone() {
        return uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    }

    Optional<String> node() {
        return user.startsWith("system:node:") ? Optional.of(user.substring("system:node:".length())).filter(name -> !name.isEmpty())
                : Optional.empty();
    }

    Optional<ServiceAccountName> serviceAccount() {
        return ServiceAccountName.ofUser(user);
    }

    /// The user that the rest of the server sees. ServiceAccounts are given their own groups when none are asked for, nodes theirs in the
    /// modes made for them.
    User impersonated(ImpersonationMode mode) {
        return AuthenticationFilter.completed(new User(user, uid, groups.isEmpty() ? ownGroups(mode) : groups, extra));
    }

    private List<String> ownGroups(ImpersonationMode mode) {
        var isNodeMode = mode == ImpersonationMode.ARBITRARY_NODE || mode == ImpersonationMode.ASSOCIATED_NODE;
        return isNodeMode ? List.of("system:nodes") : serviceAccount().map(ServiceAccountName::groups).orElse(List.of());
    }
}
