import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { rows } from './rows.js';
import { inTransaction } from '../../server/platform/db/transaction.js';
import { indexPeople } from '../../server/people/accounts/search-words.js';
import { joinOpenOrganisation } from '../../server/people/organisations/people/join-open.js';
import type { Client } from '../../server/workshop/smoke/client.js';
import { browserOf } from './session.js';
import { world } from './world.js';

/** Somebody who can sign in, and their browser. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly browser: Client;
}

export const PASSWORD = 'quiet harbour 7 lanterns';
/** A hash says for itself what it costs to check; people of tests need no protection. */
const LIGHT = { memoryCost: 8, timeCost: 1 };
let hashed: Promise<string> | undefined;

interface Wishes {
  readonly name?: string;
  readonly isAdministrator?: boolean;
  /** People who sign up alone belong to the open organisation. Those who came by an employer's door belong to that employer alone. */
  readonly cameAlone?: boolean;
}

/** A new person with a confirmed address, not signed in. */
export async function person({
  name = 'Ada Marlow',
  isAdministrator = false,
  cameAlone = true,
}: Wishes = {}): Promise<Person> {
  const id = randomUUID();
  const email = `${id}@example.org`;
  const passwordHash = await (hashed ??= hash(PASSWORD, LIGHT));
  await inTransaction(() =>
    rows(
      `insert into users (id, email, name, password_hash, email_confirmed_at, is_administrator, created_at)
       values ($1, $2, $3, $4, $5, $6, $5)`,
      [id, email, name, passwordHash, Date.now(), isAdministrator],
    ),
  );
  await indexPeople();
  if (cameAlone) await joinOpenOrganisation(id, Date.now());
  return { id, name, email, password: PASSWORD, browser: world().visitor() };
}

/** A new person, signed in. */
export async function signedIn(wishes: Wishes = {}): Promise<Person> {
  const somebody = await person(wishes);
  return { ...somebody, browser: await browserOf(somebody.id) };
}

/** Ada, a learner. */
export const ada = () => signedIn({ name: 'Ada Marlow' });
/** Cleo, who has nothing to do with Ada. */
export const cleo = () => signedIn({ name: 'Cleo Brandt' });
/** Dina, an administrator. */
export const dina = () => signedIn({ name: 'Dina Aziz', isAdministrator: true });
