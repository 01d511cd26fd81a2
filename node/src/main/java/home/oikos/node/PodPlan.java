package home.oikos.node;

import home.oikos.node.PodStep.Finish;
import home.oikos.node.PodStep.MakeSandbox;
import home.oikos.node.PodStep.RemoveContainer;
import home.oikos.node.PodStep.ResizeContainer;
import home.oikos.node.PodStep.StartContainer;
import home.oikos.node.PodStep.StopContainer;
import home.oikos.node.PodStep.StopSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What to do next for a pod. A total function of what is known of it: nothing is remembered between two plans, so a restart of ours,
/// a missed event or a container that died unseen all lead to the same plan. Pure.
/// @param steps in order; empty when all is as it should be
/// @param lookAgain when something becomes due without any event
record PodPlan(List<PodStep> steps, Optional<Instant> lookAgain) {
    /// Why a container is ended that needs a restart to have other amounts.
    static final String RESIZE = "Resize";

    PodPlan {
        steps = List.copyOf(steps);
    }

    static PodPlan of(PodView view) {
        return new Maker(view).plan();
    }

    /// Gathers the steps of one plan.
    private static final class Maker {
        private final PodView view;
        private final List<PodStep> steps = new ArrayList<>();
        private Instant lookAgain;

        Maker(PodView view) {
            this.view = view;
        }

        PodPlan plan() {
            if (view.isDeleting()) terminate();
            else if (PodEnd.of(view).isPresent()) settle();
            else run();
            return new PodPlan(steps, Optional.ofNullable(lookAgain));
        }

        private void terminate() {
            var running = view.running();
            end(running);
            if (running.isEmpty()) {
                view.sandboxes().stream().filter(Sandbox::ready).forEach(room -> steps.add(new StopSandbox(room.id())));
                steps.add(new Finish());
            }
        }

        /// The pod has ended by itself: its sidecars and its room go, its containers stay for their logs.
        private void settle() {
            var running = view.running();
            end(running);
            if (running.isEmpty()) view.sandbox().ifPresent(room -> steps.add(new StopSandbox(room.id())));
        }

        /// Sidecars serve the others to their end, and go in the opposite order of their start; unless all has to go at once.
        private void end(List<Container> running) {
            var grace = PodGrace.of(view.pod());
            var others = running.stream().filter(container -> grace.isZero() || !isSidecar(container)).toList();
            others.forEach(container -> stop(container, grace, "Killing"));
            if (others.isEmpty() && !running.isEmpty()) stop(lastSidecar(running), PodGrace.left(view.pod(), view.now()), "Killing");
        }

        private boolean isSidecar(Container container) {
            return view.spec(container.name()).filter(spec -> spec.role() == ContainerSpec.Role.SIDECAR).isPresent();
        }

        private Container lastSidecar(List<Container> running) {
            return view.specs().reversed().stream().flatMap(spec -> running.stream().filter(run -> run.name().equals(spec.name())))
                    .findFirst().orElseThrow();
        }

        private void run() {
            PodVerdict.deadline(view.pod()).ifPresent(this::lookAgainAt);
            if (view.sandbox().isEmpty()) {
                newRoom();
                return;
            }
            prune();
            ofRole(ContainerSpec.Role.EPHEMERAL).forEach(this::keep);
            if (!initialized()) return;
            ofRole(ContainerSpec.Role.SIDECAR).forEach(this::keep);
            ofRole(ContainerSpec.Role.MAIN).forEach(this::keep);
        }

        private Stream<ContainerSpec> ofRole(ContainerSpec.Role role) {
            return view.specs().stream().filter(spec -> spec.role() == role);
        }

        private void newRoom() {
            for (var room : view.sandboxes()) steps.add(new StopSandbox(room.id()));
            steps.add(new MakeSandbox(view.sandboxes().stream().mapToInt(Sandbox::attempt).max().orElse(-1) + 1));
        }

