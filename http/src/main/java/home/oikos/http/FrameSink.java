package home.oikos.http;

import java.util.List;

/// Where the frames of one watch go. Every method is called on the watch's executor and none blocks.
interface FrameSink {
    /// Sends the headers.
    /// @param lost to be called on the same executor when the peer has gone
    void open(Runnable lost);

    /// @param taken called on the same executor when the peer has taken them off our hands
    void write(List<byte[]> frames, Runnable taken);

    /// Ends the answer after what was written.
    void end();

    /// Drops the answer and what was not sent of it.
    void cut();
}
