package home.oikos.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/// Asks devices by messages, over a connection that a driver holds anyway.
public interface MessageLine {
    /// What is asked, where and how.
    ///
    /// @param topic where the device listens
    /// @param answers where it answers; one level may be `+`
    /// @param isAnswer whether a message there is the answer to this
    record Question(String topic, String payload, String answers, Predicate<String> isAnswer) { }

    /// Publishes a question and waits for its answer. Any thread but the connection's own may call it.
    /// @throws IOException when there is no connection, or no answer in time
    String ask(Question question, Duration patience) throws IOException, InterruptedException;
}
