package home.oikos.brewery;

/// Finds single ranks of numbers without sorting all of them (Hoare 1961): a batch's five lines are 7,700 slopes, and three ranks of each are
/// wanted.
final class Selection {
    private Selection() { }

    /// Brings the number of that rank to its place; smaller ones stand before it, greater ones behind. Among equal and sorted numbers it is
    /// as fast as among others.
    ///
    /// @param to the last index looked at
    /// @return the number of that rank
    static double place(double[] values, int from, int to, int rank) {
        int low = from;
        int high = to;
        while (low < high) {
            double pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) i++;
                while (values[j] > pivot) j--;
                if (i <= j) swap(values, i++, j--);
            }
            if (rank <= j) high = j;
            else if (rank >= i) low = i;
            else break;
        }
        return values[rank];
    }

    private static void swap(double[] values, int i, int j) {
        double kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
}
