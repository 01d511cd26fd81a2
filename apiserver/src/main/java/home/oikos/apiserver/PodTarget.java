package home.oikos.apiserver;

/// One pod as the API server knows it at this moment.
/// @param nodeName the node it is bound to
public record PodTarget(String namespace, String name, String uid, String nodeName) { }
