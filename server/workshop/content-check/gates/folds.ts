import { createHash } from 'node:crypto';

const FOLDS = 10;

/**
 * What a model says of each entry when it has learnt from all others but those of the same fold. Entries of one group are
 * in one fold: of twins, one would tell the other's answer. Deterministic: groups go to folds in order of their names, or as the seed
 * shuffles them.
 */
export function crossValidated<T, R>(
  entries: readonly T[],
  groupOf: (entry: T) => string,
  learn: (from: readonly T[]) => (entry: T) => R,
  seed?: string,
): R[] {
  const placeOf = (group: string) => (seed === undefined ? group : hashOf(`${seed} ${group}`));
  const groups = [...new Set(entries.map(groupOf))].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const folds = new Map(groups.map((group, at) => [group, at % FOLDS]));
  const foldOf = (entry: T) => folds.get(groupOf(entry));
  const models = Array.from({ length: FOLDS }, (_, fold) =>
    learn(entries.filter(entry => foldOf(entry) !== fold)),
  );
  return entries.map(entry => {
    const model = models[foldOf(entry) ?? 0];
    if (!model) throw new RangeError('An entry is in no fold');
    return model(entry);
  });
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
