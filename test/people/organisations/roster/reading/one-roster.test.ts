import { expect } from 'chai';
import { wholeRoster } from './whole-roster.js';
import { bombOf, zipOf } from '../zips.js';

const ORGS = [
  'sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId',
  'o1,active,,Academy,district,,',
  'o2,active,,North,school,,o1',
  'o3,tobedeleted,,Old,school,,o1',
].join('\n');
const USERS_11 = [
  'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
  'u1,active,,true,"o2,o1",teacher,ada,,Ada,Marlow,,0042,ada@example.org,,,,,secret',
  'u2,tobedeleted,,true,o9,student,ben,,Ben,Olsen,,,,,,,,',
].join('\n');
const USERS_12 = [
  'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns',
  'u1,active,,true,ada,,Adelaide,Marlow,,0042,ada@example.org,,,,,secret,,Ada,,,o1,',
  'u2,active,,false,ben,,Ben,Olsen,,7,,,,,,,,,,,o1,',
].join('\n');
const ROLES = [
  'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId',
  'r1,active,,u1,secondary,aide,2020-01-01,,o1,',
  'r2,active,,u1,primary,teacher,2024-08-01,,o2,',
].join('\n');

const rowsOf = async (bytes: Buffer) => {
  const found = await wholeRoster(bytes);
  return found.ok ? found.table.rows.map(({ cells }) => cells) : found.refusal;
};

describe('reading a OneRoster package', () => {
  it('takes people, units and roles of version 1.1, and no passwords', async () => {
    const found = await wholeRoster(zipOf({ 'users.csv': USERS_11, 'orgs.csv': ORGS, 'classes.csv': 'x' }));
    expect(found.ok && found.table.source).to.deep.equal({ kind: 'one-roster', version: '1.1' });
    expect(found.ok && found.table.rows.map(({ cells }) => cells)).to.deep.equal([
      ['0042', 'Ada', 'Marlow', 'ada@example.org', 'Academy / North', 'teacher', '', 'active'],
      ['u2', 'Ben', 'Olsen', '', 'o9', 'student', '', 'left'],
    ]);
    expect(JSON.stringify(found)).not.to.include('secret');
  });

  it('takes the primary role of version 1.2, and the preferred name', async () => {
    const zip = zipOf({ 'users.csv': USERS_12, 'orgs.csv': ORGS, 'roles.csv': ROLES });
    expect(await rowsOf(zip)).to.deep.equal([
      ['0042', 'Ada', 'Marlow', 'ada@example.org', 'Academy / North', 'teacher', '2024-08-01', 'active'],
      ['7', 'Ben', 'Olsen', '', 'Academy', '', '', 'left'],
    ]);
  });

  it('takes the school of an enrolment where nothing else says where somebody is', async () => {
    const users = USERS_11.replace('"o2,o1"', '');
    const enrollments =
      'sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,status\ne1,c1,o2,u1,teacher,active';
    const rows = await rowsOf(
      zipOf({ 'users.csv': users, 'orgs.csv': ORGS, 'enrollments.csv': enrollments }),
    );
    expect(rows[0]?.[4]).to.equal('Academy / North');
  });

  it('cuts organisations that stand below themselves', async () => {
    const circle = 'sourcedId,status,name,parentSourcedId\no1,active,One,o2\no2,active,Two,o1';
    const rows = await rowsOf(zipOf({ 'users.csv': USERS_11, 'orgs.csv': circle }));
    expect(rows[0]?.[4]).to.equal('One / Two');
  });

  it('refuses packages that are none, or that are made to harm', async () => {
    const users = { 'users.csv': USERS_11 };
    expect(await rowsOf(zipOf({ 'other.csv': 'x' }))).to.equal('zip-no-users');
    expect(await rowsOf(zipOf({ 'content.xml': '<x/>' }))).to.equal('document');
    expect(await rowsOf(zipOf({ ...users, 'more/users.csv': USERS_11 }))).to.equal('zip-names');
    expect(await rowsOf(zipOf({ ...users, '../orgs.csv': ORGS }))).to.equal('zip-names');
    expect(await rowsOf(zipOf(users).subarray(0, 60))).to.equal('zip');
    expect(await rowsOf(zipOf({ 'users.csv': Buffer.from([0x61, 0x2c, 0xff, 0x0a, 0x62]) }))).to.equal(
      'zip-letters',
    );
  });

  it('stops a ZIP bomb while it is unpacked', async () => {
    const bomb = await bombOf('orgs.csv', { 'users.csv': USERS_11 });
    expect(bomb.length).to.be.below(1_000_000);
    expect(await rowsOf(bomb)).to.equal('zip-too-large');
  });

  it('never unpacks a file that it does not know', async () => {
    const zip = await bombOf('demographics.csv', { 'users.csv': USERS_11, 'orgs.csv': ORGS });
    expect(await rowsOf(zip)).to.have.length(2);
  });
});
