import java.io.IOException;
import org.apache.lucene.geo.GeoEncodingUtils.DistancePredicate;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;

/** Checks branches by their doc values: the status, the hours at a minute, and the distance. */
final class BranchChecks {
  private final OpenIndexes indexes;
  private final Distances distances;
  private final String status;
  private final boolean mayBeUnknown;
  /** By ordinal of the week; `null` if any hours will do. */
  private final byte[] states;

  /** @param open `open`, `orUnknown`, or `null` for any hours */
  BranchChecks(OpenIndexes indexes, Distances distances, String status, String open, int minute) {
    this.indexes = indexes;
    this.distances = distances;
    this.status = status;
    mayBeUnknown = "orUnknown".equals(open);
    states = open == null ? null : indexes.statesAt(minute);
  }

  boolean areEmpty() {
    return status == null && states == null;
  }

  /** Keeps the branches found that pass; returns how many. @param circle that they must be in, or `null` */
  int keep(int count, DistancePredicate circle) throws IOException {
    int[] found = indexes.found;
    float[] scores = indexes.scores;
    Cursor cursor = new Cursor();
    Distances.Cursor places = distances.new Cursor();
    if (areEmpty() && circle == null) return count;
    int kept = 0;
    for (int at = 0; at < count; at++) {
      int doc = found[at];
      if (!cursor.passes(doc) || (circle != null && !places.isIn(circle, doc))) continue;
      found[kept] = doc;
      scores[kept++] = scores[at];
    }
    return kept;
  }

  /** Reads doc values forwards. */
  final class Cursor {
    private final SortedDocValues statuses;
    private final SortedDocValues weeks;
    private final int ordinal;

    Cursor() throws IOException {
      statuses = status == null ? null : indexes.sorted("status");
      ordinal = status == null ? -1 : statuses.lookupTerm(new BytesRef(status));
      weeks = states == null ? null : indexes.sorted("week");
    }

    boolean passes(int doc) throws IOException {
      if (statuses != null && !(statuses.advanceExact(doc) && statuses.ordValue() == ordinal)) return false;
      if (weeks == null) return true;
      byte state = stateOf(doc);
      return state == Week.OPEN || (mayBeUnknown && state == Week.UNKNOWN);
    }

    /** Open if any hours will do. */
    byte stateOf(int doc) throws IOException {
      return weeks != null && weeks.advanceExact(doc) ? states[weeks.ordValue()] : Week.OPEN;
    }
  }
}
