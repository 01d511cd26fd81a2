package home.oikos.apiserver;

/// What a request asks for, read from its method, path and query alone: what authorization, audit and the registry go by.
/// Strings are empty where a part is absent. Put on the request as an attribute before any filter runs.
/// @param path the decoded path as a non-resource rule matches it
/// @param verb get, list, watch, create, update, patch, delete, deletecollection, proxy-less lower-case method for what is no resource
/// @param isResource whether the path names a resource of an API group
public record ApiCall(boolean isResource, String verb, String path, String group, String version, String namespace, String resource,
        String subresource, String name) {

    public String groupVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// The resource as errors name it: `deployments.apps`, `pods`.
    public String qualifiedResource() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    ApiCall withVerb(String other) {
        return new ApiCall(isResource, other, path, group, version, namespace, resource, subresource, name);
    }

    ApiCall named(String other) {
        return new ApiCall(isResource, verb, path, group, version, namespace, resource, subresource, other);
    }
}
