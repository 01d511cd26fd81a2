package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which ReplicaSet holds the current template of a Deployment and which hold earlier ones, and the annotations that number them.
/// @param current the one with the current template; the oldest, should there be several
/// @param old the others, oldest first
record Revisions(Optional<ReplicaSet> current, List<ReplicaSet> old) {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";
    static final String HASH_LABEL = "pod-template-hash";
    /// Longest history kept in an annotation, as upstream.
    private static final int HISTORY_LENGTH_MAX = 2000;
    private static final Set<String> NOT_COPIED =
            Set.of("kubectl.kubernetes.io/last-applied-configuration", REVISION, HISTORY, DESIRED, MAX,
                    "deprecated.deployment.rollback.to");

    static Revisions of(Deployment deployment, List<ReplicaSet> sets) {
        var byAge = sets.stream().sorted(Comparator.comparing((ReplicaSet set) -> set.metadata().creationTime())
                .thenComparing(ReplicaSet::name)).toList();
        var current = byAge.stream().filter(set -> isOf(set, deployment.template())).findFirst();
        return new Revisions(current, byAge.stream().filter(set -> current.isEmpty() || set != current.get()).toList());
    }

    private static boolean isOf(ReplicaSet set, Json template) {
        return plain(set.template()).equals(plain(template));
    }

    /// The template without the label that the Deployment adds.
    private static JsonObject plain(Json template) {
        return template.object().withAt(template.at("metadata", "labels").object().without(HASH_LABEL), "metadata", "labels")
                .withoutAt("metadata", "creationTimestamp");
    }

    static long revision(ReplicaSet set) {
        return number(set.metadata().annotations().get(REVISION));
    }

    private static long number(String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }

    long next() {
        return old.stream().mapToLong(Revisions::revision).max().orElse(0) + 1;
    }

    /// The annotations of a ReplicaSet that is made now.
    Map<String, String> annotationsOfNew(Deployment deployment) {
        var annotations = copied(deployment);
        annotations.put(REVISION, Long.toString(next()));
        annotations.putAll(sizes(deployment));
        return annotations;
    }

    /// What has to change in the annotations of the current one: a revision that came back gets the next number and remembers its old one.
    Map<String, String> annotationsToChange(Deployment deployment, ReplicaSet set) {
        var wanted = copied(deployment);
        long before = revision(set);
        if (before < next()) {
            wanted.put(REVISION, Long.toString(next()));
            if (set.metadata().annotations().containsKey(REVISION)) wanted.put(HISTORY, history(set));
        }
        wanted.entrySet().removeIf(annotation -> annotation.getValue().equals(set.metadata().annotations().get(annotation.getKey())));
        return wanted;
    }

    private static String history(ReplicaSet set) {
        var before = set.metadata().annotations().getOrDefault(HISTORY, "");
        var whole = before.isEmpty() ? Long.toString(revision(set)) : before + "," + revision(set);
        while (whole.length() > HISTORY_LENGTH_MAX) whole = whole.substring(whole.indexOf(',') + 1);
        return whole;
    }

    private static Map<String, String> copied(Deployment deployment) {
        var annotations = new HashMap<>(deployment.metadata().annotations());
        annotations.keySet().removeAll(NOT_COPIED);
        return annotations;
    }

    /// What a ReplicaSet notes of its Deployment's size, so that a scaling between two steps is seen.
    static Map<String, String> sizes(Deployment deployment) {
        return Map.of(DESIRED, Integer.toString(deployment.replicas()), MAX, Integer.toString(deployment.replicas() + deployment.surge()));
    }
}
