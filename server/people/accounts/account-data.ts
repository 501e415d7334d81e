import { personal, type PersonalTable } from '../../platform/db/personal-data.js';
import { AuthenticatorApp, FactorReset, Passkey, RecoveryCode } from './factors/tables.js';
import { AccountBlock, AddressChange, PersonWord, SignInRecord, Token, User } from './tables.js';

/** In place of the name of somebody who was erased. */
export const ERASED_NAME = 'Details erased';

/** What this slice holds of a person. */
export const accountData: readonly PersonalTable[] = [
  personal(
    Token,
    { account: 'userId' },
    {
      exported: { as: 'mailed-links', without: ['tokenHash', 'userId'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    AddressChange,
    { account: 'userId' },
    {
      exported: { as: 'changes-of-address', without: ['userId'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    SignInRecord,
    { account: 'userId' },
    {
      exported: { as: 'sign-ins', without: ['id', 'userId', 'network'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    PersonWord,
    { account: 'userId' },
    {
      exported: {
        not: 'Words of name and address, by which administrators find the account: made from what is exported.',
      },
      erased: { do: 'remove' },
    },
  ),
  personal(
    AccountBlock,
    { account: 'userId' },
    {
      exported: { as: 'blocks', without: ['userId', 'reason', 'blockedBy', 'liftedBy'] },
      erased: { do: 'blank', columns: { reason: '' }, stays: 'decisions' },
    },
  ),
  personal(
    AuthenticatorApp,
    { account: 'userId' },
    {
      exported: { as: 'authenticator-app', without: ['userId', 'sealedSecret', 'lastStep'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    Passkey,
    { account: 'userId' },
    {
      exported: { as: 'passkeys', without: ['userId', 'credentialId', 'publicKey', 'counter'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    RecoveryCode,
    { account: 'userId' },
    {
      exported: { as: 'recovery-codes', without: ['userId', 'codeHash'] },
      erased: { do: 'remove' },
    },
  ),
  personal(
    FactorReset,
    { account: 'userId' },
    {
      exported: { as: 'resets-of-second-steps', without: ['userId', 'reason', 'askedBy', 'decidedBy'] },
      erased: { do: 'blank', columns: { reason: '' }, stays: 'decisions' },
    },
  ),
  personal(
    User,
    { account: 'id' },
    {
      exported: { as: 'account', without: ['passwordHash', 'wordsDue'] },
      erased: { do: 'verb', stays: 'account-number' },
    },
  ),
];
