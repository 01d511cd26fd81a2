/// CEL: environments, cost limits, the Kubernetes libraries and `device()`. Loaded at first use.
/// It evaluates and knows no kind. An expression is compiled once and evaluated many times, over trees of `Json`.
package home.oikos.cel;
