/// The kind FirmwareRollout: brings a firmware to the devices of a model, one careful step after another, and back again when it goes wrong.
/// It speaks to no device and knows no image; it writes what firmware is wanted of a Device, and the gateway does the rest. [RolloutReconciler] sees a
/// [Fleet], lets [RolloutPlan] decide what becomes of a [RolloutState], writes that down, and only then gives the [Order]s that follow from it.
package home.oikos.rollout;
