package home.oikos.driver;

/// Which device: the namespace and name of its Device object.
public record DeviceKey(String namespace, String name) implements Comparable<DeviceKey> {
    @Override
    public int compareTo(DeviceKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
