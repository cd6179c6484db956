import { describe, expect, test } from '@jest/globals';
import { CLIP, clipsOn, frames, handles, open, project, rule, STALE, transact } from './premiere-support.ts';

describe('Locks and callbacks', () => {
  rule('premiere-lock', 'An action created without the lock throws', async () => {
    const opened = await open();
    const { item, project: held } = await handles(opened);
    expect(() => item.createSetNameAction('x')).toThrow('outside of Project.lockedAccess');
    expect(() =>
      held.executeTransaction((compound) => compound.addAction(item.createSetNameAction('x'))),
    ).toThrow('outside of Project.lockedAccess');
    expect(project(opened).undo).not.toContain('Script Action');
  });

  rule('premiere-synchronous', 'A callback that returns a promise throws and changes nothing', async () => {
    const opened = await open();
    const { item, project: held } = await handles(opened);
    const before = project(opened).undo;
    const late = () => Promise.resolve();
    expect(() => held.lockedAccess(late as never)).toThrow('synchronous');
    held.lockedAccess(() => {
      const renamed = (compound: { addAction(action: unknown): boolean }) => {
        compound.addAction(item.createSetNameAction('x'));
        return late();
      };
      expect(() => held.executeTransaction(renamed as never)).toThrow('synchronous');
    });
    expect(clipsOn(opened, 0)[0]?.[0]).toBe('clip.mp4');
    expect(project(opened).undo).toEqual(before);
  });

  rule('premiere-action-within', 'An action made before its transaction is no longer valid', async () => {
    const opened = await open();
    const { item, project: held } = await handles(opened);
    held.lockedAccess(() => {
      const early = item.createSetNameAction('x');
      expect(() => held.executeTransaction((compound) => compound.addAction(early))).toThrow(STALE);
      expect(() =>
        held.executeTransaction((compound) => {
          const twice = item.createSetNameAction('x');
          compound.addAction(twice);
          compound.addAction(twice);
        }),
      ).toThrow(STALE);
    });
    expect(clipsOn(opened, 0)[0]?.[0]).toBe('clip.mp4');
  });

  rule('premiere-action-late', 'An action added after the callback throws', async () => {
    const opened = await open();
    const { item, project: held } = await handles(opened);
    let kept: { addAction(action: never): boolean } | undefined;
    held.lockedAccess(() => {
      held.executeTransaction((compound) => {
        kept = compound;
      });
      expect(() => kept?.addAction(item.createSetNameAction('x') as never)).toThrow('after the callback');
    });
  });
});

describe('Handles', () => {
  rule('premiere-stale', 'After a transaction every handle of before throws', async () => {
    const opened = await open();
    const { item, track, sequence, project: held, projectItem, editor, ppro } = await handles(opened);
    const chain = await item.getComponentChain();
    const param = chain.getComponentAtIndex(1).getParam(1);
    const clip = ppro.ClipProjectItem.cast(projectItem);
    expect(await transact(opened, 'Name', ({ item: now }) => [now.createSetNameAction('x')])).toBe(true);
    for (const read of [
      () => item.getName(),
      () => sequence.getSelection(),
      () => held.getActiveSequence(),
      () => clip.getMediaFilePath(),
      () => param.getStartValue(),
    ]) {
      await expect(read()).rejects.toThrow(STALE);
    }
    for (const read of [
      () => track.name,
      () => held.guid,
      () => projectItem.getId(),
      () => chain.getComponentCount(),
      () => held.lockedAccess(() => undefined),
      () => ppro.ClipProjectItem.cast(projectItem),
      () => ppro.SequenceEditor.getEditor(sequence),
      () => editor.createOverwriteItemAction(projectItem, ppro.TickTime.TIME_ZERO, 1, 1),
    ]) {
      expect(read).toThrow(STALE);
    }
    const again = await handles(opened);
    expect(await again.item.getName()).toBe('x');
    expect(again.projectItem.getId()).toBe(opened.itemId);
  });

  rule('premiere-stale-user', 'What the user does to the project leaves handles stale', async () => {
    const opened = await open();
    const { user } = opened.simulator;
    const { sequenceId, clipId } = opened;
    const hands = [
      () => user.renameClip(sequenceId, clipId, 'Mine'),
      () => user.undo(),
      () => user.redo(),
      () => user.createSequence({ name: 'Other', width: 64, height: 64, rate: 25 }) !== '',
      () => user.openSequence(sequenceId),
    ];
    const { Project } = opened.modules.premierepro;
    for (const hand of hands) {
      const before = await Project.getActiveProject();
      const sequence = await before.getActiveSequence();
      expect(hand()).toBe(true);
      await expect(before.getActiveSequence()).rejects.toThrow(STALE);
      await expect(sequence.getEndTime()).rejects.toThrow(STALE);
    }
    const held = await handles(opened);
    expect(user.movePlayhead(sequenceId, frames(3))).toBe(true);
    expect(user.selectClip(sequenceId, clipId)).toBe(true);
    expect(await held.item.getIsSelected()).toBe(true);
    expect(user.closeProject()).toBe(true);
    await expect(held.item.getName()).rejects.toThrow(STALE);
    expect(await held.ppro.Project.getActiveProject()).toBeNull();
  });

  test('What the user does at a call is done before it', async () => {
    const opened = await open();
    const { user, faults } = opened.simulator;
    const { item } = await handles(opened);
    faults.beforeCall('VideoClipTrackItem.getInPoint', 2, () =>
      user.deleteClip(opened.sequenceId, opened.clipId),
    );
    await item.getInPoint();
    await expect(item.getInPoint()).rejects.toThrow(STALE);
    expect(clipsOn(opened, 0)).toEqual([]);
    faults.failCall('Project.getActiveProject', 1, new Error('planned'));
    await expect(opened.modules.premierepro.Project.getActiveProject()).rejects.toThrow('planned');
  });
});

