import { dayOf, daysAfter } from '../../../../../server/platform/lib/days.js';
import { linksIn, type Page } from '../../../../../server/workshop/smoke/client.js';
import { noonZone } from '../../../../support/dates.js';
import { memberOf } from '../../../../support/organisations.js';
import { signedIn, type Person } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { row, rows, write } from '../../../../support/rows.js';

const ZONE = noonZone();
export const TODAY = dayOf(Date.now(), ZONE);
export const inDays = (count: number): string => daysAfter(TODAY, count);

interface Stored {
  role: string;
  unitId: string | null;
  fromDay: string;
  untilDay: string | null;
  isOpen: number | boolean;
}

/** An organisation of its own, and Otto, who administers it. */
export class RoleOffice {
  organisation = '';
  /** The address of its roles. */
  home = '';
  otto!: Person;
  private ottosRole = '';

  async open(): Promise<void> {
    this.organisation = await otherOrganisation();
    await write('update organisations set time_zone = $1 where id = $2', [ZONE, this.organisation]);
    this.home = `/organisations/${this.organisation}/roles`;
    this.otto = await this.colleague('Otto Lind');
    await appoint(this.otto, 'administrator', this.organisation);
    const found = await row<{ id: string }>('select id from role_grants where user_id = $1', [this.otto.id]);
    this.ottosRole = found?.id ?? '';
  }

  async colleague(name = 'Mina Sato'): Promise<Person> {
    const somebody = await signedIn({ name });
    await memberOf(somebody, this.organisation);
    return somebody;
  }

  /** The page that answers when a role is given: a manager's of the whole, by Otto, unless told otherwise. */
  async give(to: Person, fields: Record<string, string> = {}, by = this.otto): Promise<Page> {
    await by.browser.get(`${this.home}/appointment`);
    const typed = { email: to.email, role: 'manager', unit: '', ...fields };
    return by.browser.submit(`${this.home}/appointment`, typed);
  }

  /** The address at which the one role that Otto does not hold himself is ended, or handed over. */
  async roleIn(page: 'end' | 'handover'): Promise<string> {
    const { text } = await this.otto.browser.get(this.home);
    const own = `${this.home}/${this.ottosRole}/${page}`;
    const link = linksIn(text, new RegExp(`^${this.home}/[^/]+/${page}$`)).find(each => each !== own);
    if (!link) throw new Error('There is no such role');
    return link;
  }

  rolesOf({ id }: Person): Promise<Stored[]> {
    return rows<Stored>(
      `select role, unit_id as "unitId", from_day as "fromDay", until_day as "untilDay", ended_at is null as "isOpen"
       from role_grants where user_id = $1 and organisation_id = $2 order by from_day`,
      [id, this.organisation],
    );
  }

  async events(): Promise<{ name: string }[]> {
    const found = await rows<{ name: string; payload: string }>(
      `select name, payload from events where organisation_id = $1 and name like 'grant.%' order by seq`,
      [this.organisation],
    );
    return found.map(({ name, payload }) => ({
      name,
      ...(JSON.parse(payload) as object),
    }));
  }
}
