import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.geo.GeoEncodingUtils.DistancePredicate;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.SloppyMath;

/** Distances from the origin. A key has the order of a distance and costs less. */
final class Distances {
  private static final int FIRST = 20;
  /** The constants of Curbside's ranking. */
  private static final double OFFSET_METRES = 150;
  private static final double SCALE_METRES = 800;
  private static final double FLOOR = 1.0 / 1024;
  private static final double UNKNOWN_FACTOR = 0.85;

  private final OpenIndexes indexes;
  private final double lat;
  private final double lon;
  private double[] keys = new double[1024];

  Distances(OpenIndexes indexes, double lat, double lon) {
    this.indexes = indexes;
    this.lat = lat;
    this.lon = lon;
  }

  /** Reads the places of branches forwards. */
  final class Cursor {
    private final NumericDocValues places = indexes.places();

    Cursor() throws IOException {}

    boolean isIn(DistancePredicate circle, int doc) throws IOException {
      places.advanceExact(doc);
      long encoded = places.longValue();
      return circle.test((int) (encoded >>> 32), (int) encoded);
    }

    double key(int doc) throws IOException {
      places.advanceExact(doc);
      long encoded = places.longValue();
      return SloppyMath.haversinSortKey(
          lat, lon, GeoEncodingUtils.decodeLatitude((int) (encoded >>> 32)), GeoEncodingUtils.decodeLongitude((int) encoded));
    }
  }

  /** The distances of the first vendors of the branches found. If all vendors are wanted, all of them are put in order. */
  double[] ofFirst(int branches, int limit) throws IOException {
    Cursor cursor = new Cursor();
    boolean areAllWanted = limit > branches;
    TopValues top = new TopValues(FIRST);
    int vendors = 0;
    int last = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int at = 0; at <= branches; at++) {
      int vendor = at == branches ? -1 : indexes.vendorOf[indexes.found[at]];
      if (vendor != last) {
        if (last >= 0 && areAllWanted) vendors = append(vendors, least);
        else if (last >= 0) top.offer(least);
        least = Double.POSITIVE_INFINITY;
        last = vendor;
      }
      if (vendor >= 0) least = Math.min(least, cursor.key(indexes.found[at]));
    }
    double[] first = areAllWanted ? sorted(vendors) : top.ascending();
    return Arrays.stream(first).map(SloppyMath::haversinMeters).toArray();
  }

  private int append(int vendors, double key) {
    if (vendors == keys.length) keys = Arrays.copyOf(keys, vendors * 2);
    keys[vendors] = key;
    return vendors + 1;
  }

  /** Puts all vendors in order by keys whose lowest bits are replaced by the vendor's place; returns the first keys. */
  private double[] sorted(int vendors) {
    long mask = (Long.highestOneBit(Math.max(1, vendors)) << 1) - 1;
    long[] order = new long[vendors];
    for (int at = 0; at < vendors; at++) order[at] = (Double.doubleToRawLongBits(keys[at]) & ~mask) | at;
    Arrays.sort(order);
    double[] first = new double[Math.min(FIRST, vendors)];
    for (int at = 0; at < first.length; at++) first[at] = keys[(int) (order[at] & mask)];
    return first;
  }

  /** The best scores of the vendors of the branches found: of the words, or also of the distance. */
  double[] bestScores(int branches, boolean isBest) throws IOException {
    Cursor cursor = new Cursor();
    TopValues top = new TopValues(FIRST);
    double best = 0;
    for (int at = 0; at < branches; at++) {
      int doc = indexes.found[at];
      double score = indexes.scores[at];
      // A distance can only lower a score.
      if (isBest && score > Math.max(best, -top.last())) score *= factor(SloppyMath.haversinMeters(cursor.key(doc)));
      best = Math.max(best, isBest && score <= -top.last() ? 0 : score);
      boolean isLastOfVendor = at + 1 == branches || indexes.vendorOf[indexes.found[at + 1]] != indexes.vendorOf[doc];
      if (!isLastOfVendor) continue;
      top.offer(-best);
      best = 0;
    }
    return top.negated();
  }

  private static double factor(double metres) {
    return Math.max(FLOOR, Math.pow(2, -Math.max(0, metres - OFFSET_METRES) / SCALE_METRES));
  }

  /** The distances, or the scores, of the first vendors that pass: asks for more and more of the nearest branches. */
  double[] nearest(BranchChecks checks, boolean isBest) throws IOException {
    for (int most = 64; ; most *= 2) {
      ScoreDoc[] near = LatLonPoint.nearest(indexes.branches, "place", lat, lon, most).scoreDocs;
      Map<Integer, Double> values = new HashMap<>();
      double reach = 0;
      int[] order = new int[near.length];
      for (int at = 0; at < near.length; at++) order[at] = near[at].doc;
      Arrays.sort(order);
      Cursor cursor = new Cursor();
      BranchChecks.Cursor passing = checks.new Cursor();
      for (int doc : order) {
        double metres = SloppyMath.haversinMeters(cursor.key(doc));
        reach = Math.max(reach, metres);
        if (!passing.passes(doc)) continue;
        double state = passing.stateOf(doc) == Week.UNKNOWN ? UNKNOWN_FACTOR : 1;
        values.merge(indexes.vendorOf[doc], isBest ? -factor(metres) * state : metres, Math::min);
      }
      double[] first = values.values().stream().mapToDouble(Double::doubleValue).sorted().limit(FIRST).toArray();
      boolean isCertain = first.length == FIRST && (!isBest || -first[FIRST - 1] >= factor(reach));
      if (!isCertain && near.length == most) continue;
      return isBest ? Arrays.stream(first).map(value -> -value).toArray() : first;
    }
  }
}
