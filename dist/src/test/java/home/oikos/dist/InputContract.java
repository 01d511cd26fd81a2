package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.ApiException;
import home.oikos.api.Yaml;
import home.oikos.client.Resource;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What every home kind has in common whose nonsense the API server itself refuses: one home for all cases, and what a refusal is.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InputContract {
    RuledHome home;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        home = new RuledHome(folder);
    }

    @AfterAll
    void close() throws Exception {
        home.close();
    }

    /// Creates the sensible object with something else in the place of a part of it, under the name `bad`, and demands a refusal with that word.
    /// @param name of the sensible one
    void assertRefused(Resource kind, String sensible, String name, String good, String bad, String word) {
        assertTrue(sensible.contains(good), good);
        var refused = assertThrows(ApiException.class, () ->
                home.admin.create(kind, Yaml.parse(sensible.replace(good, bad).replace("name: " + name, "name: bad"))));
        assertEquals(422, refused.code(), refused.getMessage());
        assertTrue(refused.getMessage().contains(word), refused.getMessage());
    }
}
