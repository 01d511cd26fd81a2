/// The Kubernetes API client: kubeconfig and in-cluster login, list and watch, informer cache, patch and apply.
/// It decides nothing. A transport carries requests; the client speaks of resources; an informer keeps a copy up to date.
package home.oikos.client;
