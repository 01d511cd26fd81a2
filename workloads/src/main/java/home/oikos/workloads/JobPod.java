package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import java.util.random.RandomGenerator;

/// Makes the pods of a Job.
final class JobPod {
    private static final JsonObject INDEX_VARIABLE = JsonObject.of("name", "JOB_COMPLETION_INDEX", "valueFrom", JsonObject.of("fieldRef",
            JsonObject.of("apiVersion", "v1", "fieldPath", "metadata.labels['" + Job.INDEX + "']")));

    private JobPod() { }

    /// @param index the completion index, or -1 when the Job has none
    /// @param failures how often that index has failed
    static JsonObject of(Job job, int index, int failures, RandomGenerator random) {
        var prefix = job.metadata().name() + (index < 0 ? "-" : "-" + index + "-");
        var pod = PodTemplate.pod(job.template(), job.reference(), Names.generated(prefix, random), prefix);
        var finalizers = pod.at("metadata", "finalizers").array().with(new JsonString(Job.FINALIZER));
        var tracked = pod.withAt(finalizers, "metadata", "finalizers");
        return index < 0 ? tracked : indexed(tracked, job, index, failures);
    }

    private static JsonObject indexed(JsonObject pod, Job job, int index, int failures) {
        var named = pod.withAt(String.valueOf(index), "metadata", "labels", Job.INDEX)
                .withAt(String.valueOf(index), "metadata", "annotations", Job.INDEX)
                .withAt(job.metadata().name() + "-" + index, "spec", "hostname");
        if (job.backoffLimitPerIndex().isPresent()) named = named.withAt(String.valueOf(failures), "metadata", "annotations", Job.FAILURES);
        for (var list : new String[] {"containers", "initContainers"}) {
            if (named.at("spec", list).isPresent()) named = named.changeAt(containers -> containers.array().map(JobPod::told), "spec",
                    list);
        }
        return named;
    }

    private static Json told(Json container) {
        var environment = container.at("env").array();
        boolean own = environment.stream().anyMatch(variable -> variable.at("name").text("").equals("JOB_COMPLETION_INDEX"));
        return own ? container : container.object().with("env", new JsonArray(environment.elements()).with(INDEX_VARIABLE));
    }
}
