/** Another document like the one that is enhanced, of the result's size: a new one, or one to make a smart object in. */
import { LoupeError } from '../../../errors.ts';
import { factsOf } from '../job.ts';
import {
  type Document,
  type ExecutionContext,
  findDocument,
  type Layer,
  type Photoshop,
} from '../photoshop.ts';
import { emptiedCopy, type Like } from './emptied-copy.ts';

/** What Photoshop adds to a profile's name at 32 bits, and does not take back (Adobe, Imaging). */
const LINEAR = /\s*\(Linear [^)]*Profile\)$/;

/**
 * A document of the same mode, depth and profile, with one transparent layer of that name. It is closed without a trace
 * when the modal state ends, unless it is taken from the list before. It is the active one.
 */
export async function documentLike(
  ps: Photoshop,
  context: ExecutionContext,
  document: Document,
  like: Like,
): Promise<{ document: Document; layer: Layer }> {
  const { name, width, height } = like;
  const { mode, bits, profile } = factsOf(ps, document);
  const { id } =
    (await newDocument(ps, context, document, like)) ?? (await emptiedCopy(ps, context, document, like));
  const other = findDocument(ps, id);
  const layer = other?.layers[0];
  if (!other || !layer) throw new LoupeError('host-failed', 'the new document cannot be found');
  const now = factsOf(ps, other);
  if (now.width !== width || now.height !== height || now.mode !== mode || now.bits !== bits) {
    throw new LoupeError(
      'host-failed',
      `the new document is ${now.width} × ${now.height}, ${now.mode}, ${now.bits}`,
    );
  }
  // Its samples would mean other colours.
  if (now.profile !== profile) throw new LoupeError('profile-missing', plain(profile));
  layer.name = name;
  if (ps.app.activeDocument.id !== id) ps.app.activeDocument = other;
  return { document: other, layer };
}

/** Undefined, with nothing left behind, if the profile is not to be had by its name: then it is not installed. */
async function newDocument(
  ps: Photoshop,
  context: ExecutionContext,
  document: Document,
  { name, width, height, resolution }: Like,
): Promise<Document | undefined> {
  const options = { name, width, height, resolution, mode: newMode(ps, document) };
  const { bits: depth } = factsOf(ps, document);
  const fill = ps.constants.DocumentFill.TRANSPARENT;
  let made: Document | null;
  try {
    made = await ps.app.createDocument({ ...options, depth, fill, ...profileOf(ps, document) });
  } catch (thrown) {
    // What Photoshop does with a profile that is not installed is not documented; an error may mean that.
    if (isUntagged(ps, document)) throw thrown;
    return undefined;
  }
  if (!made) throw new LoupeError('host-failed', 'no document was made');
  await context.hostControl.registerAutoCloseDocument(made.id);
  assignProfile(ps, document, made);
  if (made.colorProfileName === document.colorProfileName) return made;
  made.closeWithoutSaving();
  return undefined;
}

/** Whether it came about is told by the name that the other has then. */
function assignProfile(ps: Photoshop, from: Document, to: Document): void {
  if (from.colorProfileName === to.colorProfileName) return;
  try {
    if (isUntagged(ps, from)) to.colorProfileType = ps.constants.ColorProfileType.NONE;
    else to.colorProfileName = plain(from.colorProfileName);
  } catch {
    // It is not installed.
  }
}

function isUntagged(ps: Photoshop, { colorProfileType }: Document): boolean {
  return colorProfileType === ps.constants.ColorProfileType.NONE;
}

function profileOf(ps: Photoshop, document: Document): { profile?: string } {
  return isUntagged(ps, document) ? {} : { profile: plain(document.colorProfileName) };
}

function plain(profile: string): string {
  return profile.replace(LINEAR, '');
}

function newMode(ps: Photoshop, { mode }: Document) {
  const { DocumentMode, NewDocumentMode } = ps.constants;
  switch (mode) {
    case DocumentMode.GRAYSCALE:
      return NewDocumentMode.GRAYSCALE;
    case DocumentMode.CMYK:
      return NewDocumentMode.CMYK;
    case DocumentMode.LAB:
      return NewDocumentMode.LAB;
    default:
      return NewDocumentMode.RGB;
  }
}
