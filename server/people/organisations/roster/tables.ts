import { defineTable, filled, id, integer, key, moment, nullable, text } from '../../../platform/db/table.js';

/**
 * A list of people that was uploaded. `source`, `header`, `chosen`, `preview` and `counts` are JSON: `RosterSource`, texts,
 * `Chosen`, `Summary`, and how many rows of each verdict were imported. `inputsHash`: of all that the preview depended on.
 */
export const Roster = defineTable('rosters', {
  id: key(id()),
  organisationId: id(),
  fileName: text(200),
  fileHash: text(64),
  source: text(),
  header: text(),
  rowCount: integer(),
  partCount: integer(),
  uploadedBy: id(),
  uploadedAt: moment(),
  state: filled(text<'uploaded' | 'previewed' | 'confirmed' | 'done'>(10)),
  chosen: nullable(text()),
  preview: nullable(text()),
  inputsHash: nullable(text(64)),
  previewedAt: nullable(moment()),
  confirmedBy: nullable(id()),
  confirmedAt: nullable(moment()),
  partsDone: filled(integer()),
  counts: nullable(text()),
  finishedAt: nullable(moment()),
  removedAt: nullable(moment()),
});

/** Rows of a roster (JSON: `TableRow[]`), and their verdicts (JSON: `StoredVerdict[]`). Removed with the file. */
export const RosterPart = defineTable('roster_parts', {
  rosterId: key(id()),
  number: key(integer()),
  tableRows: text(),
  verdicts: nullable(text()),
});
