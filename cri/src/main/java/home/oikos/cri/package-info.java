/// The container runtime of the node agent over containerd's CRI socket. It decides nothing.
/// Messages are JSON trees written as protobuf by a schema; calls are unary gRPC over a Unix socket.
package home.oikos.cri;
