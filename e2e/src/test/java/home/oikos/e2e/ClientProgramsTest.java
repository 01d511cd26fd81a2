package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.host.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Programs in other languages, each with the Kubernetes library of its own: they print `ok NAME` or `FAIL NAME: why` for each thing they
/// tried. Where a language or its library is not to be had, the program is left out, and that is said.
class ClientProgramsTest {
    private static final Path SOURCES = Build.checkout().resolve("e2e/src/test");
    private static final Path BUILT = Build.checkout().resolve("e2e/target/clients");
    private static final String PYTHON_CLIENT = "kubernetes==36.0.2";
    /// Fetching and compiling client-go takes minutes where its packages were never built, and seconds afterwards.
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(9);
    private static Machine machine;
    private static Home home;

    @BeforeAll
    static void bringUp() throws Exception {
        Files.createDirectories(BUILT);
        machine = Machine.create();
        home = Home.on(machine);
        home.up("--no-containers");
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) { }
    }

    @TestFactory
    Stream<DynamicTest> theGoLibraryIsServed() {
        return played("Go", goProgram());
    }

    @TestFactory
    Stream<DynamicTest> thePythonLibraryIsServed() {
        return played("Python", pythonProgram());
    }

    private static Optional<List<String>> goProgram() {
        var go = Stream.of("/usr/local/go/bin/go", "/usr/bin/go").filter(file -> Files.isExecutable(Path.of(file))).findFirst();
        if (go.isEmpty() || !succeeds(inGo(go.get(), "mod", "download"))) return Optional.empty();
        var program = BUILT.resolve("clients").toString();
        inGo(go.get(), "build", "-o", program, ".").run();
        return Optional.of(List.of(program));
    }

    private static Command inGo(String go, String... words) {
        return Command.of(go, "-C", SOURCES.resolve("go").toString()).with(words).within(BUILD_TIMEOUT);
    }

    private static Optional<List<String>> pythonProgram() {
        var python = BUILT.resolve("python/bin/python").toString();
        if (!Files.exists(Path.of(python)) && !succeeds(Command.of("python3", "-m", "venv", BUILT.resolve("python").toString()))) return Optional.empty();
        var install = Command.of(python, "-m", "pip", "install", "--quiet", PYTHON_CLIENT).within(BUILD_TIMEOUT);
        if (!succeeds(install)) return Optional.empty();
        return Optional.of(List.of(python, SOURCES.resolve("python/clients.py").toString()));
    }

    private static boolean succeeds(Command command) {
        return command.tryRun().status() == 0;
    }

    private static Stream<DynamicTest> played(String language, Optional<List<String>> program) {
        if (program.isEmpty()) {
            System.out.println("left out: " + language + " and its Kubernetes library cannot be had here");
            return Stream.of();
        }
        var told = machine.command(program.get().toArray(String[]::new)).variable("no_proxy", "*").with(home.data().resolve("kubeconfig").toString())
                .tryRun();
        var lines = told.lines().stream().filter(line -> line.startsWith("ok ") || line.startsWith("FAIL ")).toList();
        assertTrue(!lines.isEmpty(), language + " tried nothing: " + told.text() + told.err());
        return lines.stream().map(line -> DynamicTest.dynamicTest(line.split(":")[0], () -> assertEquals("ok", line.split(" ")[0], line)));
    }
}
