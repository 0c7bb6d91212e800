import java.util.Map;
import java.util.StringJoiner;

/** Totals, and what the task requires of the first vendors: their distances, their scores, or `null`. */
record Answer(int vendors, int branches, double[] metres, double[] scores, Map<String, Integer> facets) {
  String json() {
    StringBuilder text = new StringBuilder("\"vendors\":" + vendors + ",\"branches\":" + branches + ",\"metres\":" + list(metres));
    if (scores != null) text.append(",\"scores\":").append(list(scores));
    if (facets != null) {
      StringJoiner counts = new StringJoiner(",", "{", "}");
      facets.forEach((value, count) -> counts.add("\"" + value + "\":" + count));
      text.append(",\"facets\":").append(counts);
    }
    return text.toString();
  }

  private static String list(double[] values) {
    if (values == null) return "null";
    StringJoiner text = new StringJoiner(",", "[", "]");
    for (double value : values) text.add(Double.toString(value));
    return text.toString();
  }
}
