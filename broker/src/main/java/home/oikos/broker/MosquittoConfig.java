package home.oikos.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The text of mosquitto.conf(5). Pure.
final class MosquittoConfig {
    /// Messages a client may have in flight before it acknowledges: the gateway acknowledges after a group commit, and at the
    /// default of 20 one slow commit would hold up a flood of sensors.
    private static final int INFLIGHT_MESSAGES_MAX = 1_000;
    /// What waits for a client that is away: at 1 KiB a message 10 MiB a client.
    private static final int QUEUED_MESSAGES_MAX = 10_000;
    /// The largest honest message is Zigbee2MQTT's list of devices, some 300 KiB in a large house.
    private static final int PACKET_BYTES_MAX = 2 << 20;
    /// The database is rewritten whole, so it is written rarely: the gateway's acknowledgement after the commit is what protects messages.
    private static final int AUTOSAVE_SECONDS = 1_800;

    private MosquittoConfig() { }

    static String text(BrokerOptions options, Path plugin, Path accounts, boolean root) {
        var lines = new ArrayList<String>();
        // Started by root it would otherwise become user mosquitto, who may not enter a 0700 directory.
        if (root) lines.add("user root");
        lines.addAll(List.of("allow_anonymous false", "plugin " + plugin, "plugin_opt_config_file " + accounts, "persistence true",
                "persistence_location " + options.dataDir() + "/", "autosave_interval " + AUTOSAVE_SECONDS, "max_inflight_messages " + INFLIGHT_MESSAGES_MAX,
                "max_queued_messages " + QUEUED_MESSAGES_MAX, "max_packet_size " + PACKET_BYTES_MAX, "persistent_client_expiration 14d",
                "connection_messages false", "log_type error", "log_type warning", "log_dest stderr"));
        for (var address : options.addresses().isEmpty() ? List.of("") : options.addresses()) {
            lines.add(("listener " + options.tlsPort() + " " + address).strip());
            lines.addAll(List.of("certfile " + options.certificate(), "keyfile " + options.key(), "tls_version tlsv1.2"));
            if (options.plainPort() > 0) lines.add(("listener " + options.plainPort() + " " + address).strip());
        }
        return String.join("\n", lines) + "\n";
    }
}
