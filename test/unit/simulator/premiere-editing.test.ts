import { describe, expect, test } from '@jest/globals';
import {
  CLIP,
  clipsOn,
  FRAME,
  frames,
  handles,
  mp4,
  open,
  project,
  rule,
  STALE,
  TICKS,
  transact,
  type Opened,
} from './premiere-support.ts';

const SILENT = '/Users/user/Movies/silent.mp4';

/** With a second item, without sound, of 50 frames. */
async function withSilent(opened: Opened): Promise<string> {
  const { disk, user } = opened.simulator;
  await disk.write(SILENT, await mp4({ sound: false }));
  const id = await user.importMedia(SILENT);
  if (id === null) throw new Error('The silent clip was not imported');
  return id;
}

/** The ProjectItem of an item of the root. */
async function itemNamed({ modules }: Opened, name: string) {
  const held = await modules.premierepro.Project.getActiveProject();
  const items = await (await held.getRootItem()).getItems();
  const found = items.find((item) => item.name === name);
  if (!found) throw new Error(`There is no item ${name}`);
  return found;
}

/** Lays an item of the root by one transaction. */
async function lay(
  opened: Opened,
  name: string,
  at: string,
  video: number,
  audio: number,
  how: 'overwrite' | 'insert' = 'overwrite',
): Promise<boolean> {
  const raw = await itemNamed(opened, name);
  return transact(opened, 'Lay', ({ editor, ppro }) => {
    const time = ppro.TickTime.createWithTicks(at);
    return [
      how === 'overwrite'
        ? editor.createOverwriteItemAction(raw, time, video, audio)
        : editor.createInsertProjectItemAction(raw, time, video, audio, false),
    ];
  });
}

const mark = (opened: Opened, from: string, to: string): Promise<boolean> =>
  transact(opened, 'Mark', ({ ppro, projectItem }) => [
    ppro.ClipProjectItem.cast(projectItem).createSetInOutPointsAction(
      ppro.TickTime.createWithTicks(from),
      ppro.TickTime.createWithTicks(to),
    ),
  ]);

