import java.util.Set;
import java.util.TreeSet;

/** The hours of a branch: intervals of minutes, the end excluded; an end after the week's belongs to the next week. */
final class Week {
  static final byte CLOSED = 0;
  static final byte OPEN = 1;
  static final byte UNKNOWN = 2;
  private static final int MINUTES = 10_080;

  private final int[] starts;
  private final int[] ends;
  private final boolean isUnknownOutside;

  /** @param text `start-end start-end`, a tab, and `1` if other times are unknown */
  Week(String text) {
    int tab = text.indexOf('\t');
    String[] intervals = intervals(text.substring(0, tab));
    starts = new int[intervals.length];
    ends = new int[intervals.length];
    for (int at = 0; at < intervals.length; at++) {
      int dash = intervals[at].indexOf('-');
      starts[at] = Integer.parseInt(intervals[at].substring(0, dash));
      ends[at] = Integer.parseInt(intervals[at].substring(dash + 1));
    }
    isUnknownOutside = text.endsWith("1");
  }

  byte stateAt(int minute) {
    for (int at = 0; at < starts.length; at++) {
      if ((minute >= starts[at] ? minute : minute + MINUTES) < ends[at]) return OPEN;
    }
    return isUnknownOutside ? UNKNOWN : CLOSED;
  }

  /** The hours of the week in which it is open for some time, as terms: they leave few branches whose minutes must be checked. */
  static Set<String> hoursOf(String week) {
    Set<String> hours = new TreeSet<>();
    for (String interval : intervals(week)) {
      int dash = interval.indexOf('-');
      int end = Integer.parseInt(interval.substring(dash + 1));
      for (int hour = Integer.parseInt(interval.substring(0, dash)) / 60; hour * 60 < end; hour++) hours.add(hourAt(hour * 60 % MINUTES));
    }
    return hours;
  }

  static String hourAt(int minute) {
    return Integer.toString(minute / 60);
  }

  private static String[] intervals(String week) {
    return week.isEmpty() ? new String[0] : week.split(" ");
  }
}
