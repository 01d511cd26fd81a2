package home.oikos.cri;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.host.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
    @TempDir
    Path dir;

    @Test
    void aFolderComesBackFromItsTarAsItWas() throws IOException {
        var longName = "a".repeat(90) + "/" + "b".repeat(90);
        Files.createDirectories(dir.resolve("root/x").resolve(longName).getParent());
        Files.writeString(dir.resolve("root/x").resolve(longName), "deep");
        Files.writeString(dir.resolve("root/x/ümlaut"), "ü".repeat(700));
        Files.createLink(dir.resolve("root/x/zz-hard"), dir.resolve("root/x/ümlaut"));
        Files.createSymbolicLink(dir.resolve("root/link"), Path.of("c".repeat(150)));
        Files.setPosixFilePermissions(dir.resolve("root/x/ümlaut"), PosixFilePermissions.fromString("rwxr-x--x"));
        Command.of("chown", "33:42", dir.resolve("root/x/ümlaut").toString()).run();
        try (var out = Files.newOutputStream(dir.resolve("root.tar"))) {
            new RootTar(dir.resolve("root")).writeTo(out);
        }
        Files.createDirectory(dir.resolve("back"));
        Command.of("tar", "-xpf", dir.resolve("root.tar").toString(), "-C", dir.resolve("back").toString()).run();
        Command.of("diff", "-r", "--no-dereference", dir.resolve("root").toString(), dir.resolve("back").toString()).run();
        var traits = Command.of("stat", "-c", "%a %u %g %h", dir.resolve("back/x/zz-hard").toString()).run().text();
        assertEquals("751 33 42 2\n", traits);
    }

    @Test
    void theSameContentGivesTheSameBytes() throws Exception {
        var first = build("one");
        assertArrayEquals(first, build("two"));
    }

    private byte[] build(String folder) throws IOException {
        var file = Files.writeString(dir.resolve("greeting"), "hello");
        var request = new ImageRequest("greeter", List.of(), Map.of("/etc/greeting", file), List.of("/bin/true"));
        return Files.readAllBytes(new ImageBuilder(Files.createDirectory(dir.resolve(folder)), _ -> { }).build(request));
    }

    @Test
    void anImageOfDebianPackagesHasTheirFilesAndTheUsersTheyNeed() throws IOException {
        var said = new ArrayList<String>();
        var request = new ImageRequest("media", List.of("nginx-light", "busybox-static"), Map.of(), List.of("nginx", "-g", "daemon off;"));
        new ImageBuilder(dir, said::add).build(request);
        var members = Command.of("tar", "-tzf", dir.resolve("layer.tar.gz").toString()).run().lines();
        assertTrue(members.containsAll(List.of("usr/sbin/nginx", "etc/passwd", "bin/sh", "etc/nginx/nginx.conf")), members.toString());
        assertTrue(members.stream().noneMatch(name -> name.startsWith("usr/share/man/")));
        assertTrue(said.stream().anyMatch(line -> line.matches("[0-9]+ packages")), said.toString());
    }

    @Test
    void namesMeanWhatTheyMeanEverywhere() {
        assertEquals("docker.io/library/nginx:latest", ImageName.of("nginx").full());
        assertEquals("docker.io/library/nginx:1.22", ImageName.of("nginx:1.22").full());
        assertEquals("docker.io/me/app:latest", ImageName.of("me/app").full());
        assertEquals("localhost/app:latest", ImageName.of("localhost/app").full());
        assertEquals("box:5000/app:2", ImageName.of("box:5000/app:2").full());
        assertEquals("ghcr.io/a/b@sha256:00", ImageName.of("ghcr.io/a/b@sha256:00").full());
    }

    @Test
    void whatIsNoPackageOrNoPathInsideIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ImageRequest("x", List.of("-o=Evil::Option"), Map.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new ImageRequest("x", List.of(), Map.of("/../etc/passwd", dir), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new ImageRequest("x", List.of(), Map.of("etc/passwd", dir), List.of()));
    }

    @Test
    void thePauseProgramIsAnExecutableOfEachProcessor() throws IOException {
        Files.write(dir.resolve("pause"), PauseProgram.of(Processor.ofThisMachine()));
        Command.of("chmod", "755", dir.resolve("pause").toString()).run();
        var status = Command.of("timeout", "0.2", dir.resolve("pause").toString()).tryRun().status();
        assertEquals(124, status, "it sleeps until it is ended");
        for (var processor : Processor.values()) {
            var elf = PauseProgram.of(processor);
            assertEquals(processor.elfMachine(), elf[18] & 0xff);
            assertTrue(elf.length < 300);
        }
    }

    @Test
    void theInstructionsForArmAreThoseOfItsManual() {
        var code = PauseProgram.of(Processor.ARM64);
        // movz x8, #134 is 0xd28010c8; adr x1, .+48 is 0x10000181; svc #0 is 0xd4000001; b .-24 is 0x17fffffa.
        assertEquals(0xd28010c8, word(code, 120));
        assertEquals(0x10000181, word(code, 128));
        assertEquals(0xd4000001, word(code, 140));
        assertEquals(0x17fffffa, word(code, 168));
        assertEquals(1, word(code, 176));
    }

    private static int word(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    @Test
    void anArchiveNamesItsImageForContainerd() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var archive = new OciArchive(out)) {
            archive.write("localhost/x:1", Processor.AMD64, JsonObject.EMPTY, Layer.of(new byte[1024]));
        }
        Files.write(dir.resolve("image.tar"), out.toByteArray());
        var index = Command.of("tar", "-xOf", dir.resolve("image.tar").toString(), "index.json").run().text();
        assertTrue(index.contains("\"io.containerd.image.name\":\"localhost/x:1\""), index);
    }
}
