package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private final Catalog catalog = Catalog.builtIn();

    @Test
    void everyFieldOfEveryTypeOfEveryGroupVersionCanBeRead() {
        int fields = 0;
        for (var groupVersion : catalog.groupVersions()) {
            assertFalse(catalog.resources(groupVersion).isEmpty(), groupVersion.toString());
            for (var type : catalog.types(groupVersion)) fields += type.fields().size();
        }
        assertTrue(fields > 2_000, "fields: " + fields);
    }

    @Test
    void aResourceTellsHowItIsServed() {
        var deployments = catalog.resource(GroupVersion.parse("apps/v1"), "deployments").orElseThrow();
        assertEquals(List.of("deploy"), deployments.shortNames());
        assertTrue(deployments.namespaced());
        assertEquals(new GroupVersionKind("autoscaling", "v1", "Scale"), deployments.subresource("scale").orElseThrow().kind());
        assertEquals(List.of("Name", "Ready", "Up-to-date", "Available", "Age", "Containers", "Images", "Selector"),
                deployments.columns().stream().map(Column::name).toList());
        assertEquals("name", deployments.columns().getFirst().format());
        assertEquals(1, deployments.columns().getLast().priority());
    }

    @Test
    void aTypeMayContainItselfAndTypesOfOtherFiles() {
        var props = catalog.library().type("apiextensions-v1/JSONSchemaProps");
        assertSame(props, props.field("not").orElseThrow().type());
        var template = catalog.library().type("apps-v1/DeploymentSpec").field("template").orElseThrow();
        assertEquals("core-v1/PodTemplateSpec", template.type().toString());
    }

    @Test
    void listsAndPatchRulesOfContainersAreAsInTheFile() {
        var containers = catalog.library().type("core-v1/PodSpec").field("containers").orElseThrow();
        assertEquals(List.of("name"), ((ListSchema) containers.type()).keys());
        assertEquals("name", containers.patch().mergeKey());
        assertTrue(containers.required());
        var finalizers = catalog.library().type("meta-v1/ObjectMeta").field("finalizers").orElseThrow();
        assertEquals(ListSchema.Kind.SET, ((ListSchema) finalizers.type()).kind());
        assertTrue(finalizers.patch().merge());
    }

    @Test
    void kindsOfTheApiItselfHaveTypesToo() {
        for (var kind : List.of("v1/Status", "meta.k8s.io/v1/PartialObjectMetadataList", "v1/PodList", "policy/v1/Eviction")) {
            int slash = kind.lastIndexOf('/');
            assertTrue(catalog.type(GroupVersion.parse(kind.substring(0, slash)).kind(kind.substring(slash + 1))).isPresent(), kind);
        }
        assertTrue(catalog.type(GroupVersion.CORE.kind("Deployment")).isEmpty());
        assertTrue(catalog.type(GroupVersion.parse("none/v1").kind("Status")).isEmpty());
    }

    @Test
    void whatPeopleLookUpIsDescribed() {
        var spec = catalog.library().type("apps-v1/DeploymentSpec");
        assertEquals("How many pods are wanted.", spec.field("replicas").orElseThrow().description());
        var pod = catalog.type(GroupVersion.CORE.kind("Pod")).orElseThrow();
        assertFalse(pod.traits().description().isEmpty());
    }

    @Test
    void numbersOfInlinedMessagesHaveTwoParts() {
        assertEquals(List.of(1, 4), catalog.library().type("core-v1/EphemeralContainer").field("args").orElseThrow().number());
    }
}
