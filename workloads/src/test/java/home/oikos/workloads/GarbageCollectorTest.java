package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.DeleteOptions.Propagation;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GarbageCollectorTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void inTheBackgroundDependentsFollowTheirOwner() throws InterruptedException {
        child("one", owner("own"));
        delete("own", Propagation.Background);
        awaitGone("one");
    }

    @Test
    void oneOfTwoOwnersIsForgottenWhenItGoes() throws InterruptedException {
        child("both", owner("own"), owner("other"));
        delete("own", Propagation.Background);
        var left = world.await(Resources.SECRETS, "n", "both", json -> json.at("metadata", "ownerReferences").array().size() == 1);
        assertEquals("other", left.at("metadata", "ownerReferences").at(0).at("name").text(""));
    }

    @Test
    void inTheForegroundTheOwnerWaitsForWhatBlocksIt() throws InterruptedException {
        var kid = child("kid", owner("own").with("blockOwnerDeletion", true));
        world.client.patch(Resources.SECRETS, ObjectKey.of(kid), Patch.merge("metadata", JsonObject.of("finalizers",
                List.of("e.com/hold"))));
        delete("own", Propagation.Foreground);
        world.await(Resources.SECRETS, "n", "kid", json -> json.at("metadata", "deletionTimestamp").isPresent());
        assertTrue(world.get(Resources.CONFIG_MAPS, "n", "own").isPresent());
        world.client.patch(Resources.SECRETS, ObjectKey.of(kid), Patch.merge("metadata", JsonObject.of("finalizers", List.of())));
        world.await(Resources.CONFIG_MAPS, "n", "own", Json::isNull);
    }

    @Test
    void orphansLoseTheirOwnerAndLive() throws InterruptedException {
        child("kid", owner("own"));
        delete("own", Propagation.Orphan);
        world.await(Resources.CONFIG_MAPS, "n", "own", Json::isNull);
        assertEquals(JsonArray.EMPTY, world.get(Resources.SECRETS, "n", "kid").at("metadata", "ownerReferences").array());
    }

    @Test
    void whatNeverHadItsOwnerGoes() throws InterruptedException {
        child("lost", reference("never", "00000000-0000-0000-0000-000000000000"));
        awaitGone("lost");
    }

    @Test
    void anOwnerOfTheSameNameIsAnother() throws InterruptedException {
        owner("own");
        child("kid", reference("own", "00000000-0000-0000-0000-000000000000"));
        awaitGone("kid");
    }

    @Test
    void aCircleOfOwnersGoesAsAWhole() throws InterruptedException {
        var a = world.create(Resources.SECRETS, "n", "a");
        var b = world.create(Resources.SECRETS, "n", "b", "metadata", JsonObject.of("ownerReferences",
                List.of(circular("a", a).with("blockOwnerDeletion", true))));
        world.client.patch(Resources.SECRETS, ObjectKey.of(a), Patch.merge("metadata",
                JsonObject.of("ownerReferences", List.of(circular("b", b).with("blockOwnerDeletion", true)))));
        world.client.delete(Resources.SECRETS, ObjectKey.of(a), DeleteOptions.of(Propagation.Foreground));
        awaitGone("a");
        awaitGone("b");
    }

    private JsonObject circular(String name, Json object) {
        return JsonObject.of("apiVersion", "v1", "kind", "Secret", "name", name, "uid", object.at("metadata", "uid"));
    }

    private JsonObject owner(String name) {
        return reference(name, world.create(Resources.CONFIG_MAPS, "n", name).at("metadata", "uid").text(""));
    }

    private static JsonObject reference(String name, String uid) {
        return JsonObject.of("apiVersion", "v1", "kind", "ConfigMap", "name", name, "uid", uid);
    }

    private Json child(String name, JsonObject... owners) {
        return world.create(Resources.SECRETS, "n", name, "metadata", JsonObject.of("ownerReferences", List.of(owners)));
    }

    private void delete(String owner, Propagation how) {
        world.client.delete(Resources.CONFIG_MAPS, new ObjectKey("n", owner), DeleteOptions.of(how));
    }

    private void awaitGone(String secret) throws InterruptedException {
        world.await(Resources.SECRETS, "n", secret, Json::isNull);
    }
}
