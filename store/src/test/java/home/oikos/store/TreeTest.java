package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeTest {
    private static final int KEYS = 300;
    private static final int MANY = 200_000;

    private static Entry entry(String key, long revision) {
        return new Entry(key, new byte[0], 0, revision, revision, new Entry.Attachment(null));
    }

    private static List<Entry> under(Tree tree, String prefix, String from) {
        var found = new ArrayList<Entry>();
        tree.range(prefix, from, found::add);
        return found;
    }

    @Test
    void behavesLikeASortedMapUnderAnyChanges() {
        Repetition.of("TreeTest", Duration.ofMillis(500), 5_000, seed -> {
            var random = new SplittableRandom(seed);
            var tree = Tree.EMPTY;
            var model = new TreeMap<String, Entry>();
            for (int i = 0; i < 600; i++) {
                var key = Integer.toString(random.nextInt(KEYS), 5);
                var entry = entry(key, i + 1);
                boolean remove = random.nextInt(3) == 0;
                tree = remove ? tree.without(key) : tree.with(entry);
                if (remove) model.remove(key);
                else model.put(key, entry);
                assertEquals(model.size(), tree.size());
            }
            compare(model, tree);
        });
    }

    private static void compare(TreeMap<String, Entry> model, Tree tree) {
        assertEquals(List.copyOf(model.values()), under(tree, "", ""));
        for (var prefix : List.of("1", "12", "4", "44", "x")) {
            var expected = model.values().stream().filter(entry -> entry.key().startsWith(prefix)).toList();
            assertEquals(expected, under(tree, prefix, prefix));
            assertEquals(expected.size(), tree.count(prefix));
            var later = expected.stream().filter(entry -> entry.key().compareTo(prefix + "2") >= 0).toList();
            assertEquals(later, under(tree, prefix, prefix + "2"));
        }
        model.values().forEach(entry -> assertSame(entry, tree.get(entry.key())));
    }

    @Test
    void aChangeLeavesTheTreeItCameFromAlone() {
        var before = Tree.EMPTY.with(entry("a", 1)).with(entry("b", 2));
        before.with(entry("a", 3)).without("b");
        assertEquals(List.of(1L, 2L), under(before, "", "").stream().map(Entry::revision).toList());
    }

    /// A tree out of balance would overflow the stack.
    @Test
    void keysThatComeAndGoInOrderKeepItFlat() {
        var tree = Tree.EMPTY;
        for (int i = 0; i < MANY; i++) tree = tree.with(entry("%08d".formatted(i), 1));
        assertEquals(MANY, tree.count("0"));
        for (int i = 0; i < MANY; i++) tree = tree.without("%08d".formatted(i));
        assertEquals(0, tree.size());
    }
}
