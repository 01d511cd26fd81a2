package home.oikos.cri;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/// Writes an image as one archive in the OCI image layout 1.0, which containerd, podman and skopeo read.
final class OciArchive implements AutoCloseable {
    private static final String EPOCH = "1970-01-01T00:00:00Z";
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

    private final TarWriter tar;

    OciArchive(OutputStream out) {
        tar = new TarWriter(out);
    }

    /// @param run the image's `config`: Entrypoint, Cmd, Env, User and so on
    void write(String name, Processor processor, JsonObject run, Layer layer) throws IOException {
        var config = config(processor, run, layer).bytes();
        var manifest = JsonObject.of("schemaVersion", 2, "mediaType", MANIFEST_TYPE, "config", descriptor(CONFIG_TYPE, config),
                "layers", List.of(JsonObject.of("mediaType", Layer.MEDIA_TYPE, "digest", layer.digest(), "size", layer.size()))).bytes();
        tar.directory("blobs");
        tar.directory("blobs/sha256");
        blob(config);
        tar.begin(new TarWriter.Member(path(layer.digest()), '0', "", 0644, 0, 0, layer.size()));
        layer.content().writeTo(new Unclosed(tar));
        tar.pad(layer.size());
        blob(manifest);
        tar.file("index.json", index(name, manifest).bytes(), 0644);
        tar.file("oci-layout", JsonObject.of("imageLayoutVersion", "1.0.0").bytes(), 0644);
    }

    private static JsonObject config(Processor processor, JsonObject run, Layer layer) {
        return JsonObject.of("created", EPOCH, "architecture", processor.ociName(), "os", "linux", "config", run,
                "rootfs", JsonObject.of("type", "layers", "diff_ids", JsonArray.of(layer.diffDigest())),
                "history", JsonArray.of(JsonObject.of("created", EPOCH, "created_by", "oikos image build")));
    }

    private static JsonObject index(String name, byte[] manifest) {
        var tag = name.substring(name.lastIndexOf(':') + 1);
        var named = descriptor(MANIFEST_TYPE, manifest).object().with("annotations",
                JsonObject.of("io.containerd.image.name", name, "org.opencontainers.image.ref.name", tag));
        return JsonObject.of("schemaVersion", 2, "manifests", JsonArray.of(named));
    }

    private static Json descriptor(String type, byte[] bytes) {
        return JsonObject.of("mediaType", type, "digest", Digests.of(bytes), "size", bytes.length);
    }

    private void blob(byte[] bytes) throws IOException {
        tar.file(path(Digests.of(bytes)), bytes, 0644);
    }

    private static String path(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /// The archive's end of a member's content.
    private static final class Unclosed extends OutputStream {
        private final TarWriter tar;

        Unclosed(TarWriter tar) {
            this.tar = tar;
        }

        @Override
        public void write(int b) throws IOException {
            tar.write(new byte[] {(byte) b}, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            tar.write(offset == 0 ? bytes : Arrays.copyOfRange(bytes, offset, offset + length), length);
        }
    }
}
