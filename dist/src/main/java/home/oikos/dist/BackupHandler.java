package home.oikos.dist;

import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.pki.SealedStream;
import home.oikos.store.LogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/// Serves the sealed backup of the running home. Who may have it is decided by RBAC before this is reached: the path is a
/// nonResourceURL that no default role but system:masters has.
final class BackupHandler implements Handler {
    static final String PATH = "/oikos/backup";

    private final LogStore store;
    private final Path data;
    private final Path rootKey;
    private final SecureRandom random;

    BackupHandler(LogStore store, Path data, Path rootKey, SecureRandom random) {
        this.store = store;
        this.data = data;
        this.rootKey = rootKey;
        this.random = random;
    }

    @Override
    public void handle(Request request, Response response) throws IOException, GeneralSecurityException {
        var root = Files.readAllBytes(rootKey);
        try (var out = response.stream(200, "application/octet-stream"); var sealed = SealedStream.sealing(out, Keys.recovery(data), random)) {
            Archive.write(sealed, data, root, store::backupTo);
        }
    }
}
