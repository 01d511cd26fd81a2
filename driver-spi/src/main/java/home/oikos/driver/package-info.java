/// What a protocol driver must do, and the few records it speaks in. It knows no protocol and no Kubernetes.
/// A [Driver] turns messages into [Reading]s, which it tells to a [DeviceListener], and [Command]s into messages.
/// A [FirmwareChannel] does the same for firmware. Every driver's tests pass the `DriverContract` that lies among the tests here.
package home.oikos.driver;
