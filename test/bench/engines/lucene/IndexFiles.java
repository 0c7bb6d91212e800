import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Two indexes of one segment each: a document per branch, and one per vendor, in the same order, so that a vendor's branches are a range.
 * Words have postings without positions, frequencies and norms: no task needs them.
 */
final class IndexFiles implements AutoCloseable {
  /** The fields of a vendor's words, and of a branch's own. */
  static final String[] VENDOR_FIELDS = {"name", "items", "category"};
  static final String[] OWN_FIELDS = {"address", "area"};

  private final boolean isRanked;
  private final MMapDirectory vendorFiles;
  private final MMapDirectory branchFiles;
  private final IndexWriter vendorWriter;
  private final IndexWriter branchWriter;
  /** The vendor whose branches are being read, and the number of branches before each vendor. */
  private String[] vendor;
  private Document vendorDocument;
  private int[] firstBranch = new int[1024];
  private int vendors = 0;
  private int branches = 0;

  IndexFiles(Path directory, boolean isRanked) throws IOException {
    this.isRanked = isRanked;
    vendorFiles = new MMapDirectory(directory.resolve("vendors"));
    branchFiles = new MMapDirectory(directory.resolve("branches"));
    vendorWriter = new IndexWriter(vendorFiles, new IndexWriterConfig(null).setRAMBufferSizeMB(256));
    branchWriter = new IndexWriter(branchFiles, new IndexWriterConfig(null).setRAMBufferSizeMB(512));
  }

  void add(String[] columns) throws IOException {
    if (columns[0].equals("V")) addVendor(columns);
    else addBranch(columns);
  }

  private void addVendor(String[] columns) throws IOException {
    writeVendor();
    vendor = columns;
    if (vendors == firstBranch.length) firstBranch = Arrays.copyOf(firstBranch, vendors * 2);
    firstBranch[vendors++] = branches;
    vendorDocument = new Document();
    addVendorWords(vendorDocument);
    for (String category : columns[4].split(" ")) {
      vendorDocument.add(new StringField("categories", category, Store.NO));
      vendorDocument.add(new SortedSetDocValuesField("categories", new BytesRef(category)));
    }
  }

  private void addBranch(String[] columns) throws IOException {
    Document document = new Document();
    addVendorWords(document);
    for (int at = 0; at < OWN_FIELDS.length; at++) {
      if (isRanked) addWords(document, OWN_FIELDS[at], columns[3 + at]);
      else {
        addWords(document, "all", columns[3 + at]);
        addWords(document, "own", columns[3 + at]);
      }
    }
    double lat = Double.parseDouble(columns[1]);
    double lon = Double.parseDouble(columns[2]);
    document.add(new LatLonPoint("place", lat, lon));
    document.add(new LatLonDocValuesField("place", lat, lon));
    document.add(new StringField("status", columns[5], Store.NO));
    document.add(new SortedDocValuesField("status", new BytesRef(columns[5])));
    addValue(document, "facility", columns[6]);
    if (!columns[7].isEmpty()) addValue(document, "areas", columns[7]);
    for (String hour : Week.hoursOf(columns[8])) document.add(new StringField("hour", hour, Store.NO));
    document.add(new SortedDocValuesField("week", new BytesRef(columns[8] + "\t" + columns[9])));
    branchWriter.addDocument(document);
    branches++;
  }

  /** A value of a branch, and one of its vendor, whose values are a set. */
  private void addValue(Document document, String field, String value) {
    document.add(new SortedDocValuesField(field, new BytesRef(value)));
    vendorDocument.add(new SortedSetDocValuesField(field, new BytesRef(value)));
  }

  private void addVendorWords(Document document) {
    for (int at = 0; at < VENDOR_FIELDS.length; at++) addWords(document, isRanked ? VENDOR_FIELDS[at] : "all", vendor[1 + at]);
  }

  /** Words and stems; where they are ranked differently, a stem has a tilde before it. */
  private void addWords(Document document, String field, String words) {
    if (words.isEmpty()) return;
    Set<String> terms = new HashSet<>();
    for (String word : words.split(" ")) {
      int slash = word.indexOf('/');
      terms.add(word.substring(0, slash));
      terms.add((isRanked ? "~" : "") + word.substring(slash + 1));
    }
    for (String term : terms) document.add(new StringField(field, term, Store.NO));
  }

  private void writeVendor() throws IOException {
    if (vendorDocument != null) vendorWriter.addDocument(vendorDocument);
  }

  void finish() throws IOException {
    writeVendor();
    for (IndexWriter writer : new IndexWriter[] {vendorWriter, branchWriter}) {
      writer.forceMerge(1);
      writer.close();
    }
  }

  OpenIndexes open() throws IOException {
    IndexSearcher[] searchers = {searcher(vendorFiles), searcher(branchFiles)};
    int[] starts = Arrays.copyOf(firstBranch, vendors + 1);
    starts[vendors] = branches;
    return new OpenIndexes(searchers[0], searchers[1], starts);
  }

  /** Without the query cache: a repeated task would only be looked up. */
  private static IndexSearcher searcher(MMapDirectory files) throws IOException {
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(files));
    searcher.setQueryCache(null);
    return searcher;
  }

  @Override
  public void close() throws IOException {
    vendorFiles.close();
    branchFiles.close();
  }
}