describe('Laying an item', () => {
  rule('premiere-raw-item', 'A cast item is refused, a raw one is laid', async () => {
    const opened = await open();
    await transact(opened, 'Lay', ({ editor, ppro, projectItem }) => {
      const cast = ppro.ClipProjectItem.cast(projectItem) as unknown as typeof projectItem;
      const zero = ppro.TickTime.TIME_ZERO;
      expect(() => editor.createOverwriteItemAction(cast, zero, 1, 1)).toThrow('Invalid parameter');
      expect(() => editor.createInsertProjectItemAction(cast, zero, 1, 1, false)).toThrow(
        'Invalid parameter',
      );
      return [editor.createOverwriteItemAction(projectItem, zero, 1, 1)];
    });
    expect(clipsOn(opened, 1)).toEqual([['clip.mp4', 0, 50, 0, 50]]);
    expect(clipsOn(opened, 1, 'audio')).toEqual([['clip.mp4', 0, 50, 0, 50]]);
  });

  rule('premiere-marks', 'Marks count from the transaction after', async () => {
    const opened = await open();
    const both = await transact(opened, 'Both', ({ editor, ppro, projectItem }) => [
      ppro.ClipProjectItem.cast(projectItem).createSetInOutPointsAction(
        ppro.TickTime.createWithTicks(frames(5)),
        ppro.TickTime.createWithTicks(frames(25)),
      ),
      editor.createOverwriteItemAction(projectItem, ppro.TickTime.TIME_ZERO, 1, 1),
    ]);
    expect(both).toBe(true);
    expect(clipsOn(opened, 1)).toEqual([['clip.mp4', 0, 50, 0, 50]]);
    expect(await lay(opened, 'clip.mp4', frames(100), 1, 1)).toBe(true);
    expect(clipsOn(opened, 1)[1]).toEqual(['clip.mp4', 100, 120, 5, 25]);
  });

  rule('premiere-unseen', 'An action does not see what another of its transaction does', async () => {
    const opened = await open();
    await transact(opened, 'Move and look', ({ item, track, ppro }) => {
      const move = item.createMoveAction(ppro.TickTime.createWithTicks(frames(5)));
      expect(track.getTrackItems(ppro.Constants.TrackItemType.CLIP, false)).toHaveLength(1);
      // By how much is reckoned from where the clip was before the transaction.
      return [move, item.createSetStartAction(ppro.TickTime.createWithTicks(frames(20)))];
    });
    expect(clipsOn(opened, 0)).toEqual([['clip.mp4', 25, 45, 5, 25]]);
  });

  rule('premiere-marks-unset', 'Unset marks read as −400000 seconds', async () => {
    const opened = await open();
    const read = async () => {
      const { ppro, projectItem } = await handles(opened);
      const clip = ppro.ClipProjectItem.cast(projectItem);
      const { VIDEO } = ppro.Constants.MediaType;
      return [(await clip.getInPoint(VIDEO)).ticks, (await clip.getOutPoint(VIDEO)).seconds];
    };
    expect(await read()).toEqual([String(-400_000n * TICKS), -400_000]);
    await mark(opened, frames(5), frames(25));
    expect(await read()).toEqual([frames(5), 1]);
    await transact(opened, 'Clear', ({ ppro, projectItem }) => [
      ppro.ClipProjectItem.cast(projectItem).createClearInOutPointsAction(),
    ]);
    expect((await read())[1]).toBe(-400_000);
    const { ppro, projectItem } = await handles(opened);
    await expect(ppro.ClipProjectItem.cast(projectItem).getInPoint(2)).rejects.toThrow('MediaType');
  });

  rule('premiere-marks-range', 'Marks beyond the media or the wrong way round throw', async () => {
    const opened = await open();
    await expect(mark(opened, frames(10), frames(51))).rejects.toThrow('beyond the media');
    await expect(mark(opened, frames(-1), frames(5))).rejects.toThrow('beyond the media');
    await expect(mark(opened, frames(10), frames(10))).rejects.toThrow('wrong way round');
    expect(await mark(opened, frames(10), frames(50))).toBe(true);
  });

  rule('premiere-audio-minus-one', 'Audio track −1 overwrites A1 where the item has sound', async () => {
    const opened = await open();
    await withSilent(opened);
    expect(await lay(opened, 'silent.mp4', frames(15), 1, -1)).toBe(true);
    expect(clipsOn(opened, 0, 'audio')).toEqual([['clip.mp4', 10, 30, 5, 25]]);
    expect(await lay(opened, 'clip.mp4', frames(15), 2, -1)).toBe(true);
    expect(clipsOn(opened, 0, 'audio')).toEqual([
      ['clip.mp4', 10, 15, 5, 10],
      ['clip.mp4', 15, 65, 0, 50],
    ]);
    expect(clipsOn(opened, 0)).toEqual([['clip.mp4', 10, 30, 5, 25]]);
  });

  rule('premiere-new-track', 'A track is made at the count, one in a transaction', async () => {
    const opened = await open();
    await withSilent(opened);
    const raw = await itemNamed(opened, 'silent.mp4');
    const two = await transact(opened, 'Two', ({ editor, ppro }) =>
      [0n, 5n * TICKS].map((at) =>
        editor.createOverwriteItemAction(raw, ppro.TickTime.createWithTicks(String(at)), 3, 0),
      ),
    );
    expect(two).toBe(false);
    expect(project(opened).sequences[0]?.videoTracks).toHaveLength(3);
    expect(await lay(opened, 'silent.mp4', frames(0), 3, 0)).toBe(true);
    expect(project(opened).sequences[0]?.videoTracks.map(({ name }) => name)).toEqual([
      'Video 1',
      'Video 2',
      'Video 3',
      'Video 4',
    ]);
    expect(clipsOn(opened, 3)).toEqual([['silent.mp4', 0, 50, 0, 50]]);
    expect(project(opened).sequences[0]?.audioTracks).toHaveLength(3);
  });

  rule('premiere-track-beyond', 'A track beyond the count throws', async () => {
    const opened = await open();
    await expect(lay(opened, 'clip.mp4', frames(0), 4, 0)).rejects.toThrow('the track 4 of 3');
    await expect(lay(opened, 'clip.mp4', frames(0), 0, 4)).rejects.toThrow('the track 4 of 3');
    await expect(lay(opened, 'clip.mp4', frames(0), -2, 0)).rejects.toThrow('the track -2');
    await expect(lay(opened, 'clip.mp4', frames(-1), 0, 0)).rejects.toThrow('the time');
  });

  rule('premiere-overwrite-cuts', 'An overwrite keeps both sides, an insert moves on', async () => {
    const opened = await open();
    await withSilent(opened);
    opened.simulator.user.placeItem(opened.sequenceId, opened.itemId, {
      at: frames(0),
      videoTrack: 1,
      audioTrack: 1,
    });
    opened.simulator.user.placeItem(opened.sequenceId, await withSilent(opened), {
      at: frames(20),
      videoTrack: 1,
      outTicks: frames(4),
    });
    expect(clipsOn(opened, 1)).toEqual([
      ['clip.mp4', 0, 20, 0, 20],
      ['silent.mp4', 20, 24, 0, 4],
      ['clip.mp4', 24, 50, 24, 50],
    ]);
    expect(clipsOn(opened, 1, 'audio')).toEqual([['clip.mp4', 0, 50, 0, 50]]);
    expect(await lay(opened, 'silent.mp4', frames(15), 2, 0, 'insert')).toBe(true);
    expect(clipsOn(opened, 0)).toEqual([
      ['clip.mp4', 10, 15, 5, 10],
      ['clip.mp4', 65, 80, 10, 25],
    ]);
    expect(clipsOn(opened, 0, 'audio')[1]).toEqual(['clip.mp4', 65, 80, 10, 25]);
    expect(clipsOn(opened, 2)).toEqual([['silent.mp4', 15, 65, 0, 50]]);
  });

  rule('premiere-locked-track', 'A locked track takes nothing, without a word', async () => {
    const opened = await open();
    opened.simulator.user.setTrackLocked(opened.sequenceId, 'video', 1, true);
    expect(await lay(opened, 'clip.mp4', frames(0), 1, 1)).toBe(true);
    expect(clipsOn(opened, 1)).toEqual([]);
    expect(clipsOn(opened, 1, 'audio')).toHaveLength(1);
    opened.simulator.user.setTrackLocked(opened.sequenceId, 'video', 0, true);
    expect(opened.simulator.user.deleteClip(opened.sequenceId, opened.clipId)).toBe(false);
  });

  rule('premiere-whole-frames', 'Clips begin and end on frames of the sequence', async () => {
    const opened = await open();
    await mark(opened, String(FRAME * 5n + 7n), String(FRAME * 25n + FRAME / 3n));
    expect(await lay(opened, 'clip.mp4', String(FRAME * 40n + FRAME / 3n), 1, 1)).toBe(true);
    const [clip] = project(opened).sequences[0]?.videoTracks[1]?.clips ?? [];
    expect(clip).toMatchObject({
      startTicks: frames(40),
      endTicks: frames(60),
      inTicks: String(FRAME * 5n + 7n),
      outTicks: String(FRAME * 25n + 7n),
    });
  });
});

