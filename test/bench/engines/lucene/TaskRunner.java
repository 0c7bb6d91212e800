import java.io.IOException;
import java.util.Map;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.geo.GeoEncodingUtils.DistancePredicate;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Performs the tasks. What holds for whole vendors is asked of the index of vendors, which has a third of the documents; if the task also
 * asks about branches, the branches of the vendors found are checked by doc values.
 */
final class TaskRunner {
  /** The box of the task is widened by 2 cm: Lucene rounds coordinates to 1 cm, and the data has 6 decimals, which are 11 cm. */
  private static final double BOX_MARGIN = 2e-7;

  private final OpenIndexes indexes;
  private final boolean isRanked;
  private final WordQueries words;
  private final FacetCounter facets;
  private final Distances distances;
  private final int minute;
  private final Query circle;
  private final Query box;
  /** Knows which cells of a grid are in the circle as a whole, and which are not. */
  private final DistancePredicate inCircle;

  TaskRunner(OpenIndexes indexes, boolean isRanked, Map<String, String> settings) throws IOException {
    this.indexes = indexes;
    this.isRanked = isRanked;
    words = new WordQueries(indexes, isRanked);
    facets = new FacetCounter(indexes);
    double lat = Double.parseDouble(settings.get("lat"));
    double lon = Double.parseDouble(settings.get("lon"));
    distances = new Distances(indexes, lat, lon);
    minute = Integer.parseInt(settings.get("minute"));
    double radius = Double.parseDouble(settings.get("radius"));
    circle = LatLonPoint.newDistanceQuery("place", lat, lon, radius);
    inCircle = GeoEncodingUtils.createDistancePredicate(lat, lon, radius);
    box = LatLonPoint.newBoxQuery(
        "place",
        Double.parseDouble(settings.get("south")) - BOX_MARGIN,
        Double.parseDouble(settings.get("north")) + BOX_MARGIN,
        Double.parseDouble(settings.get("west")) - BOX_MARGIN,
        Double.parseDouble(settings.get("east")) + BOX_MARGIN);
  }

  /** `null`: this configuration does not perform the task. */
  Answer run(Map<String, String> task) throws IOException {
    boolean hasWords = WordQueries.hasWords(task);
    boolean isBest = task.containsKey("best");
    String place = task.get("place");
    boolean needsScores = isBest || (hasWords && place.equals("none"));
    // Without words and scores both configurations would do the same.
    if (isRanked ? !needsScores : isBest) return null;
    BranchChecks checks = checksOf(task);
    if (!hasWords && (place.equals("nearest") || isBest)) return nearest(task, checks, isBest);
    boolean isOfVendors = hasWords ? words.areOnlyOfVendors(task) : place.equals("none") && !task.containsKey("status");
    if (isOfVendors) {
      int vendors = indexes.find(indexes.vendors, vendorQuery(task, hasWords), isRanked);
      if (place.equals("none") && checks.areEmpty()) return answerOfVendors(task, vendors);
      return answerOfBranches(task, checks.keep(expand(vendors), place.equals("radius") ? inCircle : null), isBest);
    }
    int branches = indexes.find(indexes.branches, branchQuery(task, hasWords), isRanked);
    return answerOfBranches(task, checksAfterQuery(task).keep(branches, null), isBest);
  }

  private Query vendorQuery(Map<String, String> task, boolean hasWords) {
    if (hasWords) return words.ofVendors(task);
    String category = task.get("category");
    return category == null ? new MatchAllDocsQuery() : new TermQuery(new Term("categories", category));
  }

  private Query branchQuery(Map<String, String> task, boolean hasWords) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    if (hasWords) all.add(words.ofBranches(task), isRanked ? Occur.MUST : Occur.FILTER);
    String place = task.get("place");
    if (place.equals("radius")) all.add(circle, Occur.FILTER);
    if (place.equals("box")) all.add(box, Occur.FILTER);
    if (task.containsKey("status")) all.add(new TermQuery(new Term("status", task.get("status"))), Occur.FILTER);
    if ("open".equals(task.get("open"))) all.add(new TermQuery(new Term("hour", Week.hourAt(minute))), Occur.FILTER);
    return all.build();
  }

  private BranchChecks checksOf(Map<String, String> task) throws IOException {
    return new BranchChecks(indexes, distances, task.get("status"), task.get("open"), minute);
  }

  /** What {@link #branchQuery} leaves to be checked: the minute. Its term has checked the status. */
  private BranchChecks checksAfterQuery(Map<String, String> task) throws IOException {
    return new BranchChecks(indexes, distances, null, task.get("open"), minute);
  }

  /** Totals by counting alone; then the nearest branches, more of them until the first vendors are certain. */
  private Answer nearest(Map<String, String> task, BranchChecks checks, boolean isBest) throws IOException {
    int vendors = indexes.vendorCount();
    int branches = indexes.branchCount();
    if (!checks.areEmpty()) {
      branches = checksAfterQuery(task).keep(indexes.find(indexes.branches, branchQuery(task, false), false), null);
      vendors = vendorsOf(branches);
    }
    double[] first = distances.nearest(checks, isBest);
    return new Answer(vendors, branches, isBest ? null : first, isBest ? first : null, null);
  }

  private int vendorsOf(int branches) {
    int vendors = 0;
    for (int at = 0, last = -1; at < branches; at++) {
      int vendor = indexes.vendorOf[indexes.found[at]];
      if (vendor != last) vendors++;
      last = vendor;
    }
    return vendors;
  }

  /** Replaces the vendors found by their branches, from the last one on, because there are more branches. */
  private int expand(int vendors) {
    int[] starts = indexes.firstBranch;
    int branches = 0;
    for (int at = 0; at < vendors; at++) branches += starts[indexes.found[at] + 1] - starts[indexes.found[at]];
    int to = branches;
    for (int at = vendors - 1; at >= 0; at--) {
      int vendor = indexes.found[at];
      float score = indexes.scores[at];
      for (int branch = starts[vendor + 1] - 1; branch >= starts[vendor]; branch--) {
        indexes.found[--to] = branch;
        indexes.scores[to] = score;
      }
    }
    return branches;
  }

  private Answer answerOfVendors(Map<String, String> task, int vendors) throws IOException {
    int[] starts = indexes.firstBranch;
    int branches = 0;
    TopValues best = isRanked ? new TopValues(20) : null;
    for (int at = 0; at < vendors; at++) {
      int vendor = indexes.found[at];
      branches += starts[vendor + 1] - starts[vendor];
      if (isRanked) best.offer(-indexes.scores[at]);
    }
    Map<String, Integer> counts = task.containsKey("facets") ? facets.ofVendors(task.get("facets"), indexes.found, vendors) : null;
    return new Answer(vendors, branches, null, isRanked ? best.negated() : null, counts);
  }

  private Answer answerOfBranches(Map<String, String> task, int branches, boolean isBest) throws IOException {
    String place = task.get("place");
    double[] metres = place.equals("radius") || place.equals("nearest")
        ? distances.ofFirst(branches, Integer.parseInt(task.get("limit")))
        : null;
    double[] scores = isRanked ? distances.bestScores(branches, isBest) : null;
    Map<String, Integer> counts = task.containsKey("facets")
        ? facets.ofBranches(task.get("facets"), branches, indexes.statesAt(minute))
        : null;
    return new Answer(vendorsOf(branches), branches, metres, scores, counts);
  }
}
