package home.oikos.driver.ddi;

import home.oikos.driver.FirmwareImage;
import home.oikos.http.RangedContent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/// An image on its way to whoever may have it, whole or in parts, a piece at a time whatever its size; and how far it is.
final class ImageAnswer {
    static final String MD5_SUFFIX = ".MD5SUM";
    /// How finely progress is told: each step is a write to the disk of the home.
    private static final int STEP_PERCENT = 10;

    private ImageAnswer() { }

    /// @param left told how many percent have left, in steps; 100 only for the last byte
    static RangedContent of(FirmwareImage image, IntConsumer left) {
        return new RangedContent("application/octet-stream", image.sha256(), image.sizeBytes(),
                offset -> new Counted(image.open(offset), offset, image.sizeBytes(), left));
    }

    /// Counts what is read: all but the last pieces of it has been taken by the socket then.
    private static final class Counted extends FilterInputStream {
        private final long size;
        private final IntConsumer left;
        private long at;

        Counted(InputStream in, long offset, long size, IntConsumer left) {
            super(in);
            this.at = offset;
            this.size = size;
            this.left = left;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            at += Math.max(0, count);
            int percent = at >= size ? 100 : (int) (at * 100 / size) / STEP_PERCENT * STEP_PERCENT;
            if (percent > 0) left.accept(percent);
            return count;
        }
    }
}
