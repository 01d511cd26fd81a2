package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.http.AccessFilter;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The API server of a home, put together: filters, admission and the registry over a store. It owns no thread but its timers and no
/// socket: whoever made it hands [#handler] to a listener, or calls it in process.
public final class ApiServer implements AutoCloseable {
    private final Resources resources = new Resources();
    private final WatchFeeds feeds;
    private final WatchTimers timers;
    private final Registry registry;
    private final CustomKindsLoop customKinds;
    private final Handler handler;

    private ApiServer(Store store, ApiServerOptions options) throws java.io.IOException {
        resources.put(BuiltInResources.of(Catalog.builtIn()));
        feeds = new WatchFeeds(store);
        timers = new WatchTimers(options.random());
        var metrics = new Metrics(resources, store, feeds::watchers);
        var metadata = new Metadata(options.clock(), options.random());
        var admission = new AdmissionChain(BuiltInAdmission.plugins(store, resources, options));
        var owners = new FieldOwners(options.clock());
        registry = new Registry(store, admission, metadata, owners);
        var decoder = new Decoder(resources);
        var reader = new Reader(store, options.clock());
        var patcher = new Patcher(registry, decoder, new Applier(registry, owners));
        var deleter = new Deleter(store, registry, admission, metadata);
        customKinds = CustomKindsLoop.start(store, new CustomKinds(store, resources, registry, deleter, options.clock()));
        var writes = new WriteHandlers(registry, deleter, decoder, reader, patcher, options.clock());
        var binding = new BindingHandler(resources, registry, decoder, metadata);
        var part = new PartHandler(reader, writes);
        var subresources = new HashMap<>(Map.<String, SubresourceHandler>of("status", part, "ephemeralcontainers", part, "resize", part,
                "approval", part, "finalize", part,
                "scale", new ScaleHandler(reader, registry, decoder, patcher), "binding", binding,
                "eviction", new EvictionHandler(store, resources, registry, deleter, decoder, metadata)));
        subresources.put("proxy", new ProxyHandler(reader, store, options));
        subresources.putAll(streams(options, new PodTargets(reader)));
        subresources.putAll(options.security().subresources(decoder));
        var onResources = new ResourceHandler(resources, reader, new Watcher(store, feeds, timers, options.clock()), writes, subresources,
                reviews(options, decoder, binding));
        var discovery = new Discovery(resources, options.locals());
        var openApi = new OpenApiHandler(new OpenApiDocuments(resources, store, options.clock().instant().toString()));
        var aggregated = new AggregatedDiscovery(resources, options.locals(), discovery);
        handler = Filter.chain(filters(options, metrics), new RootHandler(onResources, discovery, aggregated, openApi, metrics, options));
    }

    private static Map<String, SubresourceHandler> streams(ApiServerOptions options, PodTargets targets) {
        return Map.of("log", new LogHandler(targets, options.node(), options.clock()), "exec",
                new ExecHandler(targets, options.node(), false),
                "attach", new ExecHandler(targets, options.node(), true), "portforward", new PortForwardHandler(targets, options.node()));
    }

    private static Map<String, SubresourceHandler> reviews(ApiServerOptions options, Decoder decoder, SubresourceHandler binding) {
        var reviews = new HashMap<>(options.security().reviews(decoder));
        reviews.put("bindings", binding);
        return reviews;
    }

    private List<Filter> filters(ApiServerOptions options, Metrics metrics) {
        var filters = new ArrayList<Filter>();
        filters.add(new AccessFilter(System::nanoTime, metrics::answered));
        options.security().outermost().ifPresent(filters::add);
        filters.add(new ErrorFilter());
        filters.add(new CallFilter());
        filters.addAll(options.security().filters());
        filters.add((request, response, next) -> {
            customKinds.awaitSettled();
            next.handle(request, response);
        });
        return filters;
    }

    /// Opens the API over a store; what every cluster has is created where it is absent.
    public static ApiServer start(Store store, ApiServerOptions options) throws java.io.IOException {
        var server = new ApiServer(store, options);
        new Bootstrap(server.registry, server.resources, options.locals()).run();
        options.security().started(server.registry, server.resources);
        return server;
    }

    public Handler handler() {
        return handler;
    }

    public Resources resources() {
        return resources;
    }

    @Override
    public void close() throws Exception {
        customKinds.close();
        timers.close();
        feeds.close();
    }
}
