package home.oikos.store;

import java.util.function.Predicate;

/// A sorted map of entries that never changes: a change returns a new tree that shares all but the path to the key.
/// Weight-balanced (Hirai and Yamamoto 2011, delta 3, ratio 2), because the sizes it balances by also answer counts.
/// A node costs 24 bytes; a write among 33,000 keys makes about 15 new ones.
final class Tree {
    static final Tree EMPTY = new Tree();

    private static final int DELTA = 3;
    private static final int RATIO = 2;

    private final Entry entry;
    private final Tree left;
    private final Tree right;
    private final int size;

    private Tree() {
        entry = null;
        left = this;
        right = this;
        size = 0;
    }

    private Tree(Entry entry, Tree left, Tree right) {
        this.entry = entry;
        this.left = left;
        this.right = right;
        size = left.size + right.size + 1;
    }

    int size() {
        return size;
    }

    Entry get(String key) {
        var node = this;
        while (node.size > 0) {
            int order = key.compareTo(node.entry.key());
            if (order == 0) return node.entry;
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    Tree with(Entry added) {
        if (size == 0) return new Tree(added, EMPTY, EMPTY);
        int order = added.key().compareTo(entry.key());
        if (order == 0) return new Tree(added, left, right);
        return order < 0 ? balance(entry, left.with(added), right) : balance(entry, left, right.with(added));
    }

    Tree without(String key) {
        if (size == 0) return this;
        int order = key.compareTo(entry.key());
        if (order < 0) return balance(entry, left.without(key), right);
        if (order > 0) return balance(entry, left, right.without(key));
        if (left.size == 0) return right;
        return right.size == 0 ? left : balance(right.first(), left, right.withoutFirst());
    }

    /// The tree as it stood before the event.
    Tree before(Event event) {
        return event.previous() == null ? without(event.key()) : with(event.previous());
    }

    /// The tree as it stands after the event.
    Tree after(Event event) {
        return event.isDelete() ? without(event.key()) : with(event.entry());
    }

    /// Visits in key order from `from` on, while the keys start with the prefix and the visitor says true.
    /// @return false when the visit ended early
    boolean range(String prefix, String from, Predicate<Entry> visitor) {
        if (size == 0) return true;
        int order = entry.key().compareTo(from);
        if (order > 0 && !left.range(prefix, from, visitor)) return false;
        if (order >= 0 && !(entry.key().startsWith(prefix) && visitor.test(entry))) return false;
        return right.range(prefix, from, visitor);
    }

    int count(String prefix) {
        return rank(prefix, true) - rank(prefix, false);
    }

    /// How many keys sort before the prefix, or before the end of its range.
    private int rank(String prefix, boolean end) {
        var node = this;
        int rank = 0;
        while (node.size > 0) {
            boolean before = node.entry.key().startsWith(prefix) ? end : node.entry.key().compareTo(prefix) < 0;
            if (before) rank += node.left.size + 1;
            node = before ? node.right : node.left;
        }
        return rank;
    }

    private Entry first() {
        var node = this;
        while (node.left.size > 0) node = node.left;
        return node.entry;
    }

    private Tree withoutFirst() {
        return left.size == 0 ? right : balance(entry, left.withoutFirst(), right);
    }

    private int weight() {
        return size + 1;
    }

    private static Tree balance(Entry entry, Tree left, Tree right) {
        if (left.weight() * DELTA < right.weight()) return leanLeft(entry, left, right);
        if (right.weight() * DELTA < left.weight()) return leanRight(entry, left, right);
        return new Tree(entry, left, right);
    }

    private static Tree leanLeft(Entry entry, Tree left, Tree right) {
        var inner = right.left;
        if (inner.weight() < RATIO * right.right.weight()) return new Tree(right.entry, new Tree(entry, left, inner), right.right);
        return new Tree(inner.entry, new Tree(entry, left, inner.left), new Tree(right.entry, inner.right, right.right));
    }

    private static Tree leanRight(Entry entry, Tree left, Tree right) {
        var inner = left.right;
        if (inner.weight() < RATIO * left.left.weight()) return new Tree(left.entry, left.left, new Tree(entry, inner, right));
        return new Tree(inner.entry, new Tree(left.entry, left.left, inner.left), new Tree(entry, inner.right, right));
    }
}
