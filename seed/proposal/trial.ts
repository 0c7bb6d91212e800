import { amount } from '../amount.ts';
import { parseCityFile } from '../city-file/read-city-file.ts';
import { LoadError } from '../load-errors.ts';
import { makeRelease } from '../make-release.ts';
import { makeReport } from '../report/report.ts';
import { reportText } from '../report/report-text.ts';
import type { SourceOptions } from '../source/read-source.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import { guessesOf } from './guesses.ts';
import type { Proposal } from './proposal.ts';
import { proposalText } from './proposal-text.ts';
import { proposedFile } from './proposed-file.ts';
import { type Question, questionsFor } from './questions.ts';
import { tryTable } from './try-table.ts';

export type TrialOptions = {
  /** The name that the person has given. */
  readonly name: string | undefined;
  /** A link or path of a table of places, for a table without coordinates. */
  readonly places?: string | undefined;
  /** Links or paths of further tables, whose columns say what they add: places or hours. */
  readonly others?: readonly string[] | undefined;
  /** Where the file will be: the rows of a file are named as seen from there. */
  readonly placeOf: (
    id: string,
    from: string,
  ) => { readonly path: string; readonly url: string; readonly schema: string | null };
  readonly source: SourceOptions;
  /** RFC 3339. */
  readonly now: string;
  readonly say: (text: string) => void;
  /** Asks a person; null if there is none to ask. A blank answer accepts the proposed value. */
  readonly ask: ((question: string, proposed: string) => Promise<string>) | null;
};

/** A city's file that was proposed, checked and tried on the rows, but not written. */
export type Trial = {
  /** Where to write the file, and its text. */
  readonly path: string;
  readonly text: string;
  /** The value of `--city` for it. */
  readonly cityPath: string;
  /** What to tell the person when the file has been written, and when it has not because there is nobody to ask. */
  readonly written: string;
  readonly unwritten: string;
};

/**
 * Proposes how to read a table, asks about the guesses, and reports what the rows become with it.
 * @throws LoadError with what is wrong with the table, and what to do
 */
export async function runTrial(
  from: string,
  { name, places: givenPlaces, others, placeOf, source: options, now, say, ask }: TrialOptions,
): Promise<Trial> {
  const tried = await tryTable(from, { name, places: givenPlaces, others, source: options, say });
  const { proposal: first, source, places } = tried;
  say(proposalText(first, source.table));
  const proposal = ask ? await askAbout(first, ask, say) : first;
  const { path, url, schema } = placeOf(proposal.id, proposal.table.from);
  const placesUrl = proposal.joined && placeOf(proposal.id, proposal.joined.from).url;
  const scheduleUrl = proposal.schedule && placeOf(proposal.id, proposal.schedule.from).url;
  const file = proposedFile(proposal, { schema, url, placesUrl, scheduleUrl, day: now.slice(0, 10) });
  const text = `${JSON.stringify(file, null, 2)}\n`;
  const city = parseCityFile(JSON.parse(text), path, { readBeside: () => '', resolve: (other) => other });
  const ownSchedule = city.sources.schedule ? { ...source, name: 'schedule' } : null;
  const schedule = proposal.schedule ? tried.schedule : ownSchedule;
  const sources = { permits: source, schedule, areas: null, places };
  const loaded = makeRelease(city, sources, { origin: 'given', readAt: now });
  const warnings = [source, ...(proposal.schedule && schedule ? [schedule] : []), ...(places ? [places] : [])].flatMap(
    (one) => one.warnings,
  );
  say(`\nWhat the rows become\n${reportText(makeReport(loaded, [...warnings, ...loaded.warnings]))}`);
  if (loaded.release.vendors.length === 0) {
    throw new LoadError(
      `${withoutSecrets(proposal.table.from)}: no row can be used: the report above says why for each`,
    );
  }
  const guesses = guessesOf(proposal).length;
  const cityPath = /[/\\]/.test(path) ? path : `./${path}`;
  return { path, text, cityPath, written: writtenText(cityPath, guesses), unwritten: unwrittenText(guesses) };
}

function writtenText(path: string, guesses: number): string {
  return [
    `Written: ${path}`,
    ...(guesses > 0 ? [`Its notes list ${amount(guesses, 'guess', 'guesses')} to check.`] : []),
    `  npm start -- --city ${path}            the map`,
    `  npm run city -- check ${path}          the file and its table, for instance every day`,
  ].join('\n');
}

function unwrittenText(guesses: number): string {
  const what =
    guesses > 0
      ? `there ${guesses === 1 ? 'is 1 guess' : `are ${guesses} guesses`} and no terminal to ask on`
      : 'there is no terminal to ask on';
  return `Nothing was written: ${what}. Add --yes to take every proposal, and correct the file afterwards; --no-serve only writes it.`;
}

async function askAbout(
  proposal: Proposal,
  ask: NonNullable<TrialOptions['ask']>,
  say: (text: string) => void,
): Promise<Proposal> {
  const questions = questionsFor(proposal);
  if (questions.length === 0) return proposal;
  say('\nPlease answer, or press Enter to accept what is in brackets.');
  let current = proposal;
  for (const question of questions) current = await answerOf(question, current, ask, say);
  return current;
}

/** Asks until the answer can be used. */
async function answerOf(
  question: Question,
  proposal: Proposal,
  ask: NonNullable<TrialOptions['ask']>,
  say: (text: string) => void,
): Promise<Proposal> {
  while (true) {
    const given = (await ask(question.text, question.proposed)).trim();
    const answered = question.answer(proposal, given === '' ? question.proposed : given);
    if (typeof answered !== 'string') return answered;
    say(answered);
  }
}
