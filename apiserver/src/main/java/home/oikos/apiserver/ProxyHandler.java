package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.store.Store;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.time.Duration;

/// `proxy` of pods, services and nodes: hands an HTTP request on to what listens there, and its answer back, as they come. The
/// dashboard refuses these paths to its cookie sessions, for what a container serves must not act as its visitor.
final class ProxyHandler implements SubresourceHandler {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int KUBELET_PORT = 10_250;

    private final Reader reader;
    private final NodeConnection node;
    private final Dialer dialer;
    private final ServiceEndpoints endpoints;

    ProxyHandler(Reader reader, Store store, ApiServerOptions options) {
        this.reader = reader;
        this.node = options.node();
        this.dialer = options.dialer();
        this.endpoints = new ServiceEndpoints(store);
    }

    @Override
    public void handle(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var exchange = new ProxyExchange(request, response, call);
        if (exchange.isBare()) {
            exchange.redirect();
            return;
        }
        try (var stream = dial(resource, call, ProxyTarget.parse(call.name()))) {
            exchange.send(stream.out());
            var in = new BufferedInputStream(stream.in());
            exchange.answer(OutboundHead.read(in), in);
        } catch (NodeRefusal refused) {
            throw unreachable(refused);
        } catch (IOException broken) {
            if (response.isAnswered()) throw broken;
            throw unreachable(broken);
        }
    }

    private static ApiException unreachable(Exception why) {
        return new ApiException(Reason.SERVICE_UNAVAILABLE, "error trying to reach service: %s", why.getMessage());
    }

    private NodeStream dial(Resource resource, ApiCall call, ProxyTarget target) throws IOException, NodeRefusal {
        var named = call.named(target.name());
        return switch (call.resource()) {
            case "services" -> {
                reader.entry(resource, named);
                var tls = tls(target, target.name() + "." + call.namespace() + ".svc");
                yield dialer.dial(endpoints.find(call.namespace(), target.name(), target.port(), tls), ANSWER_TIMEOUT);
            }
            case "pods" -> pod(resource, named, target);
            default -> {
                var machine = ObjectBytes.tree(reader.entry(resource, named));
                var address = machine.at("status", "addresses").array().stream().filter(a -> a.at("type").text("").equals("InternalIP"))
                        .findFirst().orElseThrow(() -> new IOException("no preferred addresses found; known addresses: []"));
                var host = address.at("address").text("");
                yield dialer.dial(new Dialer.Address(host, target.number(KUBELET_PORT), tls(target, host)), ANSWER_TIMEOUT);
            }
        };
    }

    private NodeStream pod(Resource resource, ApiCall named, ProxyTarget target) throws IOException, NodeRefusal {
        var pod = ObjectBytes.tree(reader.entry(resource, named));
        int port = target.number(ProxyTarget.firstPort(pod));
        if (!target.tls()) return node.dial(PodTargets.placed(pod), port);
        var host = pod.at("status", "podIP").text("");
        return dialer.dial(new Dialer.Address(host, port, tls(target, host)), ANSWER_TIMEOUT);
    }

    /// Whoever proxies to HTTPS by name asks for privacy on the way, not for proof: nothing tells which authority a pod has.
    private static Dialer.Tls tls(ProxyTarget target, String host) {
        return target.tls() ? new Dialer.Tls(host, new byte[0], true) : null;
    }
}
