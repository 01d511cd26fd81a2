/// The listener: TLS, HTTP/1.1 and 2, WebSocket, and the fan-out of watches; the only room that knows the server library.
/// It knows no Kubernetes. A [Handler] answers a [Request] through a [Response]; filters wrap handlers; a [Broadcast] feeds many watches.
package home.oikos.http;
