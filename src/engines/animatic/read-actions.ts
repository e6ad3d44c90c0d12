import type { ScriptAction } from '../../media/index.ts';
import { findMentions, type Mention } from './find-mentions.ts';
import { actionWords } from './words.ts';

/** What somebody does by a prompt. */
export interface ToldAction extends Pick<ScriptAction, 'kind' | 'from'> {
  /** Indices of the elements that do it; `all` for everybody who is seen, `first` where the words don't tell. */
  who: readonly number[] | 'all' | 'first';
}

interface ReadActions {
  /** In the order in which they are told. */
  actions: ToldAction[];
  /** Clauses that tell what somebody does who is no element: nothing is made of them. */
  ofOthers: string[];
}

/**
 * What is done in a prompt and by whom, in the order in which it is told. Read clause by clause: whoever is named before the
 * verb does it; a pronoun stands for whom the words before named; a clause without a subject goes on with the one before.
 */
export function readActions(prompt: string, names: readonly string[]): ReadActions {
  const mentions = findMentions(prompt, names);
  const actions: ToldAction[] = [];
  const ofOthers: string[] = [];
  for (const sentence of cut(prompt, 0, sentenceEnds)) {
    let before: ToldAction['who'] | undefined;
    let waiting: number[] = [];
    for (const clause of cut(sentence.text, sentence.place, clauseEnds)) {
      const named = mentions.filter(({ place }) => place >= clause.place && place < clause.place + clause.text.length);
      if (isNamesAlone(clause, named)) {
        // `Rex and Sid run`: those who are named alone do what comes next.
        waiting.push(...named.map(({ at }) => at));
        before = waiting;
        continue;
      }
      const found = findAction(clause.text);
      const subject = found && findSubject(clause, clause.place + found.place, { named, mentions, waiting });
      const who = (subject === 'another' ? undefined : subject) ?? before ?? 'first';
      waiting = [];
      if (found === undefined) {
        before = nameSubject(named, prompt) ?? before;
        continue;
      }
      if (subject === 'another') {
        ofOthers.push(clause.text.trim());
        continue;
      }
      before = who;
      actions.push(...tell(found, who, named, clause, prompt));
    }
  }
  return { actions, ofOthers };
}

interface Piece {
  text: string;
  /** In the prompt. */
  place: number;
}

const sentenceEnds = /[.;!?\n。；！？]+/g;
const clauseEnds = /[,:，：、]+|\b(?:and|then|while|as|when|before|after|but|until)\b|然后|接着|同时|并且|而/gi;

function cut(text: string, place: number, ends: RegExp): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { index, 0: end } of [...text.matchAll(ends), { index: text.length, 0: '' }]) {
    pieces.push({ text: text.slice(from, index), place: place + from });
    from = index + end.length;
  }
  return pieces.filter((piece) => piece.text.trim() !== '');
}

function isNamesAlone({ text, place }: Piece, named: readonly Mention[]): boolean {
  if (named.length === 0) return false;
  let rest = text;
  for (const mention of named.toReversed())
    rest = rest.slice(0, mention.place - place) + rest.slice(mention.end - place);
  return !/[\p{L}\p{N}]/u.test(rest);
}

interface Found {
  kind: ScriptAction['kind'];
  /** Of the verb in its clause. */
  place: number;
}

function findAction(clause: string): Found | undefined {
  for (const [pattern, kind] of actionWords) {
    const place = clause.search(pattern);
    if (place !== -1) return { kind, place };
  }
  return undefined;
}

/** Behind these a name is no subject: beside Rex, over Rex's shoulder. */
const notSubject =
  /\b(of|with|at|to|towards?|behind|beside|near|by|on|onto|over|under|from|for|past|against|around|in front of|next to|following|chasing|holding|carrying|riding|watching|watches)\s*$/i;
const several =
  /\b(they|both|all of them|everybody|everyone|each other|one another|the (two|three|four|pair|couple|group))\b|他们|她们|它们|两人|大家|一起|彼此/i;
const one = /\b(he|she|it|who|which|that)\b|他|她|它/i;
/** Somebody who is no element: a crowd, three birds, Chinese 一群. */
const others =
  /\b(an?|some|several|many|two|three|four|five|other|another|dozens of|hundreds of) (?!few\b)(\w+ ){0,2}?\w+\s*$|一群|一只|许多/i;

/** Whom the words before the verb name; `another` where that is nobody of the cast, undefined where they tell nothing. */
function findSubject(
  clause: Piece,
  verb: number,
  { named, mentions, waiting }: { named: readonly Mention[]; mentions: readonly Mention[]; waiting: readonly number[] },
): ToldAction['who'] | 'another' | undefined {
  const head = clause.text.slice(0, verb - clause.place);
  const early = named.filter(({ place }) => place < verb);
  const free = early.filter(
    ({ place, end }) =>
      !notSubject.test(clause.text.slice(0, place - clause.place)) &&
      !/^['’]s\b|^的/.test(clause.text.slice(end - clause.place)),
  );
  const last = free.at(-1) ?? early[0];
  const isSeveral = several.test(clause.text);
  const own = isSeveral ? free : last === undefined ? [] : [last];
  const subjects = [...new Set([...waiting, ...own.map(({ at }) => at)])];
  if (isSeveral) return subjects.length > 1 ? subjects : 'all';
  if (subjects.length > 0) return subjects;
  if (one.test(head)) return nameLast(mentions, clause.place);
  return mentions.length > 0 && others.test(head) ? 'another' : undefined;
}

function nameLast(mentions: readonly Mention[], place: number): number[] | undefined {
  const last = mentions.findLast((mention) => mention.place < place);
  return last && [last.at];
}

/** Of a clause in which nothing is done that can be shown: who goes on in the next one. */
function nameSubject(named: readonly Mention[], prompt: string): number[] | undefined {
  const subject = named.find(({ place }) => !notSubject.test(prompt.slice(0, place))) ?? named[0];
  return subject && [subject.at];
}

function tell(
  { kind, place }: Found,
  who: ToldAction['who'],
  named: readonly Mention[],
  clause: Piece,
  prompt: string,
): ToldAction[] {
  const from = readSide(clause.text) ?? readSide(prompt) ?? 'left';
  const later = named.filter((mention) => mention.place >= clause.place + place);
  const isTogether = /\b(each other|one another)\b|彼此|相向|走到一起/i.test(clause.text);
  if (isTogether) return [{ kind: 'meet', from, who: typeof who !== 'string' && who.length > 1 ? who : 'all' }];
  // Of two who meet each comes from the own side.
  if (kind === 'meet') {
    const met = later.map(({ at }) => at);
    return [{ kind, from, who: typeof who === 'string' ? 'all' : [...new Set([...who, ...met])] }];
  }
  const isGoing = kind === 'cross' || kind === 'enter';
  const target = later[0];
  const isTo =
    target !== undefined &&
    /\b(to|towards|toward|up to|over to|into)\s*$|[向到]\s*$/i.test(prompt.slice(0, target.place));
  return [{ kind: isGoing && isTo ? 'join' : kind, from, who }];
}

/** From where somebody comes, and else to where: from the other side. */
function readSide(text: string): 'left' | 'right' | undefined {
  if (/\bfrom (the )?right\b|\b(to|towards?) (the |its |his |her )?left\b|\bleftwards?\b|从右|向左|往左/i.test(text))
    return 'right';
  if (/\bfrom (the )?left\b|\b(to|towards?) (the |its |his |her )?right\b|\brightwards?\b|从左|向右|往右/i.test(text))
    return 'left';
  return undefined;
}
