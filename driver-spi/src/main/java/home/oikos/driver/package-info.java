/// What a protocol driver must do, and the few records it speaks in. It knows no protocol and no Kubernetes.
/// A driver turns messages into readings and commands into messages.
package home.oikos.driver;
