import type { PremiereSimulator, ProjectItemView, ProjectView } from '../../premiere/interface.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import { saveMedia, layOnTimeline } from './media.ts';
import { rateWords } from './time.ts';

const icons: Readonly<Record<ProjectItemView['kind'], IconName>> = {
  bin: 'folder',
  clip: 'film',
  still: 'picture',
  sequence: 'sequence',
  multicam: 'sequence',
  merged: 'film',
  adjustment: 'adjustment',
  audio: 'sound',
};

interface BinProps {
  simulator: PremiereSimulator;
  project: ProjectView;
  onImport: () => void;
  onFailure: (reason: unknown) => void;
}

/** The project panel: bins, media and sequences. */
export function Bin({ simulator, project, onImport, onFailure }: BinProps) {
  const { user } = simulator;
  const chosen = selected(project.items);
  const media = chosen?.path ?? null;
  return (
    <section className="pane bin" aria-label="Project">
      <h2>
        Project: {project.name}
        {project.saved ? '' : ' *'}
      </h2>
      <ul className="scroll" role="tree" aria-label="Project items">
        {project.items.map((item) => (
          <Item key={item.id} item={item} simulator={simulator} project={project} level={1} />
        ))}
      </ul>
      <footer>
        <button onClick={onImport}>Import…</button>
        <button
          disabled={!chosen || chosen.kind === 'bin'}
          title="Lay it on the timeline, behind what is there"
          onClick={() => chosen && layOnTimeline(simulator, chosen.id)}
        >
          Add
        </button>
        <button
          disabled={media === null || chosen?.offline === true}
          title="Save the file of this item"
          onClick={() => {
            if (media !== null) saveMedia(simulator, media).catch(onFailure);
          }}
        >
          Save…
        </button>
        <button disabled={!chosen} title="Delete" onClick={() => chosen && user.deleteItem(chosen.id)}>
          <Icon name="bin" />
        </button>
      </footer>
    </section>
  );
}

interface ItemProps {
  simulator: PremiereSimulator;
  project: ProjectView;
  item: ProjectItemView;
  level: number;
}

function Item({ simulator, project, item, level }: ItemProps) {
  const { user } = simulator;
  const { sequenceId } = item;
  return (
    <li
      role="treeitem"
      aria-level={level}
      aria-selected={item.selected}
      aria-label={item.name}
      data-item={item.id}
      data-path={item.path ?? undefined}
    >
      <button
        className="item"
        style={{ paddingLeft: 8 + 14 * (level - 1) }}
        title={item.path ?? item.name}
        onClick={() => user.selectItems([item.id])}
        onDoubleClick={() => {
          if (sequenceId !== null) user.openSequence(sequenceId);
          else if (item.kind !== 'bin') layOnTimeline(simulator, item.id);
        }}
      >
        <Icon name={icons[item.kind]} />
        <span>{item.name}</span>
        <small>{item.offline ? 'offline' : words(item)}</small>
      </button>
      {item.children !== null && item.children.length > 0 && (
        <ul role="group">
          {item.children.map((child) => (
            <Item key={child.id} item={child} simulator={simulator} project={project} level={level + 1} />
          ))}
        </ul>
      )}
    </li>
  );
}

function words({ width, height, interpretation, kind, children }: ProjectItemView): string {
  if (kind === 'bin') return String(children?.length ?? 0);
  if (width === 0) return '';
  const rate = interpretation.rate > 0 ? `, ${rateWords(interpretation.rate)} fps` : '';
  return `${width} × ${height}${rate}`;
}

function selected(items: readonly ProjectItemView[]): ProjectItemView | undefined {
  for (const item of items) {
    if (item.selected) return item;
    const found = selected(item.children ?? []);
    if (found) return found;
  }
  return undefined;
}
