import type { ClipView, PremiereSimulator, PremiereView, SequenceView } from '../../premiere/interface.ts';
import { Appearance } from '../components/appearance.tsx';
import { DropMenu, type MenuItem } from '../components/drop-menu.tsx';
import { Icon } from '../components/icons.tsx';
import { pluginItems } from '../components/plugin-items.ts';
import { activeSequence, MOVIES } from './media.ts';

interface MenuProps {
  simulator: PremiereSimulator;
  view: PremiereView;
  onImport: () => void;
}

export function Menu({ simulator, view, onImport }: MenuProps) {
  const { user } = simulator;
  const { project } = view;
  const sequence = project ? activeSequence(project) : undefined;
  const [undo, redo] = [project?.undo[0], project?.redo[0]];
  return (
    <header className="menu">
      <strong>Emulated Premiere</strong>
      <DropMenu
        label="File"
        items={[
          { label: 'New Project', choose: () => user.newProject('Untitled', `${MOVIES}/Untitled.prproj`) },
          {
            label: 'New Sequence 1920 × 1080, 25 fps',
            disabled: !project,
            choose: () =>
              user.createSequence({
                name: `Sequence ${(project?.sequences.length ?? 0) + 1}`,
                width: 1920,
                height: 1080,
                rate: 25,
              }),
          },
          { label: 'Import…', hint: 'Ctrl+I', disabled: !project, choose: onImport },
          { label: 'Save', disabled: !project, apart: true, choose: () => void user.saveProject() },
          { label: 'Close Project', disabled: !project, choose: () => user.closeProject() },
        ]}
      />
      <DropMenu
        label="Edit"
        items={[
          {
            label: `Undo${undo === undefined ? '' : ` ${undo}`}`,
            hint: 'Ctrl+Z',
            disabled: undo === undefined,
            choose: () => user.undo(),
          },
          {
            label: `Redo${redo === undefined ? '' : ` ${redo}`}`,
            hint: 'Ctrl+Shift+Z',
            disabled: redo === undefined,
            choose: () => user.redo(),
          },
        ]}
      />
      <DropMenu label="Clip" items={clipItems(simulator, sequence)} />
      <DropMenu label="Plugins" items={pluginItems(simulator, view)} />
      <span className="gap" />
      <button title="Undo" disabled={undo === undefined} onClick={() => user.undo()}>
        <Icon name="undo" /> Undo
      </button>
      <button title="Redo" disabled={redo === undefined} onClick={() => user.redo()}>
        <Icon name="redo" /> Redo
      </button>
      <span className="stretch" />
      <Appearance application={simulator} view={view} />
    </header>
  );
}

/** The selected clip of the picture. */
export function selectedClip(sequence: SequenceView | undefined): ClipView | undefined {
  return sequence?.videoTracks.flatMap(({ clips }) => clips).find(({ selected }) => selected);
}

function clipItems({ user }: PremiereSimulator, sequence: SequenceView | undefined): MenuItem[] {
  const clip = selectedClip(sequence);
  const item = (label: string, act: (sequenceId: string, clip: ClipView) => unknown): MenuItem => ({
    label,
    disabled: !clip,
    choose: () => sequence && clip && act(sequence.id, clip),
  });
  return [
    item(clip?.disabled === true ? 'Enable' : 'Disable', (id, one) =>
      user.setClipDisabled(id, one.id, !one.disabled),
    ),
    item('Add Edit at Playhead', (id, one) => user.cutClip(id, one.id, sequence?.playheadTicks ?? '0')),
    item('Speed: 50 %', (id, one) => user.setSpeed(id, one.id, 0.5)),
    item('Speed: 100 %', (id, one) => user.setSpeed(id, one.id, 1)),
    item('Reverse Speed', (id, one) => user.setSpeed(id, one.id, one.speed, !one.reversed)),
    item('Nest', (id, one) => user.nest(id, one.id, `${one.name} nested`)),
    item('Opacity 50 %', (id, one) => user.setOpacity(id, one.id, 50)),
    { ...item('Clear', (id, one) => user.deleteClip(id, one.id)), hint: 'Delete', apart: true },
  ];
}
