package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A node as scheduler and life cycle see it. Heartbeats are left out, so that they wake nobody.
/// @param conditions status by type
record Node(Metadata metadata, boolean unschedulable, List<Taint> taints, Resourcing allocatable, Map<String, String> conditions) {
    Node {
        taints = List.copyOf(taints);
        conditions = Map.copyOf(conditions);
    }

    /// Keeps pods away that do not tolerate it.
    record Taint(String key, String value, String effect) { }

    static Node of(Json object) {
        var taints = new ArrayList<Taint>();
        for (var taint : object.at("spec", "taints").array()) {
            taints.add(new Taint(taint.at("key").text(""), taint.at("value").text(""), taint.at("effect").text("")));
        }
        var conditions = new LinkedHashMap<String, String>();
        for (var condition : object.at("status", "conditions").array()) {
            conditions.put(condition.at("type").text(""), condition.at("status").text(""));
        }
        return new Node(Metadata.of(object), object.at("spec", "unschedulable").bool(false), taints,
                Resourcing.of(object.at("status", "allocatable")), conditions);
    }

    String name() {
        return metadata.name();
    }
}
