package home.oikos.store;

import java.io.IOException;

/// What is on disk is not what was written there. The store refuses to open: it would have to guess.
public final class CorruptLogException extends IOException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;

    CorruptLogException(String file, long offset, String found) {
        super("%s is damaged at byte %d: %s. Nothing was changed. Copy the data directory away, check the disk, and restore a backup"
                .formatted(file, offset, found));
        this.file = file;
        this.offset = offset;
    }

    public String file() {
        return file;
    }

    public long offset() {
        return offset;
    }
}
