package home.oikos.dist;

import home.oikos.apiserver.AddressBlock;
import home.oikos.apiserver.AdmissionReviewer;
import home.oikos.apiserver.ApiServerOptions;
import home.oikos.apiserver.AuditLog;
import home.oikos.apiserver.HomeSecurity;
import home.oikos.apiserver.LocalApi;
import home.oikos.apiserver.NodeConnection;
import home.oikos.apiserver.SocketDialer;
import home.oikos.apiserver.TokenAuthenticator;
import home.oikos.http.Handler;
import home.oikos.store.Store;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the API server of a home is made of.
final class ApiOptions {
    private ApiOptions() { }

    /// @param sessions tokens that other rooms know, such as the dashboard's
    static HomeSecurity security(Keys keys, Store store, AuditLog audit, List<TokenAuthenticator> sessions, Clock clock, SecureRandom random) {
        return HomeSecurity.open(store, new HomeSecurity.Parts(keys.authority(), keys.tokens(), sessions, Optional.of(audit), clock, random));
    }

    /// Where a home writes down who changed what.
    static Path audit(Path data) {
        return data.resolve("audit");
    }

    /// @param services where Services get their addresses
    static ApiServerOptions of(HomeSecurity security, NodeConnection node, List<AdmissionReviewer> reviewers, AddressBlock services,
            List<LocalApi> locals, Map<String, Handler> paths, Clock clock, SecureRandom random) {
        return ApiServerOptions.of(clock, random).withNode(node).withReviewers(reviewers).withSecurity(security).withServices(services)
                .withLocals(locals).withPaths(paths)
                .withDialer(new SocketDialer());
    }
}
