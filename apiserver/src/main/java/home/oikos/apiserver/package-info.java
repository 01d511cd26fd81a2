/// The Kubernetes API: filters, admission and the registry of objects over the store; one generic path for every kind.
/// It reaches nodes, webhooks and aggregated APIs only through interfaces it owns ([NodeConnection], [AdmissionReviewer], [LocalApi]), and
/// never calls a client. A request becomes an [ApiCall]; a failure is an [home.oikos.api.ApiException], whose Status is the answer.
package home.oikos.apiserver;
