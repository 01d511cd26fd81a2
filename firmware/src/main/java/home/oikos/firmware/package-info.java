/// Images and who may run them: their bytes by digest, their signatures, the rules by which a device may get one.
/// It speaks to no device; the gateway does, and asks the [Rules] before it offers anything. A [Firmware] is what was signed, its
/// [FirmwareVersion] can be compared, the [ContentStore] holds its bytes, which come and go through the [ContentApi].
package home.oikos.firmware;
