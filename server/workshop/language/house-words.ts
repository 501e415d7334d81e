import type { Where } from './language-text.js';
import type { Pattern } from './pattern.js';

/** One word for one meaning: what to write, what not to write for it, and phrases in which that is right after all. */
export type Word = { use: string; not: string[]; except: string[]; where: Where[]; why: string };

/** The pattern that finds the rivals of a word of the house. */
export const wordPattern = ({ use, not, except, where, why }: Word): Pattern => ({
  name: `word: ${use}`,
  finds: anyOf(not),
  ...(except.length > 0 ? { except: anyOf(except) } : {}),
  better: `${use} (${why})`,
  where,
});

const anyOf = (phrases: readonly string[]): RegExp =>
  new RegExp(`(?<![\\w-])(?:${phrases.map(escaped).join('|')})(?![\\w-])`, 'gi');

const escaped = (phrase: string): string => phrase.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
