import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;

/** Counts the vendors of each value, by ordinals. */
final class FacetCounter {
  private static final Map<String, String> FIELDS = Map.of("category", "categories", "facility", "facility", "area", "areas");
  private static final String[] STATES = {"closed", "open", "unknown"};

  private final OpenIndexes indexes;
  /** The distinct vendors of branches. */
  private final int[] distinct;

  FacetCounter(OpenIndexes indexes) {
    this.indexes = indexes;
    distinct = new int[indexes.vendorCount()];
  }

  /** These vendors match with all of their branches, so a vendor's values are those of its branches. */
  Map<String, Integer> ofVendors(String names, int[] documents, int vendors) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    for (String name : names.split(",")) {
      SortedSetDocValues values = DocValues.getSortedSet(indexes.vendorLeaf(), FIELDS.get(name));
      SortedDocValues single = DocValues.unwrapSingleton(values);
      int[] byOrdinal = new int[(int) values.getValueCount()];
      for (int at = 0; at < vendors; at++) {
        int vendor = documents[at];
        if (single != null) {
          if (single.advanceExact(vendor)) byOrdinal[single.ordValue()]++;
        } else if (values.advanceExact(vendor)) {
          for (int left = values.docValueCount(); left > 0; left--) byOrdinal[(int) values.nextOrd()]++;
        }
      }
      for (int ordinal = 0; ordinal < byOrdinal.length; ordinal++) put(counts, name, values.lookupOrd(ordinal).utf8ToString(), byOrdinal[ordinal]);
    }
    return counts;
  }

  /** Only some branches of a vendor may match: a value counts once per vendor. @param states of the weeks, by ordinal */
  Map<String, Integer> ofBranches(String names, int branches, byte[] states) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    for (String name : names.split(",")) {
      if (name.equals("category")) counts.putAll(ofVendors(name, distinct, distinctVendorsOf(branches)));
    }
    for (String name : names.split(",")) {
      if (name.equals("category")) continue;
      boolean isOpen = name.equals("open");
      SortedDocValues values = indexes.sorted(isOpen ? "week" : FIELDS.get(name));
      int size = isOpen ? STATES.length : values.getValueCount();
      int[] byOrdinal = new int[size];
      int[] lastVendor = new int[size];
      Arrays.fill(lastVendor, -1);
      for (int at = 0; at < branches; at++) {
        int doc = indexes.found[at];
        if (!values.advanceExact(doc)) continue;
        int ordinal = isOpen ? states[values.ordValue()] : values.ordValue();
        int vendor = indexes.vendorOf[doc];
        if (lastVendor[ordinal] != vendor) byOrdinal[ordinal]++;
        lastVendor[ordinal] = vendor;
      }
      for (int ordinal = 0; ordinal < size; ordinal++) put(counts, name, isOpen ? STATES[ordinal] : values.lookupOrd(ordinal).utf8ToString(), byOrdinal[ordinal]);
    }
    return counts;
  }

  private int distinctVendorsOf(int branches) {
    int vendors = 0;
    for (int at = 0; at < branches; at++) {
      int vendor = indexes.vendorOf[indexes.found[at]];
      if (vendors == 0 || distinct[vendors - 1] != vendor) distinct[vendors++] = vendor;
    }
    return vendors;
  }

  private static void put(Map<String, Integer> counts, String name, String value, int count) {
    if (count > 0) counts.put(name + " " + value, count);
  }
}
