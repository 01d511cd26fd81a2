package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All resources served at this moment. Readers see one immutable table; writers (a CRD comes, changes, goes) replace it.
public final class Resources {
    private volatile Map<GroupVersion, Map<String, Resource>> table = Map.of();

    /// Adds or replaces resources, by group, version and plural.
    public synchronized void put(Collection<Resource> added) {
        var next = copy();
        for (var resource : added) {
            next.computeIfAbsent(resource.definition().groupVersion(), _ -> new LinkedHashMap<>()).put(resource.definition().plural(),
                    resource);
        }
        table = next;
    }

    /// Takes some away and adds others at one moment: whoever looks sees either the old or the new.
    synchronized void replace(Collection<Resource> gone, Collection<Resource> added) {
        var next = copy();
        for (var resource : gone) {
            var groupVersion = resource.definition().groupVersion();
            next.getOrDefault(groupVersion, Map.of()).remove(resource.definition().plural());
        }
        for (var resource : added) {
            next.computeIfAbsent(resource.definition().groupVersion(), _ -> new LinkedHashMap<>()).put(resource.definition().plural(),
                    resource);
        }
        next.values().removeIf(Map::isEmpty);
        table = next;
    }

    public synchronized void remove(GroupVersion groupVersion, String plural) {
        var next = copy();
        var left = next.get(groupVersion);
        if (left == null) return;
        left.remove(plural);
        if (left.isEmpty()) next.remove(groupVersion);
        table = next;
    }

    private Map<GroupVersion, Map<String, Resource>> copy() {
        var copy = new LinkedHashMap<GroupVersion, Map<String, Resource>>();
        table.forEach((groupVersion, resources) -> copy.put(groupVersion, new LinkedHashMap<>(resources)));
        return copy;
    }

    public Optional<Resource> find(GroupVersion groupVersion, String plural) {
        return Optional.ofNullable(table.getOrDefault(groupVersion, Map.of()).get(plural));
    }

    public Optional<Resource> find(GroupVersionKind kind) {
        return resources(kind.groupVersion()).stream().filter(r -> r.definition().kind().equals(kind.kind())).findFirst();
    }

    /// In the order in which they were added, which is that of discovery.
    public List<GroupVersion> groupVersions() {
        return List.copyOf(table.keySet());
    }

    public List<Resource> resources(GroupVersion groupVersion) {
        return List.copyOf(table.getOrDefault(groupVersion, Map.of()).values());
    }

    public List<Resource> all() {
        var all = new ArrayList<Resource>();
        table.values().forEach(resources -> all.addAll(resources.values()));
        return all;
    }

    boolean hasGroup(String group) {
        return table.keySet().stream().anyMatch(gv -> gv.group().equals(group));
    }
}
