import { describe, expect, test } from '@jest/globals';
import type { Place } from '../../../src/bridge/protocol.ts';
import { historyOf, open, picture } from '../simulator/support.ts';
import { codeOf, type Opening, runIn } from './commit-run.ts';

const speckled = (x: number, y: number) => [x * 9, y * 5, (x * y) & 255, 255] as const;
const SIZE = { width: 40, height: 30 };
const PLACES: readonly Place[] = ['document', 'smart-object', 'new-document'];

function start() {
  const opened = open(
    [
      { name: 'Background', transparencyProtected: true, imageData: picture(40, 30, speckled) },
      { name: 'Sky', left: 7, top: 5, imageData: picture(20, 10, speckled) },
    ],
    SIZE,
  );
  const { user, faults } = opened.simulator;
  return { opened, run: runIn(opened), user, faults };
}

type Started = ReturnType<typeof start>;

/** Everything that must be as it was: layers, size, history, what is open. */
function state({ opened, run }: Started): string {
  const { documents } = run.ps.app;
  return JSON.stringify([
    [...documents].map(({ id, width, height }) => [id, width, height]),
    run.layers().map(({ id, name, visible, bounds }) => [id, name, visible, bounds]),
    [...run.document().activeLayers].map(({ id }) => id),
    historyOf(opened),
    run.ps.app.activeDocument.id,
    opened.simulator.stats.undisposed,
  ]);
}

describe('a document that is not what was read', () => {
  const changes: [string, string, (started: Started) => unknown][] = [
    ['closed', 'document-closed', ({ user, opened }) => user.closeDocument(opened.id)],
    [
      'cropped',
      'document-changed',
      ({ user, opened }) => user.crop(opened.id, { left: 0, top: 0, right: 30, bottom: 30 }),
    ],
    ['resized', 'document-changed', ({ user, opened }) => user.imageSize(opened.id, 41, 31)],
    [
      'of another mode',
      'document-changed',
      ({ user, opened }) => user.changeMode(opened.id, 'grayscaleMode'),
    ],
  ];
  test.each(changes)('%s, takes no result', async (_what, code, change) => {
    const started = start();
    const job = await started.run.open({ layer: 'Sky' });
    expect(change(started)).toBe(true);
    expect(await codeOf(started.run.commit([job]))).toBe(code);
  });
});

describe('what goes wrong while it is written', () => {
  const troubles: [string, string, (started: Started) => void][] = [
    [
      'Photoshop fails',
      'host-failed',
      ({ faults }) => faults.failCall('imaging.putPixels', 1, new Error('scratch disk')),
    ],
    [
      'Escape is pressed',
      'cancelled',
      ({ faults, user }) => faults.beforeCall('imaging.putPixels', 1, () => user.pressEscape()),
    ],
    [
      'the run is discarded',
      'cancelled',
      ({ faults, run }) => faults.beforeCall('imaging.putPixels', 1, () => (run.wish.discarded = true)),
    ],
    [
      'Escape is pressed while layers are compared',
      'cancelled',
      ({ faults, user }) => faults.beforeCall('imaging.getPixels', 1, () => user.pressEscape()),
    ],
  ];
  for (const place of PLACES) {
    test.each(troubles)(
      `%s: nothing is changed, nothing stays open (${place})`,
      async (_what, code, trouble) => {
        const started = start();
        const job = await started.run.open({ layer: 'Sky', settings: { place } });
        const before = state(started);
        trouble(started);
        expect(await codeOf(started.run.commit([job]))).toBe(code);
        expect(state(started)).toBe(before);
      },
    );
  }

  test.each(PLACES)('a second result that fails takes the first with it (%s)', async (place) => {
    const started = start();
    const jobs: Opening[] = [];
    for (const layer of ['Sky', 'Background'])
      jobs.push(await started.run.open({ layer, settings: { place } }));
    const before = state(started);
    started.faults.failCall('imaging.putPixels', 2, new Error('scratch disk'));
    expect(await codeOf(started.run.commit(jobs))).toBe('host-failed');
    expect(state(started)).toBe(before);
  });

  test.each(PLACES)('a layer that is black instead is no result (%s)', async (place) => {
    const started = start();
    const job = await started.run.open({ layer: 'Sky', settings: { place } });
    const before = state(started);
    const { imaging } = started.run.ps;
    const create = imaging.createImageDataFromBuffer;
    const black = (...[samples, options]: Parameters<typeof create>) => {
      const none = (samples as Uint8Array).slice();
      for (let i = 0; i < none.length; i += 1) if (i % 4 !== 3) none[i] = 0;
      return create(none, options);
    };
    Object.assign(imaging, { createImageDataFromBuffer: black });
    expect(await codeOf(started.run.commit([job]))).toBe('host-failed');
    expect(state(started)).toBe(before);
  });

  test('another plugin in the way is told', async () => {
    const started = start();
    const job = await started.run.open({ layer: 'Sky' });
    started.faults.otherModal(Infinity);
    expect(await codeOf(started.run.commit([job]))).toBe('host-busy');
  });
});

test('the document that the user had in front is in front again', async () => {
  const { run } = start();
  const job = await run.open({ layer: 'Sky' });
  const other = await run.modal(() => run.ps.app.createDocument({ width: 9, height: 9 }));
  await run.commit([job]);
  expect(run.ps.app.activeDocument.id).toBe(other?.id);
});

test.each(PLACES)('also when nothing came of it (%s)', async (place) => {
  const { run, faults } = start();
  const job = await run.open({ layer: 'Sky', settings: { place } });
  const other = await run.modal(() => run.ps.app.createDocument({ width: 9, height: 9 }));
  faults.failCall('imaging.putPixels', 1, new Error('scratch disk'));
  expect(await codeOf(run.commit([job]))).toBe('host-failed');
  expect(run.ps.app.activeDocument.id).toBe(other?.id);
});
