/**
 * A layer's settings in the layer's own metadata, an XMP packet that Photoshop saves with the layer and copies with it: so
 * they survive duplicating, renaming, saving under another name, and another machine. One property of a namespace of
 * Loupe's own; the rest of the packet is kept as it is.
 */
import * as v from 'valibot';
import { LayerSettings } from '../../bridge/protocol.ts';
import { describeLayer } from './descriptor.ts';
import type { Photoshop } from './photoshop.ts';

const NAMESPACE = 'urn:com.loupe.enhance:layer/';
const PREFIX = 'loupe';
const PROPERTY = 'settings';
const VERSION = 1;

const Kept = v.object({
  version: v.literal(VERSION),
  time: v.pipe(v.number(), v.finite()),
  settings: LayerSettings,
});

/** What was chosen, and when: milliseconds since 1970. */
export interface Dated {
  readonly settings: LayerSettings;
  readonly time: number;
}

/**
 * Writes the settings into the layer's metadata. A packet that is not understood, or settings in it that are of a later
 * Loupe or damaged, stay as they are. Never rejects: what is remembered is a convenience, and no reason to lose a
 * result. To be used within a modal state.
 */
export async function writeMetadata(
  ps: Photoshop,
  documentId: number,
  layerId: number,
  settings: LayerSettings,
): Promise<void> {
  const { xmp } = await describeLayer(ps, documentId, layerId);
  const packet = withSettings(xmp, { settings, time: Date.now() });
  if (packet === undefined) return;
  // As plugins do it (and ExtendScript's `layer.xmpMetadata.rawData`); Adobe does not list the property.
  const _target = [
    { _ref: 'property', _property: 'XMPMetadataAsUTF8' },
    { _ref: 'layer', _id: layerId },
    { _ref: 'document', _id: documentId },
  ];
  const command = { _obj: 'set', _target, to: { _obj: 'layer', XMPMetadataAsUTF8: packet } };
  await ps.action.batchPlay([command], {}).catch(() => undefined);
}

/** The settings in a layer's packet; undefined if there are none, or none that this Loupe understands. */
export function settingsIn(xmp: string | undefined): Dated | undefined {
  const found = xmp === undefined ? undefined : find(xmp);
  return found && understand(found.value);
}

/** The packet with the settings in it; undefined if it must stay as it is. */
export function withSettings(xmp: string | undefined, { settings, time }: Dated): string | undefined {
  const value = escaped(JSON.stringify({ version: VERSION, time, settings }));
  const description = `<rdf:Description rdf:about="" xmlns:${PREFIX}="${NAMESPACE}" ${PREFIX}:${PROPERTY}="${value}"/>`;
  if (xmp === undefined) return packetOf(description);
  const found = find(xmp);
  if (found) {
    if (!understand(found.value)) return undefined;
    return xmp.slice(0, found.start) + value + xmp.slice(found.end);
  }
  const opened = xmp.replace(
    /<rdf:RDF([^<>]*)\/>/,
    (_, attributes: string) => `<rdf:RDF${attributes}></rdf:RDF>`,
  );
  const end = opened.lastIndexOf('</rdf:RDF>');
  return end < 0 ? undefined : opened.slice(0, end) + description + opened.slice(end);
}

/** Where the property's value is in the packet, and what it says. XMP allows it as an attribute and as an element. */
function find(xmp: string): { start: number; end: number; value: string } | undefined {
  const declared = new RegExp(`xmlns:([\\w.-]+)\\s*=\\s*["']${NAMESPACE}["']`).exec(xmp);
  if (!declared) return undefined;
  const name = `${declared[1] ?? PREFIX}:${PROPERTY}`;
  for (const form of [`\\s${name}\\s*=\\s*"([^"]*)"`, `\\s${name}\\s*=\\s*'([^']*)'`, `<${name}>([^<]*)<`]) {
    const match = new RegExp(form).exec(xmp);
    const text = match?.[1];
    if (!match || text === undefined) continue;
    // The value ends one character, the quote or the bracket, before the match does.
    const end = match.index + match[0].length - 1;
    return { start: end - text.length, end, value: unescaped(text) };
  }
  return undefined;
}

function understand(value: string): Dated | undefined {
  try {
    const parsed = v.safeParse(Kept, JSON.parse(value));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function packetOf(description: string): string {
  const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</rdf:RDF>`;
  const body = `<x:xmpmeta xmlns:x="adobe:ns:meta/">${rdf}</x:xmpmeta>`;
  return `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>${body}<?xpacket end="w"?>`;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;');
}

function unescaped(text: string): string {
  return text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex: string, decimal: string, name: string) => {
      if (name) return ENTITIES[name] ?? whole;
      const code = hex ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    },
  );
}
