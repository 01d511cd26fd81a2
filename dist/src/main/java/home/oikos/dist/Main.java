package home.oikos.dist;

/// The entry of every program.
public final class Main {
    private Main() { }

    public static void main(String[] arguments) {
        System.out.println("oikos");
    }
}
