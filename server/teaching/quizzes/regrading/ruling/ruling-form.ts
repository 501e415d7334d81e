import { typed } from '../../../../platform/http/forms.js';
import { parseInteger } from '../../../../platform/lib/numbers.js';
import type { RulingRequest } from './proposals.js';
import { KINDS, type RulingKind } from './rulings.js';
import { subForm } from '../../attempts/field-prefix.js';
import type { Answer } from '../../../questions/answer.js';
import type { Item } from '../../../questions/item.js';
import { questionTypes } from '../../../questions/question-types.js';

/** A sent form, to be shown again: errors are keys of texts by field. */
export interface RulingForm {
  readonly values: Readonly<Record<string, string>>;
  readonly response: Answer;
  readonly errors: Readonly<Record<string, string>>;
}

type Read = RulingForm &
  (
    | { readonly ok: false }
    | {
        readonly ok: true;
        readonly request: RulingRequest;
        readonly reason: string;
        readonly withdrawalReason: string | null;
      }
  );

const FIELDS = ['kind', 'keyVersion', 'fromVersion', 'toVersion', 'reason', 'withdraw', 'withdrawalReason'];
const LONGEST = 500;

/** Reads the form on which a question is ruled on. The answer has the fields of the question's own page. */
export function readRuling(body: unknown, item: Item): Read {
  const values = Object.fromEntries(FIELDS.map(field => [field, clean(typed(body, field))]));
  const kind = KINDS.find(each => each === values.kind) ?? null;
  const parsed = questionTypes.of(item).parse(subForm(body, 1), item);
  const answer = kind === 'accept' && parsed.ok ? parsed.response : null;
  const [fromVersion, toVersion, keyVersion] = ['fromVersion', 'toVersion', 'keyVersion'].map(field =>
    parseInteger(values[field], { min: 1, max: 1_000_000 }),
  );
  const form = { values, response: parsed.ok ? parsed.response : {} };
  const errors = {
    ...(kind === null ? { kind: 'regrade.error.kind' } : {}),
    ...(kind === 'key' && keyVersion == null ? { keyVersion: 'regrade.error.keyVersion' } : {}),
    ...(kind === 'accept' && !answer ? { answer: 'regrade.error.answer' } : {}),
    ...(fromVersion == null || toVersion == null ? { fromVersion: 'regrade.error.versions' } : {}),
    ...reasonError('reason', 'regrade.error.reason', values.reason),
    ...(values.withdraw
      ? reasonError('withdrawalReason', 'regrade.error.withdrawalReason', values.withdrawalReason)
      : {}),
  };
  if (Object.keys(errors).length > 0 || !kind || fromVersion == null || toVersion == null)
    return { ...form, ok: false, errors };
  return {
    ...form,
    ok: true,
    errors,
    request: {
      kind: kind satisfies RulingKind,
      fromVersion,
      toVersion,
      keyVersion: keyVersion ?? null,
      answer,
    },
    reason: values.reason ?? '',
    withdrawalReason: values.withdraw ? (values.withdrawalReason ?? '') : null,
  };
}

/** A sign that no keyboard has would not be kept by every database. */
const clean = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

function reasonError(field: string, missing: string, text = ''): Record<string, string> {
  if (text === '') return { [field]: missing };
  return text.length > LONGEST ? { [field]: 'regrade.error.long' } : {};
}
