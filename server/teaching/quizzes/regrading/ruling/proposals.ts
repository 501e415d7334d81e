import { canonicalJson } from '../../../../platform/lib/canonical-json.js';
import type { Answer } from '../../../questions/answer.js';
import type { Item } from '../../../questions/item.js';
import { questionTypes } from '../../../questions/question-types.js';
import type { RulingKind, RulingTerms } from './rulings.js';

/** A question as one course version has it. */
export interface ItemWording {
  readonly version: number;
  readonly item: Item;
}

/** What an administrator asks for on the form. `answer` is one more right answer. */
export interface RulingRequest {
  readonly kind: RulingKind;
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly keyVersion: number | null;
  readonly answer: Answer | null;
}

/**
 * Why a ruling cannot be made. `range`: the versions do not include the one that is ruled on, or are in the wrong order.
 * `wording`: the question reads differently in one of them. `key`: the later version does not exist, is not later, or
 * cannot grade these answers. `answer`: this type of question has no single further answer, or it is right already.
 * `nothing`: there is no ruling to lift.
 */
export type RulingRefusal = 'range' | 'wording' | 'key' | 'answer' | 'nothing';

export const sameWording = (a: Item, b: Item): boolean => canonicalJson(a) === canonicalJson(b);

/**
 * Can answers to one wording be graded with another? Only where both ask for the same type of answer with the same
 * letters: an option that is gone or new would give old answers a meaning they never had.
 */
export function canGrade(asked: Item, other: Item): boolean {
  if (asked.type !== other.type) return false;
  const type = questionTypes.of(asked);
  return type.parts(asked) === type.parts(other);
}

/** Is there such a thing as one more right answer? */
export const rulesOnAnswers = (item: Item): boolean => questionTypes.of(item).acceptsAnswers;

/**
 * The versions around `version` in which the question reads the same: what a ruling on this wording is about by default.
 * Versions without the question are skipped.
 */
export function rangeOf(wordings: readonly ItemWording[], version: number): { from: number; to: number } {
  const asked = wordings.find(each => each.version === version);
  if (!asked) throw new RangeError(`Version ${version} does not have the question`);
  const differ = wordings.filter(({ item }) => !sameWording(item, asked.item)).map(each => each.version);
  const low = Math.max(0, ...differ.filter(number => number < version));
  const high = Math.min(Infinity, ...differ.filter(number => number > version));
  const same = wordings.map(each => each.version).filter(number => number > low && number < high);
  return { from: Math.min(...same), to: Math.max(...same) };
}

/** Later wordings that can grade the answers of `version`, the newest first. */
export function laterKeys(wordings: readonly ItemWording[], version: number): ItemWording[] {
  const asked = wordings.find(each => each.version === version);
  return wordings
    .filter(
      other =>
        asked &&
        other.version > version &&
        !sameWording(asked.item, other.item) &&
        canGrade(asked.item, other.item),
    )
    .sort((a, b) => b.version - a.version);
}

/**
 * The ruling that a request asks for, or why it cannot be made. `standing` is the ruling in force for the version now: a
 * further answer is added to those accepted before.
 */
export function rulingFor(
  request: RulingRequest,
  { wordings, version, standing }: Known,
): { readonly terms: RulingTerms } | { readonly refusal: RulingRefusal } {
  const { kind, fromVersion, toVersion } = request;
  const asked = wordings.find(each => each.version === version);
  if (!asked || fromVersion > version || toVersion < version) return { refusal: 'range' };
  const within = wordings.filter(each => each.version >= fromVersion && each.version <= toVersion);
  if (within.some(({ item }) => !sameWording(item, asked.item))) return { refusal: 'wording' };
  const plain = { itemId: asked.item.id, kind, fromVersion, toVersion, keyVersion: null, answers: [] };
  if (kind === 'void') return { terms: plain };
  if (kind === 'lift') return standing ? { terms: plain } : { refusal: 'nothing' };
  if (kind === 'key') {
    const { keyVersion } = request;
    const isThere = laterKeys(wordings, version).some(later => later.version === keyVersion);
    return isThere && Number(keyVersion) > toVersion
      ? { terms: { ...plain, keyVersion } }
      : { refusal: 'key' };
  }
  return acceptance(request.answer, plain, asked.item, { wordings, standing });
}

interface Known {
  readonly wordings: readonly ItemWording[];
  readonly version: number;
  readonly standing: RulingTerms | null;
}

function acceptance(
  answer: Answer | null,
  plain: RulingTerms,
  item: Item,
  { wordings, standing }: Pick<Known, 'wordings' | 'standing'>,
): { readonly terms: RulingTerms } | { readonly refusal: RulingRefusal } {
  const type = questionTypes.of(item);
  if (!answer || !rulesOnAnswers(item) || !type.isComplete(item, answer)) return { refusal: 'answer' };
  const before = standing?.kind === 'void' ? null : standing;
  const keyVersion = before?.keyVersion ?? null;
  const grading = wordings.find(each => each.version === keyVersion)?.item ?? item;
  const accepted = before?.answers ?? [];
  const isRight =
    type.same(type.correctResponse(grading), answer) || accepted.some(each => type.same(each, answer));
  if (isRight) return { refusal: 'answer' };
  return { terms: { ...plain, keyVersion, answers: [...accepted, answer] } };
}
