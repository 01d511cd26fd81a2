package home.oikos.driver.mqtt;

/// One message to publish.
record Outgoing(String topic, String payload, int qos, boolean retain) { }