describe('Changing what lies there', () => {
  rule('premiere-remove', 'A removal takes one media type and leaves a gap', async () => {
    const opened = await open();
    opened.simulator.user.placeItem(opened.sequenceId, opened.itemId, { at: frames(60) });
    const done = await transact(opened, 'Remove', ({ editor, item, ppro }) => {
      const actions: ReturnType<typeof item.createSetNameAction>[] = [];
      ppro.TrackItemSelection.createEmptySelection((selection) => {
        selection.addItem(item);
        const { VIDEO, AUDIO } = ppro.Constants.MediaType;
        expect(() => editor.createRemoveItemsAction(selection, false, AUDIO)).toThrow(
          'nothing of that media',
        );
        expect(() => editor.createRemoveItemsAction(selection, false, 2)).toThrow('MediaType');
        actions.push(editor.createRemoveItemsAction(selection, false, VIDEO));
      });
      return actions;
    });
    expect(done).toBe(true);
    expect(clipsOn(opened, 0)).toEqual([['clip.mp4', 60, 110, 0, 50]]);
    expect(clipsOn(opened, 0, 'audio')).toHaveLength(2);
  });

  rule('premiere-selection-callback', 'An empty selection is over with its callback', async () => {
    const opened = await open();
    const { ppro, item } = await handles(opened);
    type Selection = Parameters<Parameters<typeof ppro.TrackItemSelection.createEmptySelection>[0]>[0];
    let kept: Selection | undefined;
    ppro.TrackItemSelection.createEmptySelection((selection) => {
      kept = selection;
      expect(selection.addItem(item)).toBe(true);
      expect(selection.addItem(item)).toBe(false);
    });
    expect(() => kept?.addItem(item)).toThrow(STALE);
    await expect(kept?.getTrackItems()).rejects.toThrow(STALE);
    const use = () =>
      transact(opened, 'Remove', ({ editor }) =>
        kept ? [editor.createRemoveItemsAction(kept, false, ppro.Constants.MediaType.VIDEO)] : [],
      );
    await expect(use()).rejects.toThrow(STALE);
  });

  rule(
    'premiere-trims',
    'In and start move together; a move is by an offset and leaves the sound',
    async () => {
      const opened = await open();
      const by = (count: number) => opened.modules.premierepro.TickTime.createWithTicks(frames(count));
      await transact(opened, 'Head', ({ item }) => [item.createSetInPointAction(by(8))]);
      expect(clipsOn(opened, 0)).toEqual([['clip.mp4', 13, 30, 8, 25]]);
      await transact(opened, 'Tail', ({ item }) => [item.createSetOutPointAction(by(20))]);
      expect(clipsOn(opened, 0)).toEqual([['clip.mp4', 13, 25, 8, 20]]);
      await transact(opened, 'Move', ({ item }) => [item.createMoveAction(by(-3))]);
      expect(clipsOn(opened, 0)).toEqual([['clip.mp4', 10, 22, 8, 20]]);
      expect(clipsOn(opened, 0, 'audio')).toEqual([['clip.mp4', 10, 30, 5, 25]]);
      const beyond = await transact(opened, 'Beyond', ({ item }) => [item.createSetOutPointAction(by(51))]);
      expect(beyond).toBe(false);
    },
  );

  rule('premiere-set-end', 'createSetEndAction throws', async () => {
    const opened = await open();
    const end = opened.modules.premierepro.TickTime.createWithTicks(frames(28));
    await expect(transact(opened, 'End', ({ item }) => [item.createSetEndAction(end)])).rejects.toThrow(
      STALE,
    );
  });

  rule('premiere-scale-to-frame', 'createSetScaleToFrameSizeAction changes nothing', async () => {
    const opened = await open();
    const layer = () => opened.simulator.frameAt(opened.sequenceId, frames(12));
    const before = layer();
    const done = await transact(opened, 'Scale', ({ ppro, projectItem }) => [
      ppro.ClipProjectItem.cast(projectItem).createSetScaleToFrameSizeAction(),
    ]);
    expect(done).toBe(true);
    expect(layer()).toEqual(before);
    await lay(opened, 'clip.mp4', frames(100), 1, 1);
    expect(opened.simulator.frameAt(opened.sequenceId, frames(100))).toMatchObject([{ scale: 100 }]);
  });
});

