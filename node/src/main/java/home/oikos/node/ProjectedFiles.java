package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of a volume that shows what the API knows: ConfigMaps, Secrets, tokens, the pod's own fields. Decides only; reads through
/// [PodSources].
record ProjectedFiles(PodFields fields, PodSources sources) {
    private static final int MODE = 0644;
    private static final int TOKEN_SECONDS = 3_600;

    /// One file.
    record File(byte[] content, int mode) {
        @Override
        public boolean equals(Object other) {
            return other instanceof File file && mode == file.mode && Arrays.equals(content, file.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }
    }

    /// Whether this is such a volume.
    static boolean covers(Json volume) {
        return volume.at("configMap").isPresent() || volume.at("secret").isPresent() || volume.at("downwardAPI").isPresent()
                || volume.at("projected").isPresent();
    }

    /// The files by their path within the volume.
    Map<String, File> of(Json volume) throws ConfigurationException {
        var files = new LinkedHashMap<String, File>();
        var projected = volume.at("projected");
        if (projected.isNull()) add(files, volume, mode(volume));
        for (var source : projected.at("sources").array()) add(files, source, projected.at("defaultMode").integer(MODE));
        for (var path : files.keySet()) checkPath(path);
        return files;
    }

    private static int mode(Json volume) {
        for (var kind : new String[] {"configMap", "secret", "downwardAPI"}) {
            if (volume.at(kind).isPresent()) return volume.at(kind, "defaultMode").integer(MODE);
        }
        return MODE;
    }

    private void add(Map<String, File> files, Json source, int mode) throws ConfigurationException {
        if (source.at("configMap").isPresent()) configMap(files, source.at("configMap"), mode);
        if (source.at("secret").isPresent()) secret(files, source.at("secret"), mode);
        if (source.at("downwardAPI").isPresent()) downward(files, source.at("downwardAPI"), mode);
        if (source.at("serviceAccountToken").isPresent()) token(files, source.at("serviceAccountToken"), mode);
    }

    private void configMap(Map<String, File> files, Json source, int mode) throws ConfigurationException {
        var name = source.at("name").text("");
        var found = sources.configMap(key(name));
        if (missing(found, source, "configmap", name)) return;
        var contents = new LinkedHashMap<String, byte[]>();
        found.get().at("data").object().members().forEach((key, value) -> contents.put(key,
                value.text("").getBytes(StandardCharsets.UTF_8)));
        found.get().at("binaryData").object().members().forEach((key, value) -> contents.put(key, decoded(value)));
        pick(files, contents, source, mode, "configmap \"" + name + "\"");
    }

    private void secret(Map<String, File> files, Json source, int mode) throws ConfigurationException {
        var name = source.at("secretName").text(source.at("name").text(""));
        var found = sources.secret(key(name));
        if (missing(found, source, "secret", name)) return;
        var contents = new LinkedHashMap<String, byte[]>();
        found.get().at("data").object().members().forEach((key, value) -> contents.put(key, decoded(value)));
        pick(files, contents, source, mode, "secret \"" + name + "\"");
    }

    private static byte[] decoded(Json base64) {
        return Base64.getDecoder().decode(base64.text(""));
    }

    private static boolean missing(Optional<Json> found, Json source, String kind, String name) throws ConfigurationException {
        if (found.isPresent()) return false;
        if (source.at("optional").bool(false)) return true;
        throw new ConfigurationException(kind + " \"" + name + "\" not found");
    }

    /// All keys, or those that `items` name.
    private static void pick(Map<String, File> files, Map<String, byte[]> contents, Json source, int mode,
            String what) throws ConfigurationException {
        if (source.at("items").isNull()) contents.forEach((key, content) -> files.put(key, new File(content, mode)));
        for (var item : source.at("items").array()) {
            var content = contents.get(item.at("key").text(""));
            if (content != null) files.put(item.at("path").text(""), new File(content, item.at("mode").integer(mode)));
            else if (!source.at("optional").bool(false)) {
                throw new ConfigurationException("references non-existent key: " + item.at("key").text("") + " of " + what);
            }
        }
    }

    private void downward(Map<String, File> files, Json source, int mode) throws ConfigurationException {
        for (var item : source.at("items").array()) {
            var value = item.at("fieldRef").isPresent() ? fields.field(item.at("fieldRef", "fieldPath").text(""))
                    : fields.resource(item.at("resourceFieldRef"), "");
            files.put(item.at("path").text(""), new File(value.getBytes(StandardCharsets.UTF_8), item.at("mode").integer(mode)));
        }
    }

    private void token(Map<String, File> files, Json source, int mode) {
        var identity = PodIdentity.of(fields.pod());
        var audience = source.at("audience").text();
        var bound = JsonObject.of("apiVersion", "v1", "kind", "Pod", "name", identity.name(), "uid", identity.uid());
        var request = JsonObject.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest", "spec",
                JsonObject.of("expirationSeconds", source.at("expirationSeconds").integer(TOKEN_SECONDS), "boundObjectRef", bound,
                        "audiences", audience.map(List::of).orElse(null)));
        var answer = sources.token(key(fields.pod().at("spec", "serviceAccountName").text("default")), request);
        files.put(source.at("path").text("token"), new File(answer.at("status", "token").text("").getBytes(StandardCharsets.UTF_8), mode));
    }

    private ObjectKey key(String name) {
        return new ObjectKey(fields.pod().at("metadata", "namespace").text(""), name.isEmpty() ? "-" : name);
    }

    /// Validation has refused these before; a path that leaves the volume must not even reach the disk.
    private static void checkPath(String path) throws ConfigurationException {
        if (path.isEmpty() || path.startsWith("/") || path.startsWith("..") || path.contains("/../") || path.endsWith("/..")) {
            throw new ConfigurationException("path \"" + path + "\" is not inside the volume");
        }
    }
}
