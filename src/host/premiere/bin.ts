/** The bin “Remastered”, and a render's item in it. */
import { because, LoupeError } from '../../errors.ts';
import { asClip, asFolder, findProject, type ProjectRef } from './find.ts';
import {
  type ClipProjectItem,
  type FolderItem,
  maybe,
  plainPath,
  type Premiere,
  type Project,
  type ProjectItem,
  samePath,
  undisturbed,
} from './premiere.ts';
import { transact } from './transaction.ts';

/** How long an import may take to show, after Premiere has said that it is done. */
const IMPORT_MS = 20_000;
/** It is looked for more and more seldom, but once a second at least. */
const LOOK_MS = 20;
const LONGEST_MS = 1000;

/** The project again, since its handle is stale after every transaction. Rejects with `project-closed`. */
export async function needProject(ppro: Premiere, project: ProjectRef, path: string): Promise<Project> {
  const found = await findProject(ppro, project);
  if (!found) throw new LoupeError('project-closed', path);
  return found;
}

/**
 * The render's item in the bin: the one that is there and online, or a newly imported one. Rejects with `project-closed`,
 * `transaction-refused` or `import-failed`.
 */
export async function importRender(
  ppro: Premiere,
  projectRef: ProjectRef,
  render: { readonly path: string; readonly numberedStills: boolean },
  { binName, undoName }: { readonly binName: string; readonly undoName: string },
): Promise<string> {
  const { path, numberedStills } = render;
  const find = (): Promise<string | undefined> =>
    undisturbed(async () => {
      const bin = await findBin(ppro, await needProject(ppro, projectRef, path), binName);
      const item = bin && (await findOnline(ppro, bin, path));
      return item && ppro.ProjectItem.cast(item).getId();
    });
  const there =
    (await find()) ?? ((await refreshAll(ppro, projectRef, path, binName)) ? await find() : undefined);
  if (there !== undefined) return there;

  await undisturbed(async () => {
    const project = await needProject(ppro, projectRef, path);
    if (await findBin(ppro, project, binName)) return;
    const root = await project.getRootItem();
    transact(project, { what: because('make-bin', binName), undoName }, (add) =>
      add(root.createBinAction(binName, true)),
    );
  });
  const { project, bin } = await undisturbed(async () => {
    const now = await needProject(ppro, projectRef, path);
    return { project: now, bin: await findBin(ppro, now, binName) };
  });
  if (!bin) throw new LoupeError('import-failed', path);
  const done = await maybe(() =>
    project.importFiles([path], true, ppro.ProjectItem.cast(bin), numberedStills),
  ).catch(() => false);
  if (!done) throw new LoupeError('import-failed', path);
  const deadline = Date.now() + IMPORT_MS;
  for (let wait = LOOK_MS; ; wait = Math.min(2 * wait, LONGEST_MS)) {
    // Once more when the time is up: a slow machine may have slept through it.
    const last = Date.now() >= deadline;
    const imported = await find();
    if (imported !== undefined) return imported;
    if (last) throw new LoupeError('import-failed', path);
    await new Promise<void>((resolve) => setTimeout(resolve, wait));
  }
}

/**
 * Has Premiere look again for the file of items that are offline, as one whose drive was away.
 *
 * @returns whether there are any
 */
async function refreshAll(
  ppro: Premiere,
  projectRef: ProjectRef,
  path: string,
  binName: string,
): Promise<boolean> {
  return undisturbed(async () => {
    const bin = await findBin(ppro, await needProject(ppro, projectRef, path), binName);
    const found = bin ? await clipsOfFile(ppro, bin, path) : [];
    for (const clip of found) await maybe(() => clip.refreshMedia());
    return found.length > 0;
  });
}

/** The item in that bin, by its id. */
export async function findItem(
  ppro: Premiere,
  project: Project,
  binName: string,
  itemId: string,
): Promise<ProjectItem | undefined> {
  const bin = await findBin(ppro, project, binName);
  return (await bin?.getItems())?.find((item) => item.getId() === itemId);
}

async function findBin(ppro: Premiere, project: Project, name: string): Promise<FolderItem | undefined> {
  const root = await maybe(() => project.getRootItem());
  for (const item of (await root?.getItems()) ?? []) {
    if (item.name !== name) continue;
    const folder = await asFolder(ppro, item);
    if (folder) return folder;
  }
  return undefined;
}

/** What is offline would be laid as a placeholder. */
async function findOnline(
  ppro: Premiere,
  bin: FolderItem,
  path: string,
): Promise<ClipProjectItem | undefined> {
  for (const clip of await clipsOfFile(ppro, bin, path)) {
    if ((await maybe(() => clip.isOffline())) !== true) return clip;
  }
  return undefined;
}

async function clipsOfFile(ppro: Premiere, bin: FolderItem, path: string): Promise<ClipProjectItem[]> {
  const found: ClipProjectItem[] = [];
  for (const item of await bin.getItems()) {
    const clip = await asClip(ppro, item);
    const its = clip && (await maybe(() => clip.getMediaFilePath()));
    if (clip && its !== undefined && samePath(plainPath(its), path)) found.push(clip);
  }
  return found;
}
