import { describe, expect, test } from '@jest/globals';
import { decodeBase64, encodeBase64 } from '../../../src/bridge/base64.ts';
import { CHUNK_BYTES } from '../../../src/bridge/protocol.ts';
import { noise } from './fake-photoshop.ts';
import { BOX, codeOf, type Disk, first, idsOf, openFirst, SETTINGS, start } from './start.ts';

const WIDE = 37 * 2;
const HIGH = 29 * 2;
const rowsOf = (rows: number): string => encodeBase64(new Uint8Array(WIDE * 4 * rows).fill(7));

const spooled = ({ files }: Disk): string[] =>
  [...files.keys()].filter((path) => path.startsWith('plugin-temp:'));

/** A job whose result has so many rows. */
async function begun(rows: number, job = 'a') {
  const all = start();
  const document = all.open({}, [{ name: 'Sky', ...noise(BOX) }]);
  await openFirst(all.host, document, { job, note: 'as the page knows it' });
  if (rows > 0) await all.host.writeRows({ job, y: 0, rows, samples: rowsOf(rows) });
  const commit = () => all.host.commit({ jobs: [{ job, layerName: 'New' }], historyName: 'Enhance' });
  return { ...all, document, commit };
}

describe('rows', () => {
  test('of the result are stored as they come', async () => {
    const { host, disk } = await begun(2);
    await host.writeRows({ job: 'a', y: 2, rows: 1, samples: rowsOf(1) });
    const [, result] = [...disk.files].find(([path]) => path.endsWith('/result')) ?? [];
    expect([result?.[WIDE * 4 * 3 - 1], result?.[WIDE * 4 * 3]]).toEqual([7, 0]);
  });

  test('out of order, of the wrong length, beyond the end, or of no job are refused', async () => {
    const { host, document, commit } = await begun(0);
    const refused = [
      host.writeRows({ job: 'a', y: 1, rows: 1, samples: rowsOf(1) }),
      host.writeRows({ job: 'a', y: 0, rows: 2, samples: rowsOf(1) }),
      host.writeRows({ job: 'a', y: 0, rows: 1, samples: 'no base64' }),
      host.writeRows({ job: 'other', y: 0, rows: 1, samples: rowsOf(1) }),
      host.readRows({ job: 'a', y: 29, rows: 1 }),
      host.readRows({ job: 'other', y: 0, rows: 1 }),
      commit(),
      openFirst(host, document),
    ];
    expect(await Promise.all(refused.map(codeOf))).toEqual(refused.map(() => 'bad-message'));
    expect(await codeOf(host.writeRows({ job: 'a', y: 0, rows: 1, samples: rowsOf(1) }))).toBe('resolved');
  });

  test('more of them at once than a message may hold are refused', async () => {
    const { open, host } = start();
    const document = open({ width: 1024, height: 300 }, [
      noise({ left: 0, top: 0, right: 1024, bottom: 300 }),
    ]);
    await openFirst(host, document);
    const most = CHUNK_BYTES / (1024 * 4);
    expect(await codeOf(host.readRows({ job: 'a', y: 0, rows: most }))).toBe('resolved');
    expect(await codeOf(host.readRows({ job: 'a', y: 0, rows: most + 1 }))).toBe('bad-message');
  });

  test('of several jobs of one run are kept apart', async () => {
    const { open, host } = start();
    const document = open({}, [noise(BOX), noise({ left: 0, top: 0, right: 5, bottom: 5 })]);
    const other = idsOf(document, document.layers[1] ?? first(document));
    await openFirst(host, document);
    const { source } = await openFirst(host, document, { job: 'b', ...other });
    expect(source).toMatchObject({ width: 5, height: 5 });
    expect(decodeBase64((await host.readRows({ job: 'a', y: 0, rows: 1 })).samples).length).toBe(37 * 4);
    expect(decodeBase64((await host.readRows({ job: 'b', y: 0, rows: 1 })).samples).length).toBe(5 * 4);
  });
});

