/** Media in and out of the emulated Premiere. */
import type {
  PremiereSimulator,
  ProjectItemView,
  ProjectView,
  SequenceView,
} from '../../premiere/interface.ts';

/** Where what a person drops comes to lie on the emulated disk, and where the sample's project is. */
export const MOVIES = '/Users/user/Movies';

/** Puts a file on the emulated disk, imports it and lays it on the timeline. Rejects if it cannot be imported. */
export async function takeFile(simulator: PremiereSimulator, file: File): Promise<void> {
  const path = freePath(simulator, file.name.normalize('NFC'));
  await simulator.disk.write(path, file);
  const itemId = await simulator.user.importMedia(path);
  if (itemId === null) {
    await simulator.disk.remove(path);
    throw new Error('It has no format that Premiere reads.');
  }
  layOnTimeline(simulator, itemId);
}

function freePath({ disk }: PremiereSimulator, name: string): string {
  const [, base = name, extension = ''] = /^(.+?)(\.[^.]*)?$/.exec(name) ?? [];
  let path = `${MOVIES}/${name}`;
  for (let count = 2; disk.exists(path); count += 1) path = `${MOVIES}/${base} ${count}${extension}`;
  return path;
}

/** Behind what lies on the lowest tracks of the open sequence, or on a new sequence of the item's size and rate. */
export function layOnTimeline(simulator: PremiereSimulator, itemId: string): string | null {
  const { user } = simulator;
  const project = simulator.view().project;
  const item = project && itemOf(project.items, itemId);
  if (!item) return null;
  const open = activeSequence(project);
  const sequenceId =
    open?.id ??
    user.createSequence({
      name: item.name.replace(/\.[^.]+$/, ''),
      width: item.width || 1920,
      height: item.height || 1080,
      rate: item.interpretation.rate || 25,
    });
  const clip = user.placeItem(sequenceId, itemId, { at: open?.endTicks ?? '0' });
  if (clip !== null) user.selectClip(sequenceId, clip);
  return clip;
}

export function activeSequence(project: ProjectView): SequenceView | undefined {
  return project.sequences.find(({ id }) => id === project.activeSequenceId);
}

export function itemOf(items: readonly ProjectItemView[], id: string): ProjectItemView | undefined {
  for (const item of items) {
    const found = item.id === id ? item : itemOf(item.children ?? [], id);
    if (found) return found;
  }
  return undefined;
}

/** Hands a file of the emulated disk to the browser as a download. */
export async function saveMedia({ disk }: PremiereSimulator, path: string): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([await disk.read(path)]));
  link.download = path.slice(path.lastIndexOf('/') + 1);
  link.click();
  URL.revokeObjectURL(link.href);
}
