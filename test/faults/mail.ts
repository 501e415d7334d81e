import { connect, disconnect } from '../../server/platform/db/connect.js';
import { rows } from '../support/rows.js';
import type { Mailbox } from '../support/programs/mailbox.js';
import { mailFaults, type Fault } from './checks/checks.js';
import type { Office } from './office.js';
import type { Told } from './learners/told.js';
import { comes } from './until.js';

/** The mail server of a series. */
export interface PostOffice {
  readonly mailbox: Mailbox;
  /** Whether it was silent before. Only the first silence is sat out: it takes a quarter of a minute. */
  wasSilent: boolean;
}

interface Scene {
  readonly url: string;
  readonly office: Office;
  readonly post: PostOffice;
  readonly told: readonly Told[];
  /** Another learner takes the quiz, and is among those told from then on. */
  readonly another: () => Promise<Told>;
}

/**
 * The mail server has been turning everybody away since the middle of a round; now it is silent, then it ends and is back.
 * Learners pass and get their certificates all the while; once the administrator has mail tried again, each of them has
 * one mail.
 */
export async function bringMailBack(scene: Scene): Promise<Fault[]> {
  return [...(await whileAway(scene)), ...(await whileSilent(scene)), ...(await onceBack(scene))];
}

async function whileAway({ url, office, told, another }: Scene): Promise<Fault[]> {
  // The mail of all others may have gone out just before.
  await another();
  const isKnown = async () =>
    (await office.warnings()).includes('mail-away') && (await office.mailJobs()).listed > 0;
  return [
    ...(await awaitCertificates(url, ofRound(told))),
    ...(await unlessComes(isKnown, 'The administrator is not told that no mail goes out')),
  ];
}

async function whileSilent({ url, office, post, told, another }: Scene): Promise<Fault[]> {
  const { mailbox } = post;
  mailbox.hold(new Promise(() => undefined));
  mailbox.setAway(false);
  const before = mailbox.connections();
  const isTried = async () => (await office.tryMail()) > 0 && mailbox.connections() > before;
  const untried = await unlessComes(isTried, 'No mail is tried although the administrator asks for it');
  await another();
  const unissued = await awaitCertificates(url, ofRound(told));
  return [...untried, ...unissued, ...(await sitOut(post, office))];
}

/** The first time, until the server has given up on a mail server that is silent. */
async function sitOut(post: PostOffice, office: Office): Promise<Fault[]> {
  if (post.wasSilent) return [];
  post.wasSilent = true;
  const isGivenUp = async () => {
    const { listed, idle } = await office.mailJobs();
    return listed > 0 && idle.length === listed;
  };
  return unlessComes(isGivenUp, 'A silent mail server is waited for without end');
}

async function onceBack({ office, post: { mailbox }, told }: Scene): Promise<Fault[]> {
  // Cuts off whoever is being kept waiting.
  mailbox.setAway(true);
  mailbox.hold(Promise.resolve());
  mailbox.setAway(false);
  const isSent = async () => (await office.tryMail()) === 0;
  const unsent = await unlessComes(isSent, 'Mail does not go out although the administrator asks for it');
  return [...unsent, ...ofRound(told).flatMap(each => mailFaults(each, idsOf(mailbox, each)))];
}

/** Those of the last round, latecomers among them. */
const ofRound = (told: readonly Told[]): Told[] => told.filter(({ round }) => round === told.at(-1)?.round);

async function unlessComes(isSo: () => Promise<boolean>, what: string): Promise<Fault[]> {
  return (await comes(isSo)) ? [] : [{ kind: 'mail', round: null, what }];
}

/** The Message-IDs of a learner's mail, as often as it came. */
export const idsOf = (mailbox: Mailbox, { learner }: Told): string[] =>
  mailbox.to(learner.email).map(({ messageId }) => messageId ?? '');

/** Until every learner who has handed in has a signed certificate. */
async function awaitCertificates(url: string, told: readonly Told[]): Promise<Fault[]> {
  const cycles = told
    .filter(({ submissions }) => submissions.length > 0)
    .map(({ learner }) => learner.cycleId);
  await connect(url);
  try {
    const isIssued = async () => {
      const signed = await rows<{ id: string }>(
        'select cycle_id as id from certificates where credential is not null',
      );
      const ids = new Set(signed.map(({ id }) => id));
      return cycles.every(cycle => ids.has(cycle));
    };
    if (await comes(isIssued)) return [];
    return [{ kind: 'not one certificate', round: null, what: 'not issued while there was no mail server' }];
  } finally {
    await disconnect();
  }
}
