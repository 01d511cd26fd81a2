package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.host.BeneathPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {
    @TempDir
    Path dir;

    @Test
    void filesOfAVolumeChangeTogetherAndOldOnesGo() throws IOException {
        var folder = new AtomicFolder(dir.resolve("v"), OptionalInt.empty());
        folder.write(Map.of("a", file("one"), "sub/b", file("two")));
        var before = Files.readSymbolicLink(dir.resolve("v/..data"));
        folder.write(Map.of("a", file("one"), "sub/b", file("two")));
        assertEquals(before, Files.readSymbolicLink(dir.resolve("v/..data")), "nothing changed, so nothing is written");
        folder.write(Map.of("a", file("three")));
        assertEquals("three", Files.readString(dir.resolve("v/a")));
        assertFalse(Files.exists(dir.resolve("v/sub")));
        assertFalse(Files.exists(dir.resolve("v").resolve(before)));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("v/a"))));
    }

    @Test
    void projectedVolumesShowTheirSourcesAtTheirPaths() throws Exception {
        var files = files("""
                {'name':'v','projected':{'defaultMode':256,'sources':[
                 {'configMap':{'name':'settings','items':[{'key':'colour','path':'ui/colour','mode':420}]}},{'secret':{'name':'login'}},
                 {'downwardAPI':{'items':[{'path':'name','fieldRef':{'fieldPath':'metadata.name'}}]}},
                 {'serviceAccountToken':{'path':'token','expirationSeconds':600}}]}}""");
        assertEquals(List.of("ui/colour", "password", "name", "token"), List.copyOf(files.keySet()));
        assertEquals("token of home/robot", new String(files.get("token").content()));
        assertEquals(0400, files.get("password").mode());
        assertEquals(0644, files.get("ui/colour").mode());
    }

    @Test
    void aVolumeWhoseSourceIsMissingIsRefusedUnlessOptional() throws Exception {
        assertThrows(ConfigurationException.class, () -> files("{'configMap':{'name':'gone'}}"));
        assertThrows(ConfigurationException.class, () -> files("{'configMap':{'name':'settings','items':[{'key':'x','path':'x'}]}}"));
        assertEquals(Map.of(), files("{'secret':{'secretName':'gone','optional':true}}"));
    }

    @Test
    void noPathLeavesItsVolume() {
        for (var path : List.of("../x", "/x", "a/../../x", "..data/x")) {
            assertThrows(ConfigurationException.class,
                    () -> files("{'configMap':{'name':'settings','items':[{'key':'colour','path':'" + path + "'}]}}"), path);
        }
    }

    @Test
    void pathsOfTheMachineThatLeadToSecretsAreRefused() throws Exception {
        var home = Files.createDirectories(dir.resolve("home"));
        var rule = new HostPathRule(List.of(home));
        Files.createSymbolicLink(dir.resolve("link"), home);
        for (var path : List.of("/", "/proc/1", "/sys", "/run", "/run/oikos/1", "/run/containerd/containerd.sock", "/var/lib",
                "/tmp/../proc",
                home.toString(), home + "/keys", dir.toString(), dir + "/link/keys", "relative")) {
            assertThrows(ConfigurationException.class, () -> rule.check(path), path);
        }
        for (var path : List.of("/dev/ttyUSB0", "/media/photos", dir + "/other")) assertTrue(rule.check(path).isAbsolute(), path);
    }

    @Test
    void aSubPathIsFoundInsideOrNotAtAll() throws IOException {
        var volume = Files.createDirectories(dir.resolve("volume/inner")).getParent();
        Files.writeString(volume.resolve("inner/file"), "inside");
        Files.createSymbolicLink(volume.resolve("inside"), Path.of("inner"));
        Files.createSymbolicLink(volume.resolve("absolute"), Path.of("/etc"));
        Files.createSymbolicLink(volume.resolve("upwards"), Path.of("../.."));
        try (var found = BeneathPath.open(volume, "inside/file")) {
            assertEquals("inside", Files.readString(found.path()));
        }
        try (var made = BeneathPath.open(volume, "new/deep")) {
            assertTrue(made.isDirectory() && Files.isDirectory(volume.resolve("new/deep")));
        }
        for (var path : List.of("absolute", "absolute/passwd", "upwards", "upwards/etc", "../x", "/etc", "inner/../../x")) {
            assertThrows(IOException.class, () -> BeneathPath.open(volume, path).close(), path);
        }
    }

    @Test
    void theHostsFileNamesThePodAndItsAliases() {
        var pod = PodViews.of("{'hostAliases':[{'ip':'10.1.1.1','hostnames':['printer','nas']}],'containers':[]}").view().pod();
        var text = HostsFile.of(pod, "10.70.4.2", "web", "cluster.local");
        assertTrue(text.startsWith("# Kubernetes-managed hosts file.\n"), text);
        assertTrue(text.contains("10.70.4.2\tweb\n") && text.contains("10.1.1.1\tprinter\tnas\n"), text);
    }

    private static Map<String, ProjectedFiles.File> files(String volume) throws ConfigurationException {
        var pod = PodViews.of("{'serviceAccountName':'robot','containers':[{'name':'main'}]}").view().pod();
        return new ProjectedFiles(new PodFields(pod, "10.70.4.2", "192.168.1.20", JsonObject.EMPTY), new EnvironmentPlanTest.Sources())
                .of(Json.parse(volume.replace('\'', '"')));
    }

    private static ProjectedFiles.File file(String content) {
        return new ProjectedFiles.File(content.getBytes(), 0644);
    }
}
