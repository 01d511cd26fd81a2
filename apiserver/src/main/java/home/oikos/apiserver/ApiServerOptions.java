package home.oikos.apiserver;

import home.oikos.http.Filter;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/// What an API server is made of beside its store.
/// @param random names and uids; must be safe for many threads at once
/// @param security who asks, and whether they may
/// @param reviewers who may refuse writes, in order
/// @param node the way to what runs on nodes
/// @param locals group versions that other rooms serve
/// @param services where Services get their cluster addresses from
public record ApiServerOptions(Clock clock, RandomGenerator random, Security security, List<AdmissionReviewer> reviewers, NodeConnection node,
        List<LocalApi> locals, AddressBlock services) {
    public ApiServerOptions {
        reviewers = List.copyOf(reviewers);
        locals = List.copyOf(locals);
    }

    /// Nothing but the API itself.
    public static ApiServerOptions of(Clock clock, RandomGenerator random) {
        return new ApiServerOptions(clock, random, List::of, List.of(), NodeConnection.none(), List.of(), AddressBlock.parse("10.96.0.0/16"));
    }

    public ApiServerOptions withSecurity(Security other) {
        return new ApiServerOptions(clock, random, other, reviewers, node, locals, services);
    }

    /// Filters and nothing else.
    public ApiServerOptions withFilters(List<Filter> filters) {
        return withSecurity(() -> filters);
    }

    public ApiServerOptions withReviewers(List<AdmissionReviewer> all) {
        return new ApiServerOptions(clock, random, security, all, node, locals, services);
    }

    public ApiServerOptions withNode(NodeConnection connection) {
        return new ApiServerOptions(clock, random, security, reviewers, connection, locals, services);
    }

    public ApiServerOptions withLocals(List<LocalApi> all) {
        return new ApiServerOptions(clock, random, security, reviewers, node, all, services);
    }

    public ApiServerOptions withServices(AddressBlock block) {
        return new ApiServerOptions(clock, random, security, reviewers, node, locals, block);
    }
}
