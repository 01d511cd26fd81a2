/// The MQTT driver: Zigbee2MQTT, Home Assistant discovery and plain JSON topics. It keeps no state that matters.
/// Messages become readings and announcements; commands become messages.
package home.oikos.driver.mqtt;
