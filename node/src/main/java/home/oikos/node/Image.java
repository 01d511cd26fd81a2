package home.oikos.node;

import java.util.List;

/// An image on this machine.
/// @param digests names with digest; none means that it was built or imported here and can be pulled from nowhere
/// @param user what runs in it unless the pod says otherwise: a number or a name, or empty
public record Image(String id, List<String> names, List<String> digests, long sizeBytes, String user) {
    public Image {
        names = List.copyOf(names);
        digests = List.copyOf(digests);
    }

    public boolean isLocal() {
        return digests.isEmpty();
    }
}
