import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchEngine, EngineUnavailable } from '../bench-engine.ts';
import { PeerProgram } from '../peer-program.ts';

const SOURCES = 'test/bench/engines/lucene';
const BUILT = 'dist/bench/lucene';
/** Lucene 10 needs this version of Java. */
const LEAST_JAVA = 21;
const HOW_TO =
  'on Debian, as root: apt-get install maven, and a JDK of version 21 or later, for example Eclipse Temurin (set JAVA_HOME)';

/** Words without scores; no `best` order. */
export async function lucene(branches: number): Promise<BenchEngine> {
  return startLucene('filters', branches, 'words have no scores');
}

/** Words scored in the fields of Curbside's ranking, with its weights; the order by `best`. */
export async function rankedLucene(branches: number): Promise<BenchEngine> {
  return startLucene('ranked', branches, 'only the tasks that rank; its scores are compared, too');
}

async function startLucene(kind: 'filters' | 'ranked', branches: number, note: string): Promise<BenchEngine> {
  const home = findJava();
  build(home);
  const directory = mkdtempSync(join(tmpdir(), 'curbside-bench-lucene-'));
  const program = await PeerProgram.start(
    [
      join(home, 'bin/java'),
      // The vector module decodes postings with SIMD instructions; Lucene recommends it.
      '--add-modules=jdk.incubator.vector',
      '--enable-native-access=ALL-UNNAMED',
      '-Xmx3g',
      '-cp',
      `${BUILT}/classes:${BUILT}/jars/*`,
      'LuceneBench',
      kind,
      directory,
    ],
    branches,
    { note },
  );
  return program.onClose(() => rmSync(directory, { recursive: true }));
}

/** The home of a new enough JDK: JAVA_HOME, the one on the path, or one where Linux distributions install them. */
function findJava(): string {
  const installed = '/usr/lib/jvm';
  const homes = [
    process.env.JAVA_HOME,
    ...(existsSync(installed) ? readdirSync(installed).map((name) => join(installed, name)) : []),
    homeOnPath(),
  ].filter((home) => home !== undefined);
  const home = homes.find(
    (one) => existsSync(join(one, 'bin/javac')) && versionOf(join(one, 'bin/java')) >= LEAST_JAVA,
  );
  if (home === undefined) throw new EngineUnavailable(`there is no JDK ${LEAST_JAVA} or later; ${HOW_TO}`);
  return home;
}

function homeOnPath(): string | undefined {
  const { stderr } = spawnSync('java', ['-XshowSettings:properties', '-version'], { encoding: 'utf8' });
  return /java\.home = (.+)/.exec(stderr ?? '')?.[1];
}

function versionOf(java: string): number {
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
}

function build(home: string): void {
  mkdirSync(`${BUILT}/classes`, { recursive: true });
  if (!existsSync(`${BUILT}/jars`)) {
    const arguments_ = ['-q', '-f', `${SOURCES}/pom.xml`, 'dependency:copy-dependencies'];
    const { status } = spawnSync('mvn', [...arguments_, `-DoutputDirectory=${process.cwd()}/${BUILT}/jars`], {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { ...process.env, JAVA_HOME: home },
    });
    if (status !== 0) throw new EngineUnavailable(`Maven did not download Lucene; ${HOW_TO}`);
  }
  const sources = readdirSync(SOURCES).filter((name) => name.endsWith('.java'));
  const files = sources.map((name) => `${SOURCES}/${name}`);
  execFileSync(join(home, 'bin/javac'), ['-nowarn', '-cp', `${BUILT}/jars/*`, '-d', `${BUILT}/classes`, ...files]);
}
