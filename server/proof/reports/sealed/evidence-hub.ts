import { can, type Action, type Actor } from '../../../policy.js';

/** What stands below an organisation's evidence: its name in the texts (`evidence.part.<name>`), its address, and whom it is for. */
const PARTS = [
  ['packs', '/packs', 'organisation.administer'],
  ['rooms', '/rooms', 'organisation.administer'],
  ['papers', '/papers', 'organisation.manage'],
  ['audit-pack', '/audit-pack', 'organisation.manage'],
  ['rules', '/rules', 'organisation.manage'],
  ['acknowledgements', '/acknowledgements', 'organisation.manage'],
  ['notifications', '/notifications', 'organisation.administer'],
  ['elsewhere', '/elsewhere', 'organisation.manage'],
] as const satisfies readonly (readonly [string, string, Action])[];

/** The parts that somebody may open. */
export const evidenceParts = (organisationId: string, actor: Actor) =>
  PARTS.filter(([, , action]) => can(actor, action, { organisationId })).map(([part, path]) => ({
    part,
    href: `/organisations/${organisationId}/evidence${path}`,
  }));