        /// Keeps of each container the newest run and the one before, whose log people ask for.
        private void prune() {
            for (var spec : view.specs()) {
                view.containers().stream().filter(container -> container.name().equals(spec.name())).skip(2)
                        .filter(container -> !container.isRunning()).forEach(container -> steps.add(new RemoveContainer(container.id())));
            }
        }

        /// Starts init containers one after another; true when all of them are through.
        private boolean initialized() {
            if (mainHasStarted()) return true;
            for (var spec : view.specs()) {
                if (spec.role() == ContainerSpec.Role.MAIN) break;
                if (!passed(spec)) {
                    keep(spec);
                    return false;
                }
                if (spec.role() == ContainerSpec.Role.SIDECAR) keep(spec);
            }
            return true;
        }

        private boolean mainHasStarted() {
            return ofRole(ContainerSpec.Role.MAIN).anyMatch(spec -> view.current(spec.name()).isPresent());
        }

        private boolean passed(ContainerSpec spec) {
            var current = view.current(spec.name());
            return switch (spec.role()) {
                case INIT -> current.filter(container -> container.hasEnded() && container.exitCode() == 0).isPresent();
                case SIDECAR -> current.filter(container -> container.isRunning() && view.probe(container).started()).isPresent();
                case MAIN, EPHEMERAL -> false;
            };
        }

        /// Brings one container to where its spec wants it.
        private void keep(ContainerSpec spec) {
            var current = view.current(spec.name());
            if (current.isEmpty()) startInNewRoom(spec);
            else keep(spec, current.get());
        }

        private void startInNewRoom(ContainerSpec spec) {
            var before = view.latest(spec.name());
            boolean done = before.filter(Container::hasEnded).filter(ended -> !spec.isInit()
                    && !spec.restartsAfter(ended.exitCode())).isPresent();
            int attempt = before.map(Container::attempt).orElse(ContainerStatuses.restartsTold(view.pod(), spec.name())) + 1;
            if (!done) steps.add(new StartContainer(spec.name(), attempt, before.map(RestartBackOff::next).orElse(0)));
        }

        private void keep(ContainerSpec spec, Container container) {
            switch (container.state()) {
                case CREATED -> {
                    steps.add(new RemoveContainer(container.id()));
                    steps.add(new StartContainer(spec.name(), container.attempt(), RestartBackOff.count(container.annotations())));
                }
                case RUNNING -> {
                    if (!view.probe(container).alive()) stop(container, PodGrace.ofProbe(view.pod(), spec, view.probe(container).started()),
                            "Unhealthy");
                    else resize(spec, container);
                }
                case EXITED, UNKNOWN -> restart(spec, container);
            }
        }

        private void resize(ContainerSpec spec, Container container) {
            if (view.has(spec, container) || view.stopping().contains(container.id())) return;
            if (spec.restartsToGetFrom(view.given(spec, container))) stop(container, PodGrace.of(view.pod()), RESIZE);
            else steps.add(new ResizeContainer(container.id(), container.name()));
        }

        private void restart(ContainerSpec spec, Container ended) {
            if (view.isRestarting(ended)) {
                steps.add(new StartContainer(spec.name(), ended.attempt() + 1, RestartBackOff.count(ended.annotations())));
                return;
            }
            if (!spec.restartsAfter(ended.exitCode())) return;
            var due = RestartBackOff.due(ended);
            if (due.isAfter(view.now())) lookAgainAt(due);
            else steps.add(new StartContainer(spec.name(), ended.attempt() + 1, RestartBackOff.next(ended)));
        }

        private void lookAgainAt(Instant due) {
            if (lookAgain == null || due.isBefore(lookAgain)) lookAgain = due;
        }

        private void stop(Container container, Duration grace, String why) {
            if (!view.stopping().contains(container.id())) steps.add(new StopContainer(container.id(), container.name(), grace, why));
        }
    }
}
