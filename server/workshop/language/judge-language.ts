import { asTyped, type LanguageFault } from './language-text.js';

/** A sentence that a pattern finds and that is meant. */
export type Excuse = { pattern: string; sentence: string; reason: string };

/** What is left after the excuses: `failing` may not stay; `open` is held by a ceiling, or only reported. */
export type JudgedLanguage = {
  failing: LanguageFault[];
  open: LanguageFault[];
  /** Excuses of nothing, and ceilings above what is there: how many sentences of that pattern there are. */
  idle: Excuse[];
  lower: { pattern: string; held: number; found: number }[];
};

/**
 * Which faults may stay. All sentences of a pattern fail once there are more of them than `held` says; nobody can tell which of them
 * is new. @param held how many sentences of a pattern may be there; absent: none
 */
export function judgeLanguage(
  faults: readonly LanguageFault[],
  { excused, held }: { excused: readonly Excuse[]; held: Readonly<Record<string, number>> },
): JudgedLanguage {
  const isMeant = (fault: LanguageFault): boolean => excused.some(excuse => excuses(excuse, fault));
  const left = faults.filter(fault => !isMeant(fault));
  const found = (name: string): number =>
    left.filter(({ pattern, reported }) => pattern === name && !reported).length;
  const over = new Set(left.map(({ pattern }) => pattern).filter(name => found(name) > (held[name] ?? 0)));
  const fails = ({ pattern, reported }: LanguageFault): boolean => !reported && over.has(pattern);
  return {
    failing: left.filter(fails),
    open: left.filter(fault => !fails(fault)),
    idle: excused.filter(excuse => !faults.some(fault => excuses(excuse, fault))),
    lower: Object.entries(held)
      .map(([pattern, most]) => ({ pattern, held: most, found: found(pattern) }))
      .filter(row => row.found < row.held),
  };
}

const excuses = ({ pattern, sentence }: Excuse, fault: LanguageFault): boolean =>
  pattern === fault.pattern && asTyped(sentence) === asTyped(fault.sentence);
