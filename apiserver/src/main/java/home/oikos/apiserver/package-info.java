/// The API server: filters, admission, registry and store behind the Kubernetes API. It runs no controller and touches no machine.
/// A request passes the filters, is resolved to a resource, admitted, and read from or written to the store.
package home.oikos.apiserver;
