import { Writable } from 'node:stream';
import { expect } from 'chai';
import type { Request, Response } from 'express';
import { exportCsv } from '../../../../server/platform/http/files/exported-csv.js';
import { columnsOf } from '../../../../server/platform/lib/text/csv.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { row } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';

const exported = async (organisationId: string) => {
  const found = await row<{ payload: string }>(
    "select payload from events where name = 'organisation.exported' and organisation_id = $1",
    [organisationId],
  );
  return JSON.parse(found?.payload ?? 'null') as { rows: number; sha256: string | null } | null;
};

/** Reads the first so many writes, then is gone. */
class Reader extends Writable {
  private left: number;
  constructor(writes: number) {
    super({ highWaterMark: 1 });
    this.left = writes;
  }
  set(): this {
    return this;
  }
  override _write(_chunk: unknown, _encoding: string, taken: () => void): void {
    this.left -= 1;
    if (this.left < 0) this.destroy();
    else taken();
  }
}

describe('a table that leaves as CSV', () => {
  ownWorld();

  const to = async (reader: Reader, parts: AsyncIterable<string[][]> | string[][][]) => {
    const organisationId = newId();
    const table = { kind: 'standings', name: 'a.csv', columns: columnsOf('string', 'a'), parts } as const;
    const by = { actorId: newId(), organisationId, clock: Date.now };
    const asking = { req: { path: '/a.csv', baseUrl: '' } as Request, res: reader as unknown as Response };
    const sending = exportCsv(asking, table, by);
    await sending.catch(() => null);
    return exported(organisationId);
  };

  it('is recorded with its hash once all of it is sent', async () => {
    const found = await to(new Reader(9), [[['1'], ['2']], [['3']]]);
    expect(found?.rows).to.equal(3);
    expect(found?.sha256).to.match(/^[0-9a-f]{64}$/);
  });

  it('is recorded without a hash where the reader goes away, or where it cannot be read to its end', async () => {
    expect(await to(new Reader(2), [[['1']], [['2']], [['3']], [['4']]])).to.include({
      rows: 2,
      sha256: null,
    });
    async function* breaking() {
      await Promise.resolve();
      yield [['1']];
      throw new Error('no more');
    }
    expect(await to(new Reader(9), breaking())).to.include({ rows: 1, sha256: null });
  });
});
