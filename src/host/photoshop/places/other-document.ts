/** Another document like the one that is enhanced, of the result's size: a new one, or one to make a smart object in. */
import { LoupeError } from '../../../errors.ts';
import type { Dimensions } from '../../../size.ts';
import { factsOf } from '../job.ts';
import {
  type Document,
  type ExecutionContext,
  findDocument,
  type Layer,
  type Photoshop,
} from '../photoshop.ts';

export interface Like extends Dimensions {
  readonly name: string;
  readonly resolution: number;
}

/** What Photoshop adds to a profile's name at 32 bits, and does not take back (Adobe, Imaging). */
const LINEAR = /\s*\(Linear [^)]*Profile\)$/;

/**
 * A document of the same mode, depth and profile, with one transparent layer of that name. It is closed without a trace
 * when the modal state ends, unless it is taken from the list before.
 */
export async function documentLike(
  ps: Photoshop,
  context: ExecutionContext,
  document: Document,
  { name, width, height, resolution }: Like,
): Promise<{ document: Document; layer: Layer }> {
  const { mode, bits } = factsOf(ps, document);
  const options = { name, width, height, resolution, mode: newMode(ps, document), depth: bits };
  const fill = ps.constants.DocumentFill.TRANSPARENT;
  const make = (profile: { profile?: string }) => ps.app.createDocument({ ...options, fill, ...profile });
  // What Photoshop does with a profile that is not installed is not documented; an error may mean that.
  const made = await make(profileOf(ps, document)).catch(() => make({}));
  if (!made) throw new LoupeError('host-failed', 'no document was made');
  const { id } = made;
  await context.hostControl.registerAutoCloseDocument(id);
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
  assignProfile(ps, document, other);
  layer.name = name;
  return { document: other, layer };
}

/** Throws unless the new document has the other's profile: its samples would mean other colours. */
function assignProfile(ps: Photoshop, from: Document, to: Document): void {
  if (from.colorProfileName === to.colorProfileName) return;
  const { NONE } = ps.constants.ColorProfileType;
  try {
    if (from.colorProfileType === NONE) to.colorProfileType = NONE;
    else to.colorProfileName = plain(from.colorProfileName);
  } catch (cause) {
    throw new LoupeError('profile-missing', plain(from.colorProfileName), { cause });
  }
  if (from.colorProfileName !== to.colorProfileName) {
    throw new LoupeError('profile-missing', plain(from.colorProfileName));
  }
}

function profileOf(ps: Photoshop, { colorProfileName, colorProfileType }: Document): { profile?: string } {
  return colorProfileType === ps.constants.ColorProfileType.NONE ? {} : { profile: plain(colorProfileName) };
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
