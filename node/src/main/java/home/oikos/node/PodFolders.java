package home.oikos.node;

import java.nio.file.Path;

/// Where files of one pod live on this machine.
/// @param durable on the disk: empty directories, hosts file, last words
/// @param inMemory what may never reach a disk: secrets, tokens, volumes of medium Memory
record PodFolders(Path durable, Path inMemory) {
    Path emptyDir(String volume) {
        return durable.resolve("volumes").resolve(volume);
    }

    Path projected(String volume) {
        return inMemory.resolve("volumes").resolve(volume);
    }

    Path subPath(String container, int index) {
        return inMemory.resolve("subpaths").resolve(container).resolve(Integer.toString(index));
    }

    Path hosts() {
        return durable.resolve("etc-hosts");
    }

    /// What its containers were given after their start.
    Path resizes() {
        return durable.resolve("resizes.json");
    }

    Path lastWords(String container, int attempt) {
        return durable.resolve("termination").resolve(container + "-" + attempt);
    }
}
