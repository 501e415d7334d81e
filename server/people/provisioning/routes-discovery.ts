import type { Router } from 'express';
import { listAnswer } from './protocol/scim-answers.js';
import { resourceTypes, schemas, serviceProvider } from './protocol/discovery.js';
import { ScimFault } from './protocol/scim-fault.js';
import type { AnswerScim, OnScim } from './routes-answering.js';

/** What this server can do, and an answer in the form of SCIM for what it cannot. */
export function discoveryRoutes(router: Router, on: OnScim): void {
  router.get(
    '/ServiceProviderConfig',
    on('people.read', (_directory, _req, base) => ({ body: serviceProvider(base) })),
  );
  router.get(
    '/ResourceTypes',
    on('people.read', (_directory, _req, base) => listed(resourceTypes(base))),
  );
  router.get('/ResourceTypes/:id', on('people.read', one(resourceTypes)));
  router.get(
    '/Schemas',
    on('people.read', (_directory, _req, base) => listed(schemas(base))),
  );
  router.get('/Schemas/:id', on('people.read', one(schemas)));
  router.all(
    ['/Bulk', '/Me', '/.search', '/Users/.search', '/Groups/.search'],
    on('people.read', unsupported),
  );
  router.all('/{*path}', on('people.read', unknown));
}

const listed = (resources: readonly object[]) => ({
  body: listAnswer(resources, { total: resources.length, from: 1 }),
});

const one =
  (all: (base: string) => readonly { readonly id: string }[]): AnswerScim =>
  (_directory, req, base) => {
    const body = all(base).find(({ id }) => id === req.params.id);
    if (!body) throw unknownHere();
    return { body };
  };

const unsupported: AnswerScim = () => {
  throw new ScimFault('This part of SCIM is not supported. See /ServiceProviderConfig', 501);
};

const unknown: AnswerScim = () => {
  throw unknownHere();
};

const unknownHere = () => new ScimFault('There is nothing at this address. See /ResourceTypes', 404);
