import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Both indexes, and in memory what joins them: the first branch of each vendor, and the vendor of each branch. */
final class OpenIndexes {
  final IndexSearcher vendors;
  final IndexSearcher branches;
  final int[] firstBranch;
  final int[] vendorOf;
  /** The week of each ordinal of the field `week`. */
  private final Week[] weeks;
  /** The documents and scores that the last {@link #find} found. */
  final int[] found;
  final float[] scores;

  OpenIndexes(IndexSearcher vendors, IndexSearcher branches, int[] firstBranch) throws IOException {
    this.vendors = vendors;
    this.branches = branches;
    this.firstBranch = firstBranch;
    int count = firstBranch[firstBranch.length - 1];
    vendorOf = new int[count];
    for (int vendor = 0; vendor + 1 < firstBranch.length; vendor++) {
      java.util.Arrays.fill(vendorOf, firstBranch[vendor], firstBranch[vendor + 1], vendor);
    }
    SortedDocValues values = sorted("week");
    weeks = new Week[values.getValueCount()];
    for (int ordinal = 0; ordinal < weeks.length; ordinal++) weeks[ordinal] = new Week(values.lookupOrd(ordinal).utf8ToString());
    found = new int[count];
    scores = new float[count];
  }

  int vendorCount() {
    return firstBranch.length - 1;
  }

  int branchCount() {
    return vendorOf.length;
  }

  LeafReader vendorLeaf() {
    return vendors.getIndexReader().leaves().get(0).reader();
  }

  LeafReader branchLeaf() {
    return branches.getIndexReader().leaves().get(0).reader();
  }

  /** A column of the branches. */
  SortedDocValues sorted(String field) throws IOException {
    return DocValues.getSorted(branchLeaf(), field);
  }

  /** The coordinates of the branches, encoded. */
  NumericDocValues places() throws IOException {
    return DocValues.unwrapSingleton(DocValues.getSortedNumeric(branchLeaf(), "place"));
  }

  /** The state of each week at a minute, by the ordinals of the field `week`. */
  byte[] statesAt(int minute) {
    byte[] states = new byte[weeks.length];
    for (int ordinal = 0; ordinal < states.length; ordinal++) states[ordinal] = weeks[ordinal].stateAt(minute);
    return states;
  }

  /** Writes the documents that match to {@link #found}, ascending, and their scores to {@link #scores}; returns how many. */
  int find(IndexSearcher searcher, Query query, boolean isScored) throws IOException {
    Finder finder = new Finder(isScored);
    searcher.search(query, finder);
    return finder.count;
  }

  private final class Finder extends SimpleCollector {
    private final boolean isScored;
    private Scorable scorer;
    int count = 0;

    Finder(boolean isScored) {
      this.isScored = isScored;
    }

    @Override
    public ScoreMode scoreMode() {
      return isScored ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
    }

    @Override
    public void setScorer(Scorable scorer) {
      this.scorer = scorer;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) {}

    @Override
    public void collect(int doc) throws IOException {
      if (isScored) scores[count] = scorer.score();
      found[count++] = doc;
    }
  }
}
