import java.util.Arrays;

/** The lowest of many values. */
final class TopValues {
  private final double[] values;
  private int count = 0;

  TopValues(int limit) {
    values = new double[limit];
  }

  /** The highest of the values kept; infinite until there are enough. */
  double last() {
    return count < values.length ? Double.POSITIVE_INFINITY : values[count - 1];
  }

  void offer(double value) {
    if (value >= last()) return;
    int at = count < values.length ? count++ : count - 1;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }

  double[] ascending() {
    return Arrays.copyOf(values, count);
  }

  double[] negated() {
    return Arrays.stream(values, 0, count).map(value -> -value).toArray();
  }
}
