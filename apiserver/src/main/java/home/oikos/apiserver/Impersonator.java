package home.oikos.apiserver;

/// Who really asks when a request acts as somebody else. On the request as an attribute only then; the audit log names both.
record Impersonator(User user) { }