describe('Reading', () => {
  test('A clip tells its times, its track and its file to the tick', async () => {
    const opened = await open();
    const { ppro, project: held, sequence, item, projectItem, track } = await handles(opened);
    expect([held.name, held.path]).toEqual(['Archive.prproj', '/Users/user/Movies/Archive.prproj']);
    expect(held.guid.toString()).toBe(project(opened).id);
    expect(sequence.guid.toString()).toBe(opened.sequenceId);
    expect(held.getSequence(ppro.Guid.fromString(opened.sequenceId)).name).toBe('Edit');
    expect(() => held.getSequence(ppro.Guid.fromString('none'))).toThrow('no such sequence');
    expect(await sequence.getFrameSize()).toEqual({ width: 1920, height: 1080 });
    expect(await sequence.getTimebase()).toBe(String(FRAME));
    expect((await sequence.getSettings()).getVideoFrameRate().value).toBe(25);
    const times = [
      item.getStartTime(),
      item.getEndTime(),
      item.getInPoint(),
      item.getOutPoint(),
      item.getDuration(),
    ];
    expect((await Promise.all(times)).map(({ ticks }) => ticks)).toEqual([10, 30, 5, 25, 20].map(frames));
    expect([await item.getSpeed(), await item.isSpeedReversed(), await item.isAdjustmentLayer()]).toEqual([
      1,
      0,
      false,
    ]);
    expect([await item.getTrackIndex(), await track.getIndex(), track.name]).toEqual([0, 0, 'Video 1']);
    const clip = ppro.ClipProjectItem.cast(projectItem);
    expect(await clip.getMediaFilePath()).toBe(CLIP);
    expect([
      await clip.isOffline(),
      await clip.isSequence(),
      await clip.isMergedClip(),
      await clip.isMulticamClip(),
    ]).toEqual([false, false, false, false]);
    expect(await clip.getContentType()).toBe(ppro.Constants.ContentType.MEDIA);
    const media = await clip.getMedia();
    expect([media.start.ticks, media.duration.ticks]).toEqual(['0', frames(50)]);
    expect(await ppro.Metadata.getProjectColumnsMetadata(projectItem)).toContain('96 x 64 (1.0000)');
  });

  rule('premiere-selection-sound', 'The selection holds the linked sound, too', async () => {
    const opened = await open();
    opened.simulator.user.selectClip(opened.sequenceId, opened.clipId);
    const { sequence, ppro } = await handles(opened);
    const items = await (await sequence.getSelection()).getTrackItems();
    const types = await Promise.all(items.map(async (item) => (await item.getMediaType()).toString()));
    const video = await (await sequence.getVideoTrack(0)).getMediaType();
    expect(types).toHaveLength(2);
    expect(types.filter((type) => type === video.toString())).toHaveLength(1);
    opened.simulator.user.selectItems([opened.itemId]);
    const held = await ppro.Project.getActiveProject();
    const chosen = await (await ppro.ProjectUtils.getSelection(held)).getItems();
    expect(chosen.map((item) => item.getId())).toEqual([opened.itemId]);
  });

  rule('premiere-track-items', 'getTrackItems wants both its arguments', async () => {
    const { track, ppro } = await handles(await open());
    const ask = track.getTrackItems.bind(track) as (...args: unknown[]) => unknown;
    expect(() => ask()).toThrow('TrackItemType');
    expect(() => ask('clip', false)).toThrow('TrackItemType');
    expect(() => ask(ppro.Constants.TrackItemType.CLIP)).toThrow('boolean');
  });

  rule('premiere-graphic', 'A graphic has no project item', async () => {
    const opened = await open();
    const { user } = opened.simulator;
    expect(user.addGraphic(opened.sequenceId, 1, frames(0), frames(20))).not.toBeNull();
    expect(user.addAdjustmentLayer(opened.sequenceId, 2, frames(0), frames(20))).not.toBeNull();
    const { sequence, ppro } = await handles(opened);
    const first = async (track: number) => {
      const [item] = (await sequence.getVideoTrack(track)).getTrackItems(
        ppro.Constants.TrackItemType.CLIP,
        false,
      );
      if (!item) throw new Error('There is no clip');
      return item;
    };
    expect(await (await first(1)).getProjectItem()).toBeNull();
    expect(await (await first(2)).isAdjustmentLayer()).toBe(true);
  });

  rule('premiere-cast', 'A cast to what an item is not throws', async () => {
    const opened = await open();
    opened.simulator.user.makeBin('Bin');
    const { ppro, projectItem } = await handles(opened);
    expect(() => ppro.FolderItem.cast(projectItem)).toThrow('no bin');
    const bin = await itemNamed(opened, 'Bin');
    expect(() => ppro.ClipProjectItem.cast(bin)).toThrow('is a bin');
    expect(ppro.FolderItem.cast(bin).name).toBe('Bin');
    expect(ppro.ProjectItem.cast(ppro.FolderItem.cast(bin)).getId()).toBe(bin.getId());
  });

  test('Nested sequences, multicam, merged and offline clips say what they are', async () => {
    const opened = await open();
    const { user, disk } = opened.simulator;
    const { ppro } = await handles(opened);
    user.createMulticam([opened.itemId], 'Multicam');
    user.mergeClips([opened.itemId], 'Merged');
    user.nest(opened.sequenceId, opened.clipId, 'Nested');
    const cast = async (name: string) => ppro.ClipProjectItem.cast(await itemNamed(opened, name));
    expect(await (await cast('Multicam')).isMulticamClip()).toBe(true);
    expect(await (await cast('Merged')).isMergedClip()).toBe(true);
    expect(await (await cast('Nested')).isSequence()).toBe(true);
    expect(await (await cast('Nested')).getContentType()).toBe(ppro.Constants.ContentType.SEQUENCE);
    expect(await (await cast('clip.mp4')).isOffline()).toBe(false);
    await disk.remove(CLIP);
    expect(await (await cast('clip.mp4')).isOffline()).toBe(true);
  });
});

