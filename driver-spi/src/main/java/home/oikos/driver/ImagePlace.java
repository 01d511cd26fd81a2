package home.oikos.driver;

import java.util.concurrent.CompletableFuture;

/// Where one device may fetch one image, until this is closed. Any thread may call it.
public interface ImagePlace extends AutoCloseable {
    /// The URL to fetch from, once the port is open; it waits for as long as none can be opened.
    CompletableFuture<String> url();

    /// Nothing more is handed out; a copy on its way is broken off. May be called again.
    @Override
    void close();
}
