/// The controllers of the home kinds: Reaction and Scaler decide, over the API only.
/// They speak to no device. [ReactionReconciler] takes the steps that [ReactionPlan] decides on through [Hands]; [ScalerReconciler] scales to
/// what [ScalePlan] says; [HomeControllers] adds both to a group.
package home.oikos.home;
