import { currentCourses } from '../../../teaching/courses/catalogue.js';
import { spoken, spokenLocale } from '../../../platform/i18n/spoken.js';
import { spansOf } from '../../../people/organisations/units/change-tree.js';
import { unitSpans } from '../../../people/organisations/units/stored-units.js';
import { unitView } from '../../../people/organisations/units/unit-tree.js';
import type { RuleWords } from './rule-sentence.js';

/** What an organisation calls its units today, and what courses are called, in the language of the request. */
export async function ruleWordsOf(organisationId: string, today: string): Promise<RuleWords> {
  const spans = await unitSpans(organisationId);
  const titles = new Map((await currentCourses()).map(({ slug, snapshot }) => [slug, snapshot.title]));
  return {
    t: spoken,
    locale: spokenLocale(),
    unitName: id => unitView(spansOf(spans, id), today)?.name ?? spoken('requirements.goneUnit'),
    courseTitle: slug => titles.get(slug) ?? slug,
  };
}
