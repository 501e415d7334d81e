import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCheckpoints } from '../../../../server/proof/certificates/ledger/checkpoints.js';
import { runCheckpoints } from '../../../../server/proof/certificates/ledger/command-checkpoints.js';
import {
  refuseOtherFolder,
  settleDataFolder,
} from '../../../../server/proof/certificates/ledger/data-folder.js';
import { CannotStart } from '../../../../server/config.js';
import { write } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';

describe('servers that share a database', () => {
  ownWorld();
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'folder-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (dataDir: string) => ({ ...world().config, dataDir });
  const own = () => world().config.dataDir;
  /** Whether a server starts there; a command agrees with it. */
  async function starts(dataDir: string): Promise<boolean> {
    const refusals = [];
    for (const refuse of [refuseOtherFolder, settleDataFolder])
      refusals.push(await refuse(at(dataDir)).catch((fault: unknown) => fault));
    const [command, server] = refusals;
    expect(server instanceof CannotStart ? server.exitCode : server).to.be.oneOf([2, undefined]);
    expect(command instanceof CannotStart).to.equal(server instanceof CannotStart);
    return server === undefined;
  }
  const accept = (dataDir: string, ...args: string[]) =>
    runCheckpoints(args, { checkpoints: openCheckpoints(dataDir), config: at(dataDir) }, () => undefined);

  it('start with its data folder or a copy of that, and with no other', async () => {
    cpSync(own(), join(folder, 'copy'), { recursive: true });
    expect([await starts(own()), await starts(join(folder, 'copy')), await starts(folder)]).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect(existsSync(join(folder, 'folder-id')), 'a refused folder stays as it was').to.equal(false);
  });

  it('take the folder that comes first where the database knows none yet', async () => {
    await write('delete from data_folders');
    expect(await starts(folder)).to.equal(true);
    expect(await starts(own())).to.equal(false);
    await write('delete from data_folders');
    expect(await starts(own())).to.equal(true);
  });

  it('start with a folder that an operator puts in the place of a lost one, and no longer with the lost one', async () => {
    expect([await accept(folder), await accept(folder, 'accept')]).to.deep.equal([1, 2]);
    expect(await starts(folder)).to.equal(false);
    expect(await accept(folder, 'accept', '--yes')).to.equal(0);
    expect([await starts(folder), await starts(own())]).to.deep.equal([true, false]);
    expect(await accept(own(), 'accept', '--yes')).to.equal(0);
    expect(await starts(own())).to.equal(true);
  });
});
