package home.oikos.node;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a container wrote into its termination log; for one that failed, on request the end of its log.
final class LastWords {
    /// As in Kubernetes.
    private static final int BYTES_MAX = 4_096;
    private static final int LOG_BYTES_MAX = 2_048;

    private LastWords() { }

    static String of(NodeSettings settings, PodView view, Container container) {
        var identity = view.identity();
        var words = end(settings.folders(identity.uid()).lastWords(container.name(), container.attempt()), BYTES_MAX);
        boolean fallback = view.specs().stream().filter(spec -> spec.name().equals(container.name()))
                .anyMatch(spec -> spec.json().at("terminationMessagePolicy").text("").equals("FallbackToLogsOnError"));
        if (!words.isEmpty() || !fallback || container.exitCode() == 0) return words;
        var log = end(settings.logs(identity).resolve(container.name()).resolve(container.attempt() + ".log"), 2 * LOG_BYTES_MAX);
        var text = text(log);
        return text.substring(Math.max(0, text.length() - LOG_BYTES_MAX));
    }

    /// What stands in a log as CRI writes it; its last line ends with a line break only when the container wrote one.
    static String text(String log) {
        var text = new StringBuilder();
        log.lines().forEach(line -> LogLine.parse(line.getBytes(StandardCharsets.UTF_8)).ifPresent(parsed ->
                text.append(new String(parsed.text(), StandardCharsets.UTF_8)).append(parsed.whole() ? "\n" : "")));
        return text.toString();
    }

    private static String end(Path file, int bytesMax) {
        if (!Files.isRegularFile(file)) return "";
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - bytesMax);
            var bytes = new byte[(int) (in.length() - from)];
            in.seek(from);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
