/**
 * Files becoming items. [D] Project.importFiles; [3P] it answers a boolean, late, and makes an item anew of a file that is
 * there already.
 */
import { userPlace } from '../uxp/places.ts';
import { EVENTS, constants } from './constants.ts';
import { addItem, findItem, makeItem, takeId, type Contents, type Media } from './model.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';

/** The last number in a file's name, and what is around it: 'NAME_000001.png'. */
const NUMBERED = /^(.*?)(\d+)(\.[^.]+)$/;

/** Null where any of the files cannot be imported. Numbered stills are imported by one of their files each. */
export async function mediaOf(
  studio: Studio,
  paths: readonly string[],
  numberedStills: boolean,
): Promise<readonly Media[] | null> {
  const found: Media[] = [];
  for (const path of paths) {
    const media = await studio.mediaAt(path);
    if (!media) return null;
    const still = media.facts.video?.rate === 0;
    found.push(numberedStills && still ? { ...media, ...run(studio, path) } : media);
  }
  return found;
}

/** All files numbered on from the one given, without a gap. [3P] The item's path is the first one's. */
function run(studio: Studio, path: string): { path: string; stills: number } {
  const slash = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, slash), path.slice(slash + 1)];
  const numbered = NUMBERED.exec(name);
  if (!numbered) return { path: path.normalize('NFC'), stills: 1 };
  const [, before = '', digits = '', after = ''] = numbered;
  const there = new Set(studio.disk.list(userPlace(folder)));
  let stills = 0;
  const nth = (number: number): string =>
    before + String(Number(digits) + number).padStart(digits.length, '0') + after;
  while (there.has(nth(stills).normalize('NFC'))) stills++;
  return { path: path.normalize('NFC'), stills };
}

/** Adds items to a bin: their ids, and what the project holds then. */
export function withMedia(
  contents: Contents,
  binId: string,
  media: readonly Media[],
): { readonly contents: Contents; readonly ids: readonly string[] } {
  let result = contents;
  const ids: string[] = [];
  for (const each of media) {
    const [id, after] = takeId(result, 'i');
    const name = each.path.split('/').at(-1) ?? '';
    const kind = !each.facts.video
      ? 'audio'
      : each.facts.video.rate === 0 && each.stills === null
        ? 'still'
        : 'clip';
    result = addItem(after, binId, makeItem(id, name, kind, { media: each }));
    ids.push(id);
  }
  return { contents: result, ids };
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** As the plugin's call does it. */
export async function importFiles(
  studio: Studio,
  project: OpenProject,
  paths: readonly string[],
  binId: string,
  numberedStills: boolean,
): Promise<boolean> {
  const fault = studio.importFaults.get(++studio.importsBegun);
  const media = await mediaOf(studio, paths, numberedStills);
  if (!media || fault === 'refuse') {
    tellImport(studio, project, constants.OperationCompleteState.FAILED);
    return false;
  }
  // What is there when the call answers is nothing yet.
  if (fault !== 'lose') void appear(studio, project, media, binId);
  if (!project.closed) project.epoch++;
  return true;
}

async function appear(
  studio: Studio,
  project: OpenProject,
  media: readonly Media[],
  binId: string,
): Promise<void> {
  await wait(studio.options.importDelay);
  if (project.closed) return;
  const bin = findItem(project.contents, binId) ? binId : 'root';
  project.change('Import', withMedia(project.contents, bin, media).contents);
  tellImport(studio, project, constants.OperationCompleteState.SUCCESS);
  studio.changed();
}

function tellImport(studio: Studio, project: OpenProject, state: number): void {
  studio.events.tell(EVENTS.operation.IMPORT_MEDIA_COMPLETE, project.guid, { state });
}
