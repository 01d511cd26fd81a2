package home.oikos.cri;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What image to make of Debian packages.
/// @param packages installed with what they depend on, from this machine's own apt sources
/// @param files put into the image: path inside to file here
/// @param command what runs unless a pod says otherwise
public record ImageRequest(String name, List<String> packages, Map<String, Path> files, List<String> command) {
    public ImageRequest {
        packages = List.copyOf(packages);
        files = Map.copyOf(files);
        command = List.copyOf(command);
        if (name.isBlank()) throw new IllegalArgumentException("an image needs a name");
        packages.stream()
                .filter(name_ -> !name_.matches("[a-z0-9][a-z0-9+.-]*(:[a-z0-9]+)?(=[A-Za-z0-9.+:~-]+)?")).findFirst().ifPresent(odd -> {
            throw new IllegalArgumentException("\"" + odd + "\" is no name of a Debian package");
        });
        files.keySet().stream().filter(path -> !path.startsWith("/") || path.contains("/../")).findFirst().ifPresent(odd -> {
            throw new IllegalArgumentException("\"" + odd + "\": expected an absolute path inside the image");
        });
    }
}
