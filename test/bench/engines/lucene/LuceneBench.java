import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lucene as a peer of the bench: reads settings and documents from its standard input, writes a line when they are indexed, then performs
 * one task per line. Arguments: `filters` or `ranked`, and a directory for the indexes.
 */
public final class LuceneBench {
  /** How long a task is warmed up before it is first measured, in nanoseconds: the JIT compiler's second stage needs thousands of calls. */
  private static final long WARM_UP_NANOS = 1_000_000_000L;

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 20);
    Map<String, String> settings = assignments(in.readLine());
    boolean isRanked = args[0].equals("ranked");
    try (IndexFiles files = new IndexFiles(Path.of(args[1]), isRanked)) {
      for (String line = in.readLine(); !line.equals("."); line = in.readLine()) files.add(line.split("\t", -1));
      files.finish();
      TaskRunner runner = new TaskRunner(files.open(), isRanked, settings);
      System.out.println("{}");
      Set<String> warm = new HashSet<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Map<String, String> task = assignments(line);
        int times = Integer.parseInt(task.remove("times"));
        if (warm.add(task.toString())) warmUp(runner, task);
        System.out.println(perform(runner, task, times));
      }
    }
  }

  private static void warmUp(TaskRunner runner, Map<String, String> task) throws Exception {
    long end = System.nanoTime() + WARM_UP_NANOS;
    while (System.nanoTime() < end && runner.run(task) != null);
  }

  /** The times in milliseconds and the answer as JSON; no times if this configuration does not perform the task. */
  private static String perform(TaskRunner runner, Map<String, String> task, int times) throws Exception {
    StringBuilder ms = new StringBuilder();
    Answer answer = null;
    for (int time = 0; time < times; time++) {
      long start = System.nanoTime();
      answer = runner.run(task);
      long end = System.nanoTime();
      if (answer == null) break;
      ms.append(time == 0 ? "" : ",").append((end - start) / 1e6);
    }
    return "{\"ms\":[" + ms + "]" + (answer == null ? "" : "," + answer.json()) + "}";
  }

  /** `name=value name=value`. */
  private static Map<String, String> assignments(String line) {
    Map<String, String> values = new HashMap<>();
    for (String part : line.split(" ")) {
      int at = part.indexOf('=');
      values.put(part.substring(0, at), part.substring(at + 1));
    }
    return values;
  }
}
