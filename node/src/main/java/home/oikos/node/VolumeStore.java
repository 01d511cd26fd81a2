package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.api.Quantity;
import home.oikos.host.BeneathPath;
import home.oikos.host.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Makes the volumes of pods on this machine, keeps projected ones up to date, and takes them away. Called by the worker of each pod.
final class VolumeStore {
    private final NodeSettings settings;
    private final PodSources sources;
    private final HostPathRule hostPaths;

    VolumeStore(NodeSettings settings, PodSources sources) {
        this.settings = settings;
        this.sources = sources;
        this.hostPaths = new HostPathRule(List.of(settings.instance().dataDir(), settings.instance().runDir()));
    }

    /// Makes every volume of the pod, or brings it up to date.
    /// @return where each is, by its name
    Map<String, Path> prepare(PodFields fields) throws ConfigurationException, IOException {
        var folders = settings.folders(PodIdentity.of(fields.pod()).uid());
        var paths = new LinkedHashMap<String, Path>();
        for (var volume : fields.pod().at("spec", "volumes").array()) {
            var name = volume.at("name").text("");
            try {
                paths.put(name, prepare(fields, volume, folders));
            } catch (ConfigurationException unusable) {
                throw new ConfigurationException("MountVolume.SetUp failed for volume \"" + name + "\" : " + unusable.getMessage());
            }
        }
        return paths;
    }

    private Path prepare(PodFields fields, Json volume, PodFolders folders) throws ConfigurationException, IOException {
        var name = volume.at("name").text("");
        var group = group(fields.pod());
        if (ProjectedFiles.covers(volume)) {
            var folder = folders.projected(name);
            new AtomicFolder(folder, group).write(new ProjectedFiles(fields, sources).of(volume));
            return folder;
        }
        if (volume.at("emptyDir").isPresent()) return emptyDir(volume.at("emptyDir"), name, folders, group);
        if (volume.at("hostPath").isPresent()) return hostPath(volume.at("hostPath"));
        if (volume.at("persistentVolumeClaim").isPresent()) return claimed(fields.pod(), volume.at("persistentVolumeClaim"));
        throw new ConfigurationException("this kind of volume is not supported: "
                + String.join(", ", volume.object().without("name").names()));
    }

    private static Path emptyDir(Json source, String name, PodFolders folders, OptionalInt group) throws IOException {
        boolean inMemory = source.at("medium").text("").equals("Memory");
        var path = inMemory ? folders.projected(name) : folders.emptyDir(name);
        if (Files.isDirectory(path)) return path;
        Files.createDirectories(path);
        if (inMemory) Mounts.tmpfs(path, Quantity.of(source.at("sizeLimit")).map(Quantity::roundedUp).orElse(0L), "1777");
        Files.setPosixFilePermissions(path, AtomicFolder.permissions(0777));
        if (group.isPresent()) {
            Files.setAttribute(path, "unix:gid", group.getAsInt());
            Files.setAttribute(path, "unix:mode", 02777);
        }
        return path;
    }

    private Path hostPath(Json source) throws ConfigurationException, IOException {
        var path = hostPaths.check(source.at("path").text(""));
        HostPathRule.ensure(path, source.at("type").text(""));
        return path;
    }

    /// The place that the volume of a claim stands for: a folder of this machine.
    private Path claimed(Json pod, Json source) throws ConfigurationException, IOException {
        var name = source.at("claimName").text("-");
        var claim = sources.claim(new ObjectKey(PodIdentity.of(pod).namespace(), name))
                .orElseThrow(() -> new ConfigurationException("persistentvolumeclaim \"" + name + "\" not found"));
        if (!claim.at("status", "phase").text("").equals("Bound")) {
            throw new ConfigurationException("persistentvolumeclaim \"" + name + "\" is not bound yet");
        }
        var bound = claim.at("spec", "volumeName").text("-");
        var volume = sources.volume(bound)
                .orElseThrow(() -> new ConfigurationException("persistentvolume \"" + bound + "\" not found")).at("spec");
        if (volume.at("hostPath").isPresent()) return hostPath(volume.at("hostPath"));
        if (volume.at("local").isPresent()) return hostPath(volume.at("local").object().with("type", "Directory"));
        throw new ConfigurationException("persistentvolume \"" + bound + "\" is neither a hostPath nor a local volume");
    }

    private static OptionalInt group(Json pod) {
        var group = pod.at("spec", "securityContext", "fsGroup");
        return group.isPresent() ? OptionalInt.of(group.integer(0)) : OptionalInt.empty();
    }

    /// Shows a part of a volume at a place of its own. The way to it is walked inside the volume, so that a link which a container
    /// put there cannot lead out, not even by being swapped at the right moment.
    Path subPath(PodIdentity pod, String container, int index, Path volume, String subPath) throws IOException {
        var place = settings.folders(pod.uid()).subPath(container, index);
        Mounts.unmountAll(place);
        try (var found = BeneathPath.open(volume, subPath)) {
            Files.createDirectories(place.getParent());
            if (found.isDirectory()) Files.createDirectories(place);
            else if (!Files.exists(place)) Files.createFile(place);
            Mounts.bind(found.path(), place);
        }
        return place;
    }

    /// Takes away everything of a pod but its logs.
    void remove(String podUid) throws IOException {
        var folders = settings.folders(podUid);
        Mounts.unmountAll(folders.inMemory());
        Folders.delete(folders.inMemory());
        Folders.delete(folders.durable());
    }
}
