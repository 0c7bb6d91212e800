import { foldStatus } from '../city-file/words.ts';
import { idOf } from './city-name.ts';
import { guessesOf } from './guesses.ts';
import type { Proposal } from './proposal.ts';
import { withAnsweredNoun } from './proposed-wording.ts';

/** A question about a guess. A blank answer accepts the proposed value. */
export type Question = {
  readonly path: string;
  readonly text: string;
  /** The value that a blank answer accepts. */
  readonly proposed: string;
  /** The proposal with an answer, or a sentence that says why the answer cannot be. */
  readonly answer: (proposal: Proposal, given: string) => Proposal | string;
};

/** The questions about a proposal, in the order of its text. Guesses that only a change of the data would mend have none. */
export function questionsFor(proposal: Proposal): Question[] {
  return guessesOf(proposal).flatMap(({ path, value, why }) => {
    const field = /^sources\.permits\.columns\.(\w+)$/.exec(path)?.[1];
    const make = field === undefined ? QUESTIONS[path] : field === 'lat' ? undefined : columnQuestion(field, value);
    const text = make && path === 'sources.schedule' ? `${value}: ${make.text}` : make?.text;
    return make ? [{ path, proposed: value, ...make, text: `${text} (${why})` }] : [];
  });
}

type QuestionText = Pick<Question, 'text' | 'answer'> & { readonly proposed?: string };

const sure = <Value>(value: Value) => ({ value, sureness: 'sure', why: 'your answer' }) as const;

const QUESTIONS: Readonly<Record<string, QuestionText>> = {
  'sources.schedule': {
    text: 'Do these columns join the table of hours to the first table: yes or no?',
    proposed: 'yes',
    answer: (proposal, given) => {
      if (/^y(?:es)?$/i.test(given)) return proposal;
      return /^no?$/i.test(given) ? withoutSchedule(proposal) : 'the answer must be yes or no';
    },
  },
  name: {
    text: 'What is the city or the list called?',
    answer: (proposal, given) => ({ ...proposal, name: sure(given), id: idOf(given) }),
  },
  wording: {
    text: 'What is one of the listed called, and several of them? Separate the two by a comma.',
    answer: (proposal, given) => {
      const answered = withAnsweredNoun(proposal.wording?.value ?? {}, given);
      return typeof answered === 'string' ? answered : { ...proposal, wording: sure(answered) };
    },
  },
  zone: {
    text: 'In which time zone is it?',
    answer: (proposal, given) =>
      isKnownZone(given)
        ? { ...proposal, zone: sure(given) }
        : `${given} is not an IANA time zone, such as Europe/Paris`,
  },
  statuses: {
    text: 'Which words mean that a vendor may sell? Separate them by commas.',
    answer: (proposal, given) =>
      withApproved(
        proposal,
        given
          .split(',')
          .map(foldStatus)
          .filter((word) => word !== ''),
      ),
  },
  dateOrder: {
    text: 'Which comes first in dates: month-first or day-first?',
    answer: (proposal, given) =>
      given === 'month-first' || given === 'day-first'
        ? { ...proposal, dateOrder: sure(given) }
        : 'the answer must be month-first or day-first',
  },
  'names.unnamed': {
    text: 'What are vendors without a name called?',
    answer: (proposal, given) => ({ ...proposal, unnamed: sure(given) }),
  },
};

/** The ids of places do not need the columns of a schedule that is not joined. */
function withoutSchedule(proposal: Proposal): Proposal {
  const { identity, fields } = proposal;
  if (identity.value.kind !== 'words') return { ...proposal, schedule: null };
  const from = ['name', 'address'].filter((name) => fields.some(({ field }) => field === name));
  return { ...proposal, schedule: null, identity: sure({ kind: 'made', from }) };
}

function columnQuestion(field: string, proposed: string): QuestionText {
  return {
    text: `Is ${JSON.stringify(proposed)} the column for "${field}"? Another column, or - for none.`,
    answer: (proposal, given) => {
      const others = proposal.fields.filter((match) => match.field !== field);
      if (given === '-') return withFields(proposal, others);
      const column = proposal.columns.find(({ name }) => name.toLowerCase() === given.toLowerCase());
      if (!column)
        return `there is no column ${JSON.stringify(given)}: there are ${proposal.columns.map(({ name }) => name).join(', ')}`;
      const kept = others.filter((match) => match.column.name !== column.name);
      return withFields(proposal, [...kept, { field, column, ...sure('') }]);
    },
  };
}

function withFields(proposal: Proposal, fields: Proposal['fields']): Proposal {
  const used = new Set([
    ...fields.map(({ column }) => column.name),
    ...Object.values(proposal.places.columns).map(({ name }) => name),
  ]);
  return { ...proposal, fields, unread: proposal.columns.map(({ name }) => name).filter((name) => !used.has(name)) };
}

/** Words that were proposed as approved and are not in the answer count as inactive. */
function withApproved(proposal: Proposal, words: readonly string[]): Proposal | string {
  const meanings = proposal.statuses?.value ?? {};
  const unknown = words.filter((word) => !Object.hasOwn(meanings, word));
  if (unknown.length > 0) return `the table has no ${unknown.join(', ')}: it has ${Object.keys(meanings).join(', ')}`;
  const answered = Object.entries(meanings).map(([word, meaning]) => {
    if (words.includes(word)) return [word, 'approved'] as const;
    return [word, meaning === 'approved' ? 'inactive' : meaning] as const;
  });
  return { ...proposal, statuses: sure(Object.fromEntries(answered)) };
}

/** The runtime decides, as it does when a search asks for the time. */
function isKnownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}
