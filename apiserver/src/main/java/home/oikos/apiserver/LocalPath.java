package home.oikos.apiserver;

import java.util.Arrays;

/// Paths that must stay below where they begin.
final class LocalPath {
    private LocalPath() { }

    /// What is wrong with a relative path, or null.
    static String error(String path) {
        return path.startsWith("/") ? "must be a relative path" : climbError(path);
    }

    /// What is wrong with a path that may be absolute, or null.
    static String climbError(String path) {
        return Arrays.asList(path.split("/")).contains("..") ? "must not contain '..'" : null;
    }
}
