package home.oikos.apiserver;

import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.List;

/// The admission plugins of a home, in the order in which they run.
final class BuiltInAdmission {
    private BuiltInAdmission() { }

    static List<AdmissionPlugin> plugins(Store store, Resources resources, ApiServerOptions options) {
        var plugins = new ArrayList<AdmissionPlugin>(List.of(new NamespaceLifecycle(store), new NewNodeTaint(),
                new PodDefaultsAdmission(store), new LimitRanger(store), new ServiceAccountAdmission(store, options.random()),
                new PodSecurityAdmission(store), new RuntimeClasses(store), new DefaultClassAdmission(store), new InUseProtection(),
                new PodTopology(store),
                new ServiceAddresses(store, options.services(), options.clock(), options.random())));
        var compiler = new PolicyCompiler();
        var webhooks = new WebhookCaller(store, resources, options, compiler);
        plugins.add(new MutatingWebhooks(webhooks));
        plugins.addAll(options.security().plugins());
        plugins.add(new PolicyAdmission(store, resources, compiler));
        plugins.add(new ReviewerAdmission(options.reviewers(), new Metadata(options.clock(), options.random())));
        plugins.add(new ValidatingWebhooks(webhooks));
        plugins.add(new QuotaAdmission(store, resources));
        return plugins;
    }
}
