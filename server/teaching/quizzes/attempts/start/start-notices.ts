import { formatTime, type Place, type Translate } from '../../../../platform/i18n/i18n.js';
import { waitUntil, type Wait } from '../../../../platform/i18n/waits.js';
import type { Quiz } from '../../quiz-model.js';
import type { AttemptFacts } from '../attempts.js';
import type { TriesLeft } from '../limits.js';
import { attemptAddresses } from '../question-page.js';

/** A panel that says why an attempt cannot start now, and what to do meanwhile. */
interface Notice {
  readonly kind: 'mist' | 'dawn';
  readonly title: string;
  readonly text: string;
  readonly paragraphs: readonly string[];
  /** An address in the text that one can write to. */
  readonly mail?: string | undefined;
  /** A wait that the text speaks of, and the page to load again once it is over. */
  readonly wait?: Wait;
  readonly again?: string | null;
  /** `isNext`: what to do next, and so the page's button. */
  readonly link: { readonly href: string; readonly text: string; readonly isNext?: boolean } | null;
}

/** How times and texts are said. */
export interface PageWords {
  readonly place: Place;
  readonly t: Translate;
}

/** What a notice needs of the last attempt. */
export type LastAttempt = Pick<AttemptFacts, 'id' | 'deadlineAt' | 'pausedAt'>;

/** What the notices of one page are made from. */
interface NoticePage {
  readonly last: LastAttempt | undefined;
  /** The attempt whose missed safety rules are worked through; null where there are none. */
  readonly rulesOf: string | null;
  /** Has the learner passed this quiz before? */
  readonly isPassed: boolean;
  /** The address of the page that shows the notices. */
  readonly here: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Until when an open attempt goes on, or why the next one cannot start now. */
export function noticesOf(quiz: Quiz, standing: TriesLeft, page: NoticePage, words: PageWords): Notice[] {
  const { last, rulesOf, isPassed, here, now } = page;
  const { isOpen, left, from, rules } = standing;
  const missed = rulesOf === null ? [] : [rulesNotice(quiz, rules, { rulesOf, last, isPassed }, words.t)];
  if (!last) return missed;
  if (isOpen) return last.deadlineAt === null ? [] : [openNotice(last, last.deadlineAt, words)];
  const below = resultLink(last, here, words.t);
  if (left === 0 && from === null) return [spentNotice(quiz, below, words.t)];
  const wait = from === null ? [] : [waitNotice(from, now, { ...below, again: here }, words)];
  return [...missed, ...(left === 0 ? wait.map(notice => usedUp(quiz, notice, words.t)) : wait)];
}

/** Where the last result is, and what can be done with it meanwhile. On the result itself there is no link to it. */
function resultLink({ id }: LastAttempt, here: string, t: Translate) {
  const { result } = attemptAddresses(id);
  if (result === here) return { link: null, meanwhile: t('limits.meanwhileBelow') };
  return { link: { href: result, text: t('limits.lastResult') }, meanwhile: t('limits.meanwhile') };
}

type ResultLink = ReturnType<typeof resultLink>;

const MAIL_ADDRESS = /[^\s<>(),;:"]+@[^\s<>(),;:"]+\w/;

function spentNotice({ policy }: Quiz, { link, meanwhile }: ResultLink, t: Translate): Notice {
  const [title, text] = [t('limits.noneTitle'), t('limits.noneText')];
  const mail = mailIn(policy.ask);
  return { kind: 'mist', title, text, paragraphs: [policy.ask ?? '', meanwhile], mail, link };
}

const mailIn = (text: string | undefined): string | undefined => text?.match(MAIL_ADDRESS)?.[0];

/** The wait for a try to come back by itself, and whom to ask for one before that. */
function usedUp({ policy }: Quiz, { paragraphs, ...wait }: Notice, t: Translate): Notice {
  const sooner = `${t('limits.sooner')} ${policy.ask ?? ''}`;
  return {
    ...wait,
    title: t('limits.noneTitle'),
    mail: mailIn(policy.ask),
    paragraphs: [sooner, ...paragraphs],
  };
}

function rulesNotice(
  { remediated, practice }: Quiz,
  rules: readonly string[],
  { rulesOf, last, isPassed }: { rulesOf: string; last: LastAttempt | undefined; isPassed: boolean },
  t: Translate,
): Notice {
  const count = rules.length;
  const when = practice || rulesOf !== last?.id ? 'beforeFinal' : 'firstText';
  return {
    kind: 'dawn',
    title: t(`remediation.${practice ? 'offeredTitle' : 'firstTitle'}`, { count }),
    text: t('remediation.missed', { count }),
    paragraphs: [...rules.map(rule => remediated.get(rule) ?? ''), t(`remediation.${when}`, { count })],
    link: {
      href: attemptAddresses(rulesOf).remediation,
      text: t('remediation.begin', { count }),
      isNext: !isPassed && !practice,
    },
  };
}

function waitNotice(
  from: number,
  now: number,
  { link, meanwhile, again }: ResultLink & { again: string },
  { t, place }: PageWords,
): Notice {
  const wait = waitUntil(from, now, place, t);
  const text = t('limits.waitText', { wait: wait.words });
  const paragraphs = [`${meanwhile} ${t('limits.takesNothing')}`];
  return { kind: 'mist', title: t('limits.waitTitle'), wait, text, paragraphs, again, link };
}

/** Until when an open attempt goes on. While its clock is stopped, the page of the break says until when. */
function openNotice({ id, pausedAt }: LastAttempt, deadlineAt: number, { t, place }: PageWords): Notice {
  if (pausedAt === null) {
    const title = t('limits.until', { time: formatTime(deadlineAt, place) });
    return { kind: 'mist', title, text: t('limits.rule.runsOn'), paragraphs: [], link: null };
  }
  const link = { href: attemptAddresses(id).pause, text: t('pause.see') };
  return { kind: 'mist', title: t('pause.onHeading'), text: t('pause.still'), paragraphs: [], link };
}
