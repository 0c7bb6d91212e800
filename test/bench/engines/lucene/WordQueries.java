import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * The words of a task as queries. Ranked, each word scores what Curbside gives it: the weight of the best field that has it, times 10 for
 * the word itself, 9 for its stem, 8 for a beginning and 6 for a typo. Unranked, one field has the words of all.
 */
final class WordQueries {
  private static final Map<String, Integer> WEIGHTS = Map.of("items", 3, "name", 3, "category", 2, "address", 1, "area", 1);

  private final OpenIndexes indexes;
  private final boolean isRanked;

  WordQueries(OpenIndexes indexes, boolean isRanked) {
    this.indexes = indexes;
    this.isRanked = isRanked;
  }

  static boolean hasWords(Map<String, String> task) {
    return task.containsKey("words") || task.containsKey("prefix") || task.containsKey("typo");
  }

  /** Whether no branch has one of the words for itself: then vendors match with all of their branches, or not at all. */
  boolean areOnlyOfVendors(Map<String, String> task) throws IOException {
    String[] fields = isRanked ? IndexFiles.OWN_FIELDS : new String[] {"own"};
    for (List<Query> word : queriesOfWords(task, fields)) {
      for (Query one : word) if (indexes.branches.search(one, 1).totalHits.value() > 0) return false;
    }
    return true;
  }

  /** The vendors with all of the words. */
  Query ofVendors(Map<String, String> task) {
    return allOf(task, isRanked ? IndexFiles.VENDOR_FIELDS : new String[] {"all"});
  }

  /** The branches with all of the words, their vendors' included. */
  Query ofBranches(Map<String, String> task) {
    return allOf(task, isRanked ? WEIGHTS.keySet().toArray(String[]::new) : new String[] {"all"});
  }

  private Query allOf(Map<String, String> task, String[] fields) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (List<Query> word : queriesOfWords(task, fields)) {
      if (isRanked) all.add(new DisjunctionMaxQuery(word, 0), Occur.MUST);
      else for (Query one : word) all.add(one, Occur.FILTER);
    }
    return all.build();
  }

  /** For each word its queries; unranked always one. */
  private List<List<Query>> queriesOfWords(Map<String, String> task, String[] fields) {
    List<List<Query>> words = new ArrayList<>();
    if (task.containsKey("words")) {
      for (String word : task.get("words").split(",")) {
        int slash = word.indexOf('/');
        List<Query> queries = new ArrayList<>();
        for (String field : fields) {
          if (isRanked) queries.add(scored(new TermQuery(new Term(field, word.substring(0, slash))), field, 10));
          queries.add(scored(new TermQuery(new Term(field, (isRanked ? "~" : "") + word.substring(slash + 1))), field, 9));
        }
        words.add(queries);
      }
    }
    if (task.containsKey("prefix")) {
      words.add(eachField(fields, 8, field -> new PrefixQuery(new Term(field, task.get("prefix")))));
    }
    if (task.containsKey("typo")) {
      words.add(eachField(fields, 6, field -> new FuzzyQuery(
          new Term(field, task.get("typo")), 1, 1, 1000, true, FuzzyQuery.CONSTANT_SCORE_REWRITE)));
    }
    return words;
  }

  private List<Query> eachField(String[] fields, int quality, java.util.function.Function<String, Query> query) {
    List<Query> queries = new ArrayList<>();
    for (String field : fields) queries.add(scored(query.apply(field), field, quality));
    return queries;
  }

  private Query scored(Query query, String field, int quality) {
    return isRanked ? new BoostQuery(new ConstantScoreQuery(query), WEIGHTS.get(field) * quality) : query;
  }
}
