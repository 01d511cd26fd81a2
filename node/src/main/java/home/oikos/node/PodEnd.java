package home.oikos.node;

import java.util.Optional;

/// How a pod ended that will not run again.
enum PodEnd {
    SUCCEEDED("Succeeded"), FAILED("Failed");

    private final String phase;

    PodEnd(String phase) {
        this.phase = phase;
    }

    String phase() {
        return phase;
    }

    /// Empty while something of the pod runs or will run. A pod that once ended stays ended, whatever the runtime still knows of it.
    static Optional<PodEnd> of(PodView view) {
        for (var end : values()) if (view.pod().at("status", "phase").text("").equals(end.phase)) return Optional.of(end);
        if (view.verdict().isPresent() || initFailed(view)) return Optional.of(FAILED);
        boolean failed = false;
        for (var spec : view.specs()) {
            if (spec.role() != ContainerSpec.Role.MAIN) continue;
            var last = view.latest(spec.name());
            if (last.isEmpty() || !last.get().hasEnded() || spec.restartsAfter(last.get().exitCode())
                    || view.isRestarting(last.get())) return Optional.empty();
            failed |= last.get().exitCode() != 0;
        }
        return Optional.of(failed ? FAILED : SUCCEEDED);
    }

    private static boolean initFailed(PodView view) {
        return view.specs().stream().filter(ContainerSpec::isInit).anyMatch(spec -> view.latest(spec.name())
                .filter(last -> last.hasEnded() && last.exitCode() != 0 && !spec.restartsAfter(last.exitCode())).isPresent());
    }
}
