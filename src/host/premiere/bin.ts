/** The bin “Remastered”, and a render's item in it. */
import { because, LoupeError } from '../../errors.ts';
import { asClip, asFolder, findProject, type ProjectRef } from './find.ts';
import {
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
/** It is looked for more and more seldom. */
const LOOK_MS = 20;

/** The project again, since its handle is stale after every transaction. Rejects with `project-closed`. */
export async function needProject(ppro: Premiere, project: ProjectRef, path: string): Promise<Project> {
  const found = await findProject(ppro, project);
  if (!found) throw new LoupeError('project-closed', path);
  return found;
}

/**
 * The render's item in the bin: the one that is there, or a newly imported one. Rejects with `project-closed`,
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
      return bin && (await findByPath(ppro, bin, path))?.getId();
    });
  const there = await find();
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
  for (let wait = LOOK_MS; wait < IMPORT_MS / 2; wait *= 2) {
    const imported = await find();
    if (imported !== undefined) return imported;
    await new Promise<void>((resolve) => setTimeout(resolve, wait));
  }
  throw new LoupeError('import-failed', path);
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

async function findByPath(ppro: Premiere, bin: FolderItem, path: string): Promise<ProjectItem | undefined> {
  for (const item of await bin.getItems()) {
    const clip = await asClip(ppro, item);
    const its = clip && (await maybe(() => clip.getMediaFilePath()));
    if (its !== undefined && samePath(plainPath(its), path)) return item;
  }
  return undefined;
}
