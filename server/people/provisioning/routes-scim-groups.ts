import type { Request, Router } from 'express';
import { groupToChange, keepGroup, keepNewGroup, removeGroup } from './groups/keep-group.js';
import { listGroups, membersOfGroups, type StoredGroup } from './groups/stored-groups.js';
import { listAnswer, namesTag } from './protocol/scim-answers.js';
import { askedList } from './protocol/asked-list.js';
import { CORE_GROUP } from './protocol/attributes.js';
import { operationsIn } from './protocol/patch.js';
import { metaOf } from './protocol/person-resource.js';
import { isWanted, projected, wishIn } from './protocol/projection.js';
import { ScimFault } from './protocol/scim-fault.js';
import { groupChange, readGroup } from './protocol/told-group.js';
import type { AnswerScim, OnScim, ScimAnswer } from './routes-answering.js';
import type { Directory } from './settings/directories.js';

/** Groups of a directory, as Groups of SCIM. */
export function groupRoutes(router: Router, on: OnScim): void {
  router.get('/Groups', on('people.read', listAll));
  router.post('/Groups', on('people.write', addGroup));
  router.get('/Groups/:id', on('people.read', showGroup));
  router.put('/Groups/:id', on('people.write', replaceGroup));
  router.patch('/Groups/:id', on('people.write', patchGroup));
  router.delete('/Groups/:id', on('people.write', endGroup));
}

const listAll: AnswerScim = async ({ organisation }, req, base) => {
  const asked = askedList(req.query);
  const { total, groups } = await listGroups(organisation.id, asked);
  return { body: listAnswer(await resourcesOf(groups, req, base), { total, from: asked.offset + 1 }) };
};

const addGroup: AnswerScim = async (directory, req, base) => {
  const answer = await shown(await keepNewGroup(readGroup(req.body), directory), directory, req, base);
  return { ...answer, status: 201 };
};

const showGroup: AnswerScim = async (directory, req, base) => {
  const group = await groupToChange(req.params.id, directory);
  const isKnown = namesTag(req.headers['if-none-match'], tagOf(group));
  return isKnown ? { status: 304, headers: { ETag: tagOf(group) } } : shown(group.id, directory, req, base);
};

const replaceGroup: AnswerScim = async (directory, req, base) => {
  const group = unchangedSince(req, await groupToChange(req.params.id, directory));
  await keepGroup(group, readGroup(req.body), directory);
  return shown(group.id, directory, req, base);
};

/** Without a body: a group may be large, and whoever added one person to it knows so. */
const patchGroup: AnswerScim = async (directory, req) => {
  const group = unchangedSince(req, await groupToChange(req.params.id, directory));
  const operations = operationsIn(req.body);
  if (operations.length > 0) await keepGroup(group, groupChange(operations), directory);
  return { status: 204 };
};

const endGroup: AnswerScim = async (directory, req) => {
  await removeGroup(unchangedSince(req, await groupToChange(req.params.id, directory)), directory);
  return { status: 204 };
};

/** Members are read only for those who want to have them. */
async function resourcesOf(groups: readonly StoredGroup[], req: Request, base: string) {
  const wish = wishIn(req.query);
  const members = isWanted(wish, 'members') ? await membersOfGroups(groups.map(({ id }) => id)) : null;
  return groups.map(group => {
    const meta = {
      ...metaOf('Group', { ...group, location: `${base}/Groups/${group.id}` }),
      version: tagOf(group),
    };
    const { id, displayName, externalId } = group;
    const listed = members?.get(id)?.map(value => ({ value, $ref: `${base}/Users/${value}`, type: 'User' }));
    const resource = {
      ...{ schemas: [CORE_GROUP], id, displayName },
      ...(externalId !== null && { externalId }),
      ...(listed && { members: listed }),
      meta,
    };
    return projected(resource, wish);
  });
}

async function shown(id: string, directory: Directory, req: Request, base: string): Promise<ScimAnswer> {
  const group = await groupToChange(id, directory);
  const [body] = await resourcesOf([group], req, base);
  const headers = { ETag: tagOf(group), Location: `${base}/Groups/${id}` };
  return body ? { body, headers } : { headers };
}

/** A group changes only by its directory, which moves this moment on. */
const tagOf = ({ changedAt }: StoredGroup): string => `W/"${changedAt}"`;

function unchangedSince(req: Request, group: StoredGroup): StoredGroup {
  const seen = req.headers['if-match'];
  if (seen === undefined || namesTag(seen, tagOf(group))) return group;
  throw new ScimFault('This has changed since you read it. Read it again', 412);
}