describe('a job is discarded', () => {
  test('and leaves nothing', async () => {
    const { host, disk, runs, commit } = await begun(HIGH);
    await host.discard({ job: 'a' });
    expect(spooled(disk)).toEqual([]);
    expect(await codeOf(commit())).toBe('bad-message');
    expect(await codeOf(host.discard({ job: 'a' }))).toBe('resolved');
    expect(runs).toEqual(['begun', 'nothing written']);
  });

  test('while its layer is read, within one strip', async () => {
    const { open, host, fake, disk } = start();
    const tall = noise({ left: 0, top: 0, right: 8192, bottom: 500 }, 16);
    const document = open({ bitsPerChannel: 'bitDepth16', width: 8192, height: 500 }, [tall]);
    let discarded: Promise<unknown> | undefined;
    fake.before = () => {
      discarded ??= host.discard({ job: 'a' });
    };
    expect(await codeOf(openFirst(host, document))).toBe('cancelled');
    await discarded;
    expect(fake.calls.filter((call) => call === 'getPixels').length).toBe(1);
    expect(fake.undisposed).toBe(0);
    expect([...disk.files.keys()]).toEqual([]);
  });

  test('by Escape while its coverage is read', async () => {
    const { open, host, fake } = start();
    const document = open({ selection: { bounds: BOX } }, [noise(BOX)]);
    fake.before = (call) => {
      if (call === 'getSelection') fake.pressEscape();
    };
    expect(await codeOf(openFirst(host, document, { part: 'selection' }))).toBe('cancelled');
  });
});

describe('a recorded step', () => {
  test('has its layers read in the modal state that Photoshop plays it in', async () => {
    const { open, host, ps } = start();
    const document = open({}, [noise(BOX)]);
    const commandName = 'Enhance with Loupe';
    await ps.core.executeAsModal(
      async (context) => {
        expect(await codeOf(openFirst(host, document))).toBe('host-busy');
        const giveBack = host.lend(context);
        expect(await codeOf(openFirst(host, document))).toBe('resolved');
        giveBack();
        expect(await codeOf(openFirst(host, document, { job: 'b' }))).toBe('host-busy');
      },
      { commandName },
    );
    expect(await codeOf(openFirst(host, document, { job: 'b' }))).toBe('resolved');
  });

  test('that is cancelled tells the page so when it comes with the next rows', async () => {
    const { host, disk, commit } = await begun(1);
    await host.cancel();
    expect(await codeOf(host.writeRows({ job: 'a', y: 1, rows: 1, samples: rowsOf(1) }))).toBe('cancelled');
    expect(await codeOf(commit())).toBe('cancelled');
    expect(spooled(disk)).toEqual([]);
  });
});

describe('a run whose page went away', () => {
  test('waits with its rows for the next page, which goes on where it stopped', async () => {
    const { host } = await begun(3);
    host.leave();
    const unfinished = await host.unfinished({});
    expect(unfinished).toMatchObject({
      jobs: [
        {
          job: 'a',
          layerName: 'Sky',
          source: { width: 37, height: 29, channels: 4, depth: 8 },
          begins: { left: 0, top: 0 },
          target: { width: WIDE, height: HIGH },
          rowsDone: 3,
          note: 'as the page knows it',
        },
      ],
    });
    expect(await host.unfinished({})).toBeNull();
    expect(await codeOf(host.writeRows({ job: 'a', y: 3, rows: 1, samples: rowsOf(1) }))).toBe('resolved');
  });

  test('is told from rows that did not reach the disk', async () => {
    const { host, disk } = await begun(3);
    const { fs } = disk;
    const write = fs.write.bind(fs);
    fs.write = () => Promise.reject(new Error('EIO'));
    expect(await codeOf(host.writeRows({ job: 'a', y: 3, rows: 2, samples: rowsOf(2) }))).toBe('host-failed');
    fs.write = write;
    await host.writeRows({ job: 'a', y: 5, rows: 1, samples: rowsOf(1) });
    host.leave();
    expect((await host.unfinished({}))?.jobs[0]?.rowsDone).toBe(3);
  });

  test('is no run while its page is there', async () => {
    const { host } = await begun(1);
    expect(host.underWay()).toBe(true);
    expect(await host.unfinished({})).toBeNull();
    host.leave();
    expect(host.underWay()).toBe(false);
    await host.unfinished({});
    expect(host.underWay()).toBe(true);
  });

  test('makes way when the next page begins something else', async () => {
    const { host, disk, document } = await begun(1);
    host.leave();
    await openFirst(host, document, { job: 'b' });
    expect(spooled(disk).filter((path) => path.includes('/a/'))).toEqual([]);
    expect(await host.unfinished({})).toBeNull();
  });

  test('leaves nothing if its layer was still being read', async () => {
    const { open, host, disk, fake } = start();
    const document = open({}, [noise(BOX)]);
    fake.before = (call) => {
      if (call === 'getPixels') host.leave();
    };
    expect(await codeOf(openFirst(host, document))).toBe('cancelled');
    expect(await host.unfinished({})).toBeNull();
    expect([...disk.files.keys()]).toEqual([]);
  });
});