describe('Events', () => {
  const turn = () => new Promise((resolve) => setTimeout(resolve));

  rule(
    'premiere-events',
    'The selection is told on the sequence, a sequence’s coming up to all',
    async () => {
      const opened = await open();
      const { user } = opened.simulator;
      const { ppro, sequence } = await handles(opened);
      const { SequenceEvent } = ppro.Constants;
      const heard: string[] = [];
      const attached = () => heard.push('attached');
      ppro.EventManager.addGlobalEventListener(SequenceEvent.SELECTION_CHANGED, () => heard.push('global'));
      ppro.EventManager.addEventListener(sequence, SequenceEvent.SELECTION_CHANGED, attached);
      ppro.EventManager.addGlobalEventListener(SequenceEvent.ACTIVATED, () => heard.push('activated'));
      user.selectClip(opened.sequenceId, opened.clipId);
      await turn();
      user.createSequence({ name: 'Other', width: 64, height: 64, rate: 25 });
      await turn();
      user.openSequence(opened.sequenceId);
      await turn();
      expect(heard).toEqual(['attached', 'activated', 'activated']);
      ppro.EventManager.removeEventListener(
        (await handles(opened)).sequence,
        SequenceEvent.SELECTION_CHANGED,
        attached,
      );
      user.selectNothing(opened.sequenceId);
      await turn();
      expect(heard).toHaveLength(3);
    },
  );

  test('A project that has something to save says so once, until it is saved', async () => {
    const opened = await open();
    const { user } = opened.simulator;
    await user.saveProject();
    const { ppro, project: held } = await handles(opened);
    const heard: string[] = [];
    ppro.EventManager.addEventListener(held, ppro.Constants.ProjectEvent.DIRTY, () => heard.push('dirty'));
    user.renameClip(opened.sequenceId, opened.clipId, 'a');
    user.renameClip(opened.sequenceId, opened.clipId, 'b');
    await turn();
    expect(heard).toHaveLength(1);
    expect(project(opened).saved).toBe(false);
    await user.saveProject();
    await turn();
    expect(heard).toHaveLength(2);
  });

  rule('premiere-silent', 'Events that are silenced never fire', async () => {
    const opened = await open();
    const { ppro, sequence } = await handles(opened);
    const { SELECTION_CHANGED } = ppro.Constants.SequenceEvent;
    const heard: string[] = [];
    ppro.EventManager.addEventListener(sequence, SELECTION_CHANGED, () => heard.push('heard'));
    for (const silence of [[SELECTION_CHANGED], 'all', []] as const) {
      opened.simulator.faults.silence(silence);
      opened.simulator.user.selectClip(opened.sequenceId, opened.clipId);
      await turn();
    }
    expect(heard).toEqual(['heard']);
  });
});
