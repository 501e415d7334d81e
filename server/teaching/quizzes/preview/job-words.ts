import type { Translate } from '../../../platform/i18n/i18n.js';
import type { Item } from '../../questions/item.js';

/** The jobs that an item is written for, as people call them. */
export const jobsOf = ({ roles }: Pick<Item, 'roles'>, t: Translate): string =>
  roles?.map(job => t(`job.name.${job}`)).join(', ') ?? t('preview.everyJob');