describe('a commit', () => {
  test('that cannot be keeps its job, and can be tried again', async () => {
    const { fake, commit, host, document } = await begun(HIGH);
    fake.busy = true;
    expect(await codeOf(commit())).toBe('host-busy');
    expect(await codeOf(commit())).toBe('host-busy');
    fake.busy = false;
    fake.close(document);
    expect(await codeOf(commit())).toBe('document-closed');
    expect(host.underWay()).toBe(true);
  });

  test('of a result that is not whole is refused', async () => {
    const { commit } = await begun(HIGH - 1);
    expect(await codeOf(commit())).toBe('bad-message');
  });
});

describe('what a crash or a reload left behind', () => {
  test('goes at the next start, and is not offered', async () => {
    const before = await begun(5);
    before.disk.reload();
    const again = start(before.disk);
    expect(await again.host.unfinished({})).toBeNull();
    const document = again.open({}, [noise(BOX)]);
    await openFirst(again.host, document, { job: 'b' });
    expect(spooled(before.disk).filter((path) => path.includes('/a/'))).toEqual([]);
  });
});

test('the last run’s settings are those of its first job', async () => {
  const { open, host } = start();
  const document = open({}, [noise(BOX)]);
  await openFirst(host, document, { settings: { ...SETTINGS, detail: 11 } });
  await openFirst(host, document, { job: 'b', settings: { ...SETTINGS, detail: 22 } });
  expect((await host.activeLayers({})).last?.detail).toBe(11);
});

describe('a job without a note, with which a layer is only looked at', () => {
  const looked = async () => {
    const all = start();
    const document = all.open({}, [noise(BOX)]);
    await openFirst(all.host, document, { job: 'map', note: '' });
    return { ...all, document };
  };

  test('is no run: its settings are not the last run’s, and nobody is told', async () => {
    const { host, runs, document } = await looked();
    expect((await host.activeLayers({})).last).toBeNull();
    await host.discard({ job: 'map' });
    expect(runs).toEqual([]);
    await openFirst(host, document);
    expect(runs).toEqual(['begun']);
  });

  test('gives its rows, and takes no disk for a result', async () => {
    const { host, disk } = await looked();
    expect((await host.readRows({ job: 'map', y: 0, rows: 1 })).samples).not.toBe('');
    const filled = new Map(
      [...disk.files].map(([path, bytes]) => [path.split('/').at(-1), bytes.length > 0]),
    );
    expect(filled.get('input')).toBe(true);
    expect(filled.get('result')).toBe(false);
  });

  test('goes with its page, and is not offered to the next', async () => {
    const { host, disk } = await looked();
    host.leave();
    expect(await host.unfinished({})).toBeNull();
    while (spooled(disk).length > 0) await new Promise((done) => setTimeout(done, 1));
  });
});
