import { spoken } from '../../platform/i18n/spoken.js';
import { installationFigures, MOST_COUNTED } from './figures.js';
import type { WarningContext } from './warning-source.js';
import { warningsNow } from './warnings.js';

/** The overview of the installation: what needs attention, and how much of each thing there is. */
export async function homePage(context: WarningContext) {
  const warnings = await warningsNow(context);
  const figures = Object.entries(await installationFigures()).map(([name, count]) => ({
    name,
    count: countText(count),
  }));
  return { figures, warnings };
}

const countText = (count: number | null): string =>
  count === null
    ? spoken('admin.countMore', { most: MOST_COUNTED })
    : spoken('numbers.whole', { value: count });
