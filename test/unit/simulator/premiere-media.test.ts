import { describe, expect, test } from '@jest/globals';
import { createPremiere, type PremiereOptions } from '../../../simulator/premiere/index.ts';
import {
  CLIP,
  clipsOn,
  frames,
  handles,
  mp4,
  open,
  pngHeader,
  project,
  rule,
  STALE,
  TICKS,
  transact,
} from './premiere-support.ts';

const MOVIES = '/Users/user/Movies';

/** Waits until `check` holds, as a plugin must for what an import brings. */
async function until(check: () => boolean | undefined): Promise<void> {
  for (let turns = 0; !check(); turns++) {
    if (turns > 1000) throw new Error('It did not come about');
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function started(options: PremiereOptions = {}) {
  const premiere = createPremiere(options);
  const { premierepro: ppro } = premiere.modules;
  const active = () => ppro.Project.getActiveProject();
  const items = () => premiere.simulator.view().project?.items ?? [];
  const imports = async (path: string, stills = false) =>
    (await active()).importFiles([path], true, undefined, stills);
  /** The root's first item. */
  const first = async () => {
    const [raw] = await (await (await active()).getRootItem()).getItems();
    if (!raw) throw new Error('There is no item');
    return ppro.ClipProjectItem.cast(raw);
  };
  return { ...premiere, active, items, imports, first };
}

describe('Importing', () => {
  rule('premiere-import-late', 'The answer comes before the items', async () => {
    const { simulator, imports, items } = started({ importDelay: 5 });
    await simulator.disk.write(CLIP, await mp4());
    expect(await imports(CLIP)).toBe(true);
    expect(items()).toEqual([]);
    await until(() => items().length === 1);
    expect(items()[0]).toMatchObject({ name: 'clip.mp4', path: CLIP, kind: 'clip', width: 96, height: 64 });
    expect(simulator.user.undo()).toBe(true);
    expect(items()).toEqual([]);
  });

  rule('premiere-stale-import', 'Handles go stale with the answer, and again with the items', async () => {
    const opened = await open({ importDelay: 5 });
    const before = await handles(opened);
    await before.project.importFiles([CLIP], true);
    await expect(before.item.getName()).rejects.toThrow(STALE);
    const between = await handles(opened);
    await until(() => project(opened).items.length === 3);
    await expect(between.item.getName()).rejects.toThrow(STALE);
  });

  rule('premiere-import-again', 'A file imported twice is two items', async () => {
    const { simulator, imports, items } = started();
    await simulator.disk.write(CLIP, await mp4());
    for (const count of [1, 2]) {
      expect(await imports(CLIP)).toBe(true);
      await until(() => items().length === count);
    }
    expect(new Set(items().map(({ id }) => id)).size).toBe(2);
  });

  rule('premiere-import-bin', 'What is no bin, or a stale one, throws', async () => {
    const { simulator, active, items } = started();
    await simulator.disk.write(CLIP, await mp4());
    const root = await (await active()).getRootItem();
    const held = await active();
    held.lockedAccess(() => {
      held.executeTransaction(
        (compound) => compound.addAction(root.createBinAction('Remastered', true)),
        'Bin',
      );
    });
    await expect((await active()).importFiles([CLIP], true, root)).rejects.toThrow(STALE);
    const [bin] = await (await (await active()).getRootItem()).getItems();
    expect(await (await active()).importFiles([CLIP], true, bin, false)).toBe(true);
    await until(() => items()[0]?.children?.length === 1);
    const { user } = simulator;
    const clipId = await user.importMedia(CLIP);
    const raw = (await (await (await active()).getRootItem()).getItems()).find(
      (item) => item.getId() === clipId,
    );
    await expect((await active()).importFiles([CLIP], true, raw)).rejects.toThrow('no bin');
    await expect((await active()).importFiles([CLIP], true, {} as never)).rejects.toThrow(
      'a bin is required',
    );
    await expect((await active()).importFiles(CLIP as never)).rejects.toThrow('paths are required');
  });

  rule('premiere-import-media', 'What is no media answers false and imports nothing', async () => {
    const { simulator, imports, items } = started();
    const whole = await mp4();
    await simulator.disk.write(
      `${MOVIES}/text.txt`,
      new TextEncoder().encode('Not a clip, but long enough to be read'),
    );
    await simulator.disk.write(`${MOVIES}/short.mp4`, whole.slice(0, 40));
    await simulator.disk.write(`${MOVIES}/empty.mp4`, new Uint8Array());
    for (const name of ['text.txt', 'short.mp4', 'empty.mp4', 'none.mp4']) {
      expect([name, await imports(`${MOVIES}/${name}`)]).toEqual([name, false]);
      expect(await simulator.user.importMedia(`${MOVIES}/${name}`)).toBeNull();
    }
    expect(items()).toEqual([]);
    await simulator.disk.write(CLIP, whole);
    simulator.faults.refuseImport(1);
    simulator.faults.loseImport(2);
    expect([await imports(CLIP), await imports(CLIP), await imports(CLIP)]).toEqual([false, true, true]);
    await until(() => items().length === 1);
    simulator.disk.setUnreadable(CLIP, true);
    expect(await imports(CLIP)).toBe(false);
  });

  rule('premiere-import-stills', 'Numbered stills are one item of as many frames', async () => {
    const { simulator, imports, items, active, first } = started();
    for (const number of [1, 2, 3, 5]) {
      await simulator.disk.write(`${MOVIES}/Shot/Shot_00000${number}.png`, pngHeader(192, 128));
    }
    expect(await imports(`${MOVIES}/Shot/Shot_000001.png`, true)).toBe(true);
    await until(() => items().length === 1);
    expect(items()[0]).toMatchObject({
      kind: 'clip',
      width: 192,
      height: 128,
      path: `${MOVIES}/Shot/Shot_000001.png`,
    });
    expect(items()[0]?.interpretation.rate).toBeCloseTo(29.97, 2);
    const clip = await first();
    const footage = await clip.getFootageInterpretation();
    footage.setFrameRate(25);
    const held = await active();
    held.lockedAccess(() => {
      held.executeTransaction((compound) =>
        compound.addAction(clip.createSetFootageInterpretationAction(footage)),
      );
    });
    expect(items()[0]).toMatchObject({ durationTicks: frames(3) });
    expect(await simulator.user.importMedia(`${MOVIES}/Shot/Shot_000005.png`)).not.toBeNull();
    expect(items()[1]).toMatchObject({ kind: 'still', durationTicks: String(5n * TICKS) });
  });

  rule('premiere-paths', 'Paths come back decomposed', async () => {
    const { simulator, imports, first } = started();
    const path = `${MOVIES}/Café.mp4`.normalize('NFC');
    await simulator.disk.write(path, await mp4());
    expect(await imports(path)).toBe(true);
    await until(() => simulator.view().project?.items.length === 1);
    const read = await (await first()).getMediaFilePath();
    expect(read).toBe(path.normalize('NFD'));
    expect(read).not.toBe(path);
    expect(simulator.disk.exists(read)).toBe(true);
  });

  test('A file’s rate, length, size and sound are read from it', async () => {
    const { simulator, items } = started();
    const rates = [
      [24000, 1001],
      [25, 1],
      [30000, 1001],
      [50, 1],
      [60000, 1001],
    ] as const;
    for (const [index, rate] of rates.entries()) {
      const path = `${MOVIES}/${index}.mp4`;
      await simulator.disk.write(
        path,
        await mp4({ rate, frames: 30, sound: index === 0, rotation: index === 1 ? 90 : 0 }),
      );
      expect(await simulator.user.importMedia(path)).not.toBeNull();
      const perFrame = (TICKS * BigInt(rate[1])) / BigInt(rate[0]);
      expect(items()[index]).toMatchObject({ durationTicks: String(perFrame * 30n) });
      expect(items()[index]?.interpretation.rate).toBeCloseTo(rate[0] / rate[1], 6);
    }
    await simulator.disk.write(`${MOVIES}/late.mp4`, await mp4({ frames: 10, begins: 0.4, sound: false }));
    const late = await simulator.user.importMedia(`${MOVIES}/late.mp4`);
    expect(items().find(({ id }) => id === late)).toMatchObject({ durationTicks: frames(10) });
    simulator.user.undo();
    expect(items().map(({ audioChannels }) => audioChannels)).toEqual([2, 0, 0, 0, 0]);
    expect(items().map(({ width }) => width)).toEqual([96, 64, 96, 96, 96]);
  });
});

describe('Media', () => {
  rule('premiere-media-path', 'Another path is not undone', async () => {
    const opened = await open();
    const { disk, user } = opened.simulator;
    const other = `${MOVIES}/other.mp4`;
    await disk.write(other, await mp4({ frames: 60 }));
    await transact(opened, 'Name', ({ item }) => [item.createSetNameAction('x')]);
    const { ppro, projectItem } = await handles(opened);
    expect(await ppro.ClipProjectItem.cast(projectItem).changeMediaFilePath(other)).toBe(true);
    const path = () => project(opened).items.find(({ id }) => id === opened.itemId)?.path;
    expect(path()).toBe(other);
    expect(user.undo()).toBe(true);
    expect(clipsOn(opened, 0)[0]?.[0]).toBe('clip.mp4');
    expect(path()).toBe(other);
    const again = await handles(opened);
    const clip = again.ppro.ClipProjectItem.cast(again.projectItem);
    expect(await clip.changeMediaFilePath(`${MOVIES}/none.mp4`)).toBe(false);
  });

  rule('premiere-interpretation', 'An interpretation counts once an action has set it', async () => {
    const opened = await open();
    const duration = () => project(opened).items.find(({ id }) => id === opened.itemId)?.durationTicks;
    const { ppro, projectItem } = await handles(opened);
    const footage = await ppro.ClipProjectItem.cast(projectItem).getFootageInterpretation();
    expect([footage.getFrameRate(), footage.getPixelAspectRatio(), footage.getFieldType()]).toEqual([
      25,
      1,
      footage.FIELD_TYPE_DEFAULT,
    ]);
    expect(footage.setFrameRate(0)).toBe(false);
    expect([footage.setFrameRate(50), footage.setFieldType(footage.FIELD_TYPE_UPPERFIRST)]).toEqual([
      true,
      true,
    ]);
    expect(duration()).toBe(frames(50));
    await transact(opened, 'Interpret', (held) => [
      ppro.ClipProjectItem.cast(held.projectItem).createSetFootageInterpretationAction(footage),
    ]);
    expect(duration()).toBe(frames(25));
    expect(project(opened).items[0]?.interpretation).toEqual({
      rate: 50,
      pixelAspect: 1,
      fields: 'upper-first',
    });
  });

  test('A start timecode is set by an action', async () => {
    const opened = await open();
    const { ppro, projectItem } = await handles(opened);
    const media = await ppro.ClipProjectItem.cast(projectItem).getMedia();
    const { project: held } = await handles(opened);
    held.lockedAccess(() => {
      held.executeTransaction((compound) =>
        compound.addAction(media.createSetStartAction(ppro.TickTime.TIME_ONE_HOUR)),
      );
    });
    expect(project(opened).items[0]?.mediaStartTicks).toBe(String(3600n * TICKS));
  });
});
