package home.oikos.node;

/// A container cannot be configured as its pod says: a ConfigMap, key or volume is missing or not allowed. The user reads the message.
final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1;

    ConfigurationException(String message) {
        super(message);
    }
}
