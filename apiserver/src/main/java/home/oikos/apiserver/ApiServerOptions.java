package home.oikos.apiserver;

import home.oikos.http.Filter;
import home.oikos.http.Handler;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What an API server is made of beside its store.
/// @param random names and uids; must be safe for many threads at once
/// @param security who asks, and whether they may
/// @param reviewers who may refuse writes, in order
/// @param node the way to what runs on nodes
/// @param locals group versions that other rooms serve
/// @param services where Services get their cluster addresses from
/// @param paths what other rooms serve beside resources, by its whole path; authorised as nonResourceURLs
/// @param dialer the way to webhooks and to what is proxied
public record ApiServerOptions(Clock clock, RandomGenerator random, Security security, List<AdmissionReviewer> reviewers,
        NodeConnection node,
        List<LocalApi> locals, AddressBlock services, Map<String, Handler> paths, Dialer dialer) {
    public ApiServerOptions {
        reviewers = List.copyOf(reviewers);
        locals = List.copyOf(locals);
        paths = Map.copyOf(paths);
    }

    /// Nothing but the API itself.
    public static ApiServerOptions of(Clock clock, RandomGenerator random) {
        return new ApiServerOptions(clock, random, List::of, List.of(), NodeConnection.none(), List.of(),
                AddressBlock.parse("10.96.0.0/16"), Map.of(), Dialer.none());
    }

    public ApiServerOptions withSecurity(Security other) {
        return new ApiServerOptions(clock, random, other, reviewers, node, locals, services, paths, dialer);
    }

    /// Filters and nothing else.
    public ApiServerOptions withFilters(List<Filter> filters) {
        return withSecurity(() -> filters);
    }

    public ApiServerOptions withReviewers(List<AdmissionReviewer> all) {
        return new ApiServerOptions(clock, random, security, all, node, locals, services, paths, dialer);
    }

    public ApiServerOptions withNode(NodeConnection connection) {
        return new ApiServerOptions(clock, random, security, reviewers, connection, locals, services, paths, dialer);
    }

    public ApiServerOptions withLocals(List<LocalApi> all) {
        return new ApiServerOptions(clock, random, security, reviewers, node, all, services, paths, dialer);
    }

    public ApiServerOptions withServices(AddressBlock block) {
        return new ApiServerOptions(clock, random, security, reviewers, node, locals, block, paths, dialer);
    }

    public ApiServerOptions withPaths(Map<String, Handler> served) {
        return new ApiServerOptions(clock, random, security, reviewers, node, locals, services, served, dialer);
    }

    public ApiServerOptions withDialer(Dialer other) {
        return new ApiServerOptions(clock, random, security, reviewers, node, locals, services, paths, other);
    }
}
