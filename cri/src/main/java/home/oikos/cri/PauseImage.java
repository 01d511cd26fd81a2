package home.oikos.cri;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The image whose one process keeps a pod's name spaces open, made here: no registry is needed, and no compiler.
final class PauseImage {
    private PauseImage() { }

    static byte[] archive(String name) {
        var processor = Processor.ofThisMachine();
        var out = new ByteArrayOutputStream();
        try {
            var layer = new ByteArrayOutputStream();
            try (var tar = new TarWriter(layer)) {
                tar.file("pause", PauseProgram.of(processor), 0755);
            }
            var config = JsonObject.of("Entrypoint", JsonArray.of("/pause"), "User", "65535:65535");
            try (var archive = new OciArchive(out)) {
                archive.write(name, processor, config, Layer.of(layer.toByteArray()));
            }
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
