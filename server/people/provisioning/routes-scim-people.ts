import type { Request, Router } from 'express';
import { entityTag, listAnswer, namesTag } from './protocol/scim-answers.js';
import { askedList } from './protocol/asked-list.js';
import { operationsIn, patchedPerson } from './protocol/patch.js';
import { personResource } from './protocol/person-resource.js';
import { projected, wishIn } from './protocol/projection.js';
import { ScimFault } from './protocol/scim-fault.js';
import { readPerson } from './protocol/told-person.js';
import { keepNewPerson, keepPerson, provisioned, removePerson } from './people/keep-person.js';
import { listProvisioned, type StoredPerson } from './people/stored-people.js';
import type { AnswerScim, OnScim } from './routes-answering.js';

/** People, as Users of SCIM. */
export function peopleRoutes(router: Router, on: OnScim): void {
  router.get('/Users', on('people.read', listPeople));
  router.post('/Users', on('people.write', addPerson));
  router.get('/Users/:id', on('people.read', showPerson));
  router.put('/Users/:id', on('people.write', replacePerson));
  router.patch('/Users/:id', on('people.write', patchPerson));
  router.delete('/Users/:id', on('people.write', endPerson));
}

const listPeople: AnswerScim = async ({ organisation }, req, base) => {
  const asked = askedList(req.query);
  const { total, people } = await listProvisioned(organisation.id, asked);
  const resources = people.map(person => projected(resourceOf(person, base), wishIn(req.query)));
  return { body: listAnswer(resources, { total, from: asked.offset + 1 }) };
};

const addPerson: AnswerScim = async (directory, req, base) => {
  const { id, note } = await keepNewPerson(readPerson(req.body), directory);
  const body = resourceOf(await provisioned(id, directory), base);
  return { status: 201, ...shown(body, req), note };
};

const showPerson: AnswerScim = async (directory, req, base) => {
  const body = resourceOf(await provisioned(req.params.id, directory), base);
  const isKnown = namesTag(req.headers['if-none-match'], body.meta.version);
  return isKnown ? { status: 304, headers: { ETag: body.meta.version } } : shown(body, req);
};

const replacePerson: AnswerScim = async (directory, req, base) => {
  const stored = unchangedSince(req, await provisioned(req.params.id, directory), base);
  const told = readPerson(req.body);
  const { id, note } = await keepPerson(stored, { told, before: stored.toldLast }, directory);
  return { ...shown(resourceOf(await provisioned(id, directory), base), req), note };
};

const patchPerson: AnswerScim = async (directory, req, base) => {
  const stored = unchangedSince(req, await provisioned(req.params.id, directory), base);
  const told = patchedPerson(stored.told, operationsIn(req.body));
  const { id, note } = await keepPerson(stored, { told, before: stored.told }, directory);
  return { ...shown(resourceOf(await provisioned(id, directory), base), req), note };
};

const endPerson: AnswerScim = async (directory, req, base) => {
  await removePerson(unchangedSince(req, await provisioned(req.params.id, directory), base), directory);
  return { status: 204 };
};

function resourceOf(person: StoredPerson, base: string) {
  const location = `${base}/Users/${person.id}`;
  const resource = personResource(person.told, { ...person, location });
  return { ...resource, meta: { ...resource.meta, version: entityTag(resource) } };
}

const shown = (body: ReturnType<typeof resourceOf>, req: Request) => ({
  body: projected(body, wishIn(req.query)),
  headers: { ETag: body.meta.version, Location: body.meta.location },
});

/** Whoever says which version they have seen changes that one alone (RFC 7644, section 3.14). */
function unchangedSince(req: Request, person: StoredPerson, base: string): StoredPerson {
  const seen = req.headers['if-match'];
  if (seen === undefined || namesTag(seen, resourceOf(person, base).meta.version)) return person;
  throw new ScimFault('This has changed since you read it. Read it again', 412);
}