describe('Transactions', () => {
  rule('premiere-one-undo', 'A transaction is one step of Undo, by its name', async () => {
    const opened = await open();
    const { user } = opened.simulator;
    await transact(opened, 'Remaster “clip”', ({ item }) => [
      item.createSetNameAction('x'),
      item.createSetDisabledAction(true),
    ]);
    expect(project(opened).undo[0]).toBe('Remaster “clip”');
    const shown = () => {
      const [clip] = project(opened).sequences[0]?.videoTracks[0]?.clips ?? [];
      return [clip?.name, clip?.disabled];
    };
    expect(shown()).toEqual(['x', true]);
    expect(user.undo()).toBe(true);
    expect(shown()).toEqual(['clip.mp4', false]);
    expect(project(opened).redo).toEqual(['Remaster “clip”']);
    expect(user.redo()).toBe(true);
    expect(shown()).toEqual(['x', true]);
  });

  rule('premiere-all-or-nothing', 'What cannot be done whole, or is nothing, answers false', async () => {
    const opened = await open();
    const before = project(opened).undo;
    expect(await transact(opened, 'Empty', () => [])).toBe(false);
    opened.simulator.faults.refuseTransaction(2);
    expect(await transact(opened, 'First', ({ item }) => [item.createSetNameAction('first')])).toBe(true);
    expect(await transact(opened, 'Second', ({ item }) => [item.createSetNameAction('second')])).toBe(false);
    expect(clipsOn(opened, 0)[0]?.[0]).toBe('first');
    expect(
      await transact(opened, 'Third', ({ item, editor, ppro, project: held }) => {
        let remove: ReturnType<typeof item.createSetNameAction> | undefined;
        ppro.TrackItemSelection.createEmptySelection((selection) => {
          selection.addItem(item);
          remove = editor.createRemoveItemsAction(selection, false, ppro.Constants.MediaType.VIDEO);
        });
        expect(held.name).toBe('Archive.prproj');
        return remove ? [remove, item.createSetNameAction('third')] : [];
      }),
    ).toBe(false);
    expect(clipsOn(opened, 0)).toHaveLength(1);
    expect(project(opened).undo).toEqual(['First', ...before]);
    expect(opened.simulator.stats.transactions.map(({ name, done }) => [name, done])).toEqual([
      ['Empty', false],
      ['First', true],
      ['Second', false],
      ['Third', false],
    ]);
  });

  test('A project is saved to the disk and opened again as it was', async () => {
    const opened = await open();
    const { user, disk } = opened.simulator;
    user.setMotion(opened.sequenceId, opened.clipId, { scale: 50, position: [0.25, 0.75] });
    const before = project(opened);
    expect(await user.saveProject()).toBe(true);
    expect(disk.exists(before.path)).toBe(true);
    expect(user.closeProject()).toBe(true);
    expect(await user.openProject(CLIP)).toBe(false);
    expect(await user.openProject(before.path)).toBe(true);
    const after = project(opened);
    expect({ ...after, saved: false, undo: [] }).toEqual({ ...before, saved: false, undo: [] });
    disk.setReadOnly('/Users/user/Movies', true);
    expect(await user.saveProject('/Users/user/Movies/Other.prproj')).toBe(false);
    expect(await user.saveProject('/Users/user/Desktop/Other.prproj')).toBe(true);
  });
});
