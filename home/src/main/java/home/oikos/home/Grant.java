package home.oikos.home;

/// The command that gives an account what it lacks. Public for the wonders, which act as an account too.
public final class Grant {
    private Grant() { }

    public static String command(String namespace, String account) {
        return "kubectl -n %1$s create rolebinding %2$s --clusterrole=edit --serviceaccount=%1$s:%2$s (in the namespace of the target)"
                .formatted(namespace, account);
    }
}
