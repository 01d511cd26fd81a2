package home.oikos.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TidyTest {
    private static final int LINE_CHARACTERS_MAX = 160;
    private static final int LONGEST_SHOWN = 10;
    /// Rooms where the outside world begins: the clock and the sleep of the process.
    private static final Set<String> ROOMS_WITH_A_CLOCK = Set.of("base", "dist", "bench", "e2e");
    private static final Pattern CLOCK = Pattern.compile("\\b(Instant\\.now\\(\\)|System\\.currentTimeMillis|Math\\.random|Thread\\.sleep\\()");
    private static final Pattern BANNED_NAME = Pattern.compile("(Manager|Helper|Utils?|Common|Impl|Info|Data)\\.java$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

    private final Tree tree = Tree.ofCheckout();

    @Test
    void everyRoomKnowsOnlyTheRoomsBelowIt() {
        var wrong = new ArrayList<String>();
        for (var source : tree.sources()) {
            var room = Rooms.of(source.packageName() + ".");
            if (source.isTest() || !Rooms.exists(room)) continue;
            for (var imported : source.ownImports()) {
                if (!Rooms.mayKnow(room, Rooms.of(imported))) wrong.add(tree.name(source.path()) + " imports " + imported);
            }
        }
        assertNone(wrong);
    }

    @Test
    void timeAndChanceComeFromOutside() {
        var wrong = new ArrayList<String>();
        for (var source : tree.sources()) {
            if (ROOMS_WITH_A_CLOCK.contains(Rooms.of(source.packageName() + "."))) continue;
            for (var line : source.lines()) {
                if (CLOCK.matcher(line).find() && !line.strip().startsWith("//")) wrong.add(tree.name(source.path()) + ": " + line.strip());
            }
        }
        wrong.removeIf(line -> line.startsWith("tidy/"));
        assertNone(wrong);
    }

    @Test
    void everyPackageSaysWhatItIs() {
        var described = new HashSet<String>();
        var packages = new HashSet<String>();
        for (var source : tree.sources()) {
            if (source.isTest() && !source.path().startsWith(tree.root().resolve("tidy"))) continue;
            packages.add(source.packageName());
            if (source.path().endsWith("package-info.java")) described.add(source.packageName());
        }
        packages.removeAll(described);
        assertNone(packages.stream().map(name -> name + " has no package-info.java").toList());
    }

    @Test
    void namesSayWhatAThingIs() {
        assertNone(tree.files(".java").stream().map(tree::name).filter(name -> BANNED_NAME.matcher(name).find()).toList());
    }

    @Test
    void textIsFormatted() {
        var wrong = new ArrayList<String>();
        for (var source : tree.sources()) {
            for (int i = 0; i < source.lines().size(); i++) {
                var why = misformatted(source.lines().get(i));
                if (!why.isEmpty()) wrong.add(tree.name(source.path()) + ":" + (i + 1) + " " + why);
            }
        }
        assertNone(wrong);
    }

    private static String misformatted(String line) {
        if (line.indexOf('\t') >= 0) return "has a tab";
        if (!line.isEmpty() && Character.isWhitespace(line.charAt(line.length() - 1))) return "ends with a blank";
        if (line.length() > LINE_CHARACTERS_MAX) return "is longer than " + LINE_CHARACTERS_MAX;
        return "";
    }

    @Test
    void linksInTheDocsLeadSomewhere() throws IOException {
        var wrong = new ArrayList<String>();
        for (var file : tree.files(".md")) {
            for (var link : LINK.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList()) {
                if (link.contains("://") || link.startsWith("mailto:")) continue;
                if (!Files.exists(file.getParent().resolve(link))) wrong.add(tree.name(file) + " -> " + link);
            }
        }
        assertNone(wrong);
    }

    /// Printed for people to read; fails on nothing but an empty tree.
    @Test
    void sizesAreShown() {
        var sources = tree.sources().stream().filter(source -> !source.isTest() && !source.path().endsWith("package-info.java")).toList();
        var methods = sources.stream().flatMap(source -> source.methods().stream().map(method -> new Sized(tree.name(source.path()), method))).toList();
        assertTrue(sources.size() > 100 && methods.size() > 300, "the tree was not read: %d files, %d methods".formatted(sources.size(), methods.size()));
        System.out.printf("%d files, median %d lines; %d methods, median %d lines%n",
                sources.size(), median(sources.stream().mapToInt(source -> source.lines().size())),
                methods.size(), median(methods.stream().mapToInt(sized -> sized.method().lines())));
        show("longest files", sources, source -> source.lines().size(), source -> tree.name(source.path()));
        show("longest methods", methods, sized -> sized.method().lines(), Sized::toString);
        show("longest parameter lists", methods, sized -> sized.method().parameters(), Sized::toString);
    }

    private record Sized(String file, Source.Method method) {
        @Override
        public String toString() {
            return file + " " + method.name();
        }
    }

    private static int median(IntStream values) {
        var sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static <T> void show(String title, List<T> things, Function<T, Integer> size, Function<T, String> name) {
        System.out.println(title);
        things.stream().sorted(Comparator.comparing(size).reversed()).limit(LONGEST_SHOWN)
                .forEach(thing -> System.out.printf("  %5d  %s%n", size.apply(thing), name.apply(thing)));
    }

    private static void assertNone(List<String> wrong) {
        assertEquals("", String.join("\n", wrong));
    }
}
