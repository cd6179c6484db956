/**
 * The batchPlay commands emulated. [D] Photoshop API > batchPlay. Adobe documents how descriptors are played, but few of
 * them; their keys are as Photoshop itself records them ("Copy As JavaScript"). A command, or a key of one, that is not
 * known here throws: a silent no-op would let a plugin pass that fails.
 */
import type { Descriptor, Desktop } from './desktop.ts';
import { describeEffects, effectsFrom } from './effects.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import { applicationValues, COLOURS, documentValues, layerValues } from './batch-values.ts';
import { findLayer, replaceLayer, walk, type Contents, type Layer } from './model.ts';
import type { OpenDocument } from './open-document.ts';
import { resizeContents } from './resize.ts';
import { convertToSmartObject, insideOf } from './smart-object.ts';

export type Reference = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Commands that only ask; they work outside a modal scope. */
export const isQuery = (command: Descriptor): boolean => command._obj === 'get';

export function play(desktop: Desktop, command: Descriptor): Descriptor {
  const target = new Target(desktop, command['_target'] ?? command['null']);
  switch (command._obj) {
    case 'get':
      return get(desktop, target);
    case 'select':
      return select(command, target);
    case 'selectNoLayers':
      target.needDocument().select([]);
      return { _obj: 'selectNoLayers' };
    case 'show':
    case 'hide':
      return show(command, target);
    case 'set':
      return set(command, target);
    case 'imageSize':
      return imageSize(desktop, command, target);
    case 'newPlacedLayer':
      return newPlacedLayer(command, target);
    case 'placedLayerEditContents':
      return editContents(desktop, command, target);
    default:
      throw new NotEmulatedError(`batchPlay ${command._obj}`);
  }
}

/** What a command is aimed at: a chain of references, the innermost first. */
class Target {
  readonly #desktop: Desktop;
  readonly #references: readonly Reference[];

  constructor(desktop: Desktop, target: unknown) {
    this.#desktop = desktop;
    this.#references = (Array.isArray(target) ? target : [target]).filter(isRecord);
  }

  /** The property that is asked for or set. */
  get property(): string | undefined {
    const property = this.#references.map((each) => each['_property']).find((name) => name !== undefined);
    return typeof property === 'string' ? property : undefined;
  }

  /** The class of the object: 'layer', 'document', 'application', 'channel'. */
  get object(): unknown {
    return this.#references.find((each) => each['_ref'] !== undefined && each['_ref'] !== 'property')?.[
      '_ref'
    ];
  }

  get document(): OpenDocument | null {
    const id = this.#references.find((each) => each['_ref'] === 'document')?.['_id'];
    return typeof id === 'number' ? this.#desktop.document(id) : this.#desktop.activeDocument;
  }

  needDocument(): OpenDocument {
    const { document } = this;
    if (!document) throw new PhotoshopError('The command is not available: no document is open');
    return document;
  }

  get layers(): readonly Layer[] {
    const references = this.#references.filter((each) => each['_ref'] === 'layer');
    return references.flatMap((reference) => this.#layersOf(reference));
  }

  needLayer(command: string): Layer {
    const [layer, second] = this.layers;
    if (!layer) throw new PhotoshopError(`The command “${command}” is not available: no layer is its target`);
    if (second) throw new NotEmulatedError(`${command} of several layers`);
    return layer;
  }

  #layersOf({ _id: id, _name: name, _enum: kind }: Reference): readonly Layer[] {
    const document = this.needDocument();
    const { layers, activeLayerIds } = document.contents;
    if (typeof id === 'number') return [this.#desktop.layer(document.id, id)];
    if (typeof name === 'string') {
      const named = [...walk(layers)].find((each) => each.name === name);
      if (!named) throw new PhotoshopError(`There is no layer named "${name}"`);
      return [named];
    }
    if (kind !== 'ordinal')
      throw new NotEmulatedError('batchPlay with a layer by neither id, name nor ordinal');
    return activeLayerIds.map((each) => findLayer(layers, each)).filter((each) => each !== null);
  }
}

/** Throws at keys the emulation does not know the meaning of. */
function onlyKeys(command: Descriptor, ...known: string[]): void {
  const unknown = Object.keys(command).find((key) => !key.startsWith('_') && !known.includes(key));
  if (unknown !== undefined) throw new NotEmulatedError(`batchPlay ${command._obj} with ${unknown}`);
}

function get(desktop: Desktop, target: Target): Descriptor {
  const { property, object } = target;
  const values = valuesOf(desktop, target, property);
  if (property === undefined) return { _obj: 'get', ...values };
  const known = Object.hasOwn(values, property);
  // Photoshop answers an error where an object has no such property now.
  if (!known && object === 'layer' && ABSENT.has(property)) {
    throw new PhotoshopError(`The object “layer” has no property “${property}”`);
  }
  if (!known) throw new NotEmulatedError(`batchPlay get ${property} of ${String(object)}`);
  return { _obj: 'get', [property]: values[property] };
}

/** Properties that only some layers have. */
const ABSENT = new Set([
  'XMPMetadataAsUTF8',
  'layerEffects',
  'smartObject',
  'framedGroup',
  'userMaskEnabled',
]);

function valuesOf(desktop: Desktop, target: Target, property?: string): Record<string, unknown> {
  if (target.object === 'application') return applicationValues(desktop);
  if (target.object === 'document') return documentValues(target.needDocument());
  if (target.object !== 'layer') throw new NotEmulatedError(`batchPlay get of ${String(target.object)}`);
  const document = target.needDocument();
  const layer = target.needLayer('get');
  const values = layerValues(document, layer);
  if (property === 'XMPMetadataAsUTF8' && layer.xmp !== null)
    return { ...values, XMPMetadataAsUTF8: layer.xmp };
  const effects = layer.carried?.info.effects;
  return effects ? { ...values, layerEffects: describeEffects(effects) } : values;
}

function select(command: Descriptor, target: Target): Descriptor {
  onlyKeys(command, 'null', 'makeVisible', 'layerID', 'selectionModifier');
  if (target.object !== 'layer') throw new NotEmulatedError('batchPlay select of anything but layers');
  const document = target.needDocument();
  const ids = target.layers.map(({ id }) => id);
  const modifier = command['selectionModifier'];
  const how = isRecord(modifier) ? modifier['_value'] : undefined;
  const { activeLayerIds } = document.contents;
  const others = activeLayerIds.filter((id) => !ids.includes(id));
  if (how === undefined) document.select(ids);
  else if (how === 'addToSelection') document.select([...others, ...ids]);
  else if (how === 'removeFromSelection') document.select(others);
  else throw new NotEmulatedError(`batchPlay select with ${JSON.stringify(how)}`);
  return { _obj: 'select' };
}

function show(command: Descriptor, target: Target): Descriptor {
  onlyKeys(command, 'null');
  const visible = command._obj === 'show';
  for (const layer of target.layers) {
    changeLayer(target.needDocument(), 'Layer Visibility', layer, { ...layer, visible });
  }
  return { _obj: command._obj };
}

function set(command: Descriptor, target: Target): Descriptor {
  onlyKeys(command, 'null', 'to', 'options');
  const { property, object } = target;
  const { to } = command;
  if (object === 'channel' && property === 'selection') return deselect(target, to);
  if (object !== 'layer' || !isRecord(to)) throw new NotEmulatedError(`batchPlay set of ${String(object)}`);
  const document = target.needDocument();
  const layer = target.needLayer('set');
  if (property === 'XMPMetadataAsUTF8') {
    const xmp = to['XMPMetadataAsUTF8'];
    if (to['_obj'] !== 'layer' || typeof xmp !== 'string') {
      throw new PhotoshopError('set XMPMetadataAsUTF8: a text in a descriptor of a layer is required');
    }
    // Photoshop's XMP toolkit parses what it is given; what is no packet is not taken.
    if (!/<x:xmpmeta[\s>]/.test(xmp) || !/<rdf:RDF[\s>]/.test(xmp)) {
      throw new PhotoshopError('set XMPMetadataAsUTF8: this is no XMP packet');
    }
    changeLayer(document, 'Set Layer Metadata', layer, { ...layer, xmp });
    return { _obj: 'set' };
  }
  if (property === 'layerEffects') {
    if (layer.background) throw new PhotoshopError('The Background cannot have layer effects');
    const { info, raw } = layer.carried ?? { info: {}, raw: null };
    const carried = { info: { ...info, effects: effectsFrom(to) }, raw };
    changeLayer(document, 'Layer Style', layer, { ...layer, carried });
    return { _obj: 'set' };
  }
  if (property === undefined && typeof to['name'] === 'string' && Object.keys(to).length <= 2) {
    changeLayer(document, 'Layer Properties', layer, { ...layer, name: to['name'] });
    return { _obj: 'set' };
  }
  const { color } = to;
  if (property === undefined && isRecord(color) && Object.keys(to).length <= 2) {
    const label = Object.entries(COLOURS).find(([, name]) => name === color['_value'])?.[0];
    if (label === undefined) throw new PhotoshopError(`There is no label ${JSON.stringify(color['_value'])}`);
    const { info, raw } = layer.carried ?? { info: {}, raw: null };
    const carried = { info: { ...info, layerColor: label as keyof typeof COLOURS }, raw };
    changeLayer(document, 'Layer Properties', layer, { ...layer, carried });
    return { _obj: 'set' };
  }
  throw new NotEmulatedError(`batchPlay set ${property ?? JSON.stringify(to)} of a layer`);
}

function deselect(target: Target, to: unknown): Descriptor {
  if (!isRecord(to) || to['_enum'] !== 'ordinal' || to['_value'] !== 'none') {
    throw new NotEmulatedError('batchPlay set selection to anything but none');
  }
  const document = target.needDocument();
  if (document.contents.selection) {
    document.change('Deselect', { ...document.contents, selection: null });
  }
  return { _obj: 'set' };
}

/** As the Image Size dialog records it; `interfaceIconFrameDimmed` is how Photoshop names the interpolation there. */
function imageSize(desktop: Desktop, command: Descriptor, target: Target): Descriptor {
  const method = 'interfaceIconFrameDimmed';
  onlyKeys(command, 'null', 'width', 'height', 'resolution', 'scaleStyles', 'constrainProportions', method);
  const document = target.needDocument();
  const { contents } = document;
  const constrained = command['constrainProportions'] === true;
  const given = (key: string, unit: string): number | undefined => {
    const value = command[key];
    if (value === undefined) return undefined;
    if (!isRecord(value) || value['_unit'] !== unit || typeof value['_value'] !== 'number') {
      throw new NotEmulatedError(`batchPlay imageSize with a ${key} in other units than ${unit}`);
    }
    return value['_value'];
  };
  const width = given('width', 'pixelsUnit');
  const height = given('height', 'pixelsUnit');
  // Constrained, one side follows the other, whatever else was said of it; and only then are styles scaled.
  const ratio = contents.width / contents.height;
  const across =
    width ?? (height === undefined ? contents.width : constrained ? height * ratio : contents.width);
  const down = constrained
    ? width === undefined
      ? (height ?? contents.height)
      : across / ratio
    : (height ?? contents.height);
  const wanted = command[method];
  const resized = resizeContents(contents, {
    width: Math.round(across),
    height: Math.round(down),
    resolution: given('resolution', 'densityUnit') ?? contents.resolution,
    method: isRecord(wanted) && typeof wanted['_value'] === 'string' ? wanted['_value'] : 'bicubicAutomatic',
    scaleStyles: constrained && command['scaleStyles'] === true,
  });
  document.change('Image Size', resized);
  desktop.emit('imageSize', { _obj: 'imageSize', documentID: document.id });
  return { _obj: 'imageSize' };
}

function newPlacedLayer(command: Descriptor, target: Target): Descriptor {
  onlyKeys(command);
  const document = target.needDocument();
  const ids = target.layers.length > 0 ? target.layers.map(({ id }) => id) : document.contents.activeLayerIds;
  document.change('Convert to Smart Object', convertToSmartObject(document.contents, ids));
  return { _obj: 'newPlacedLayer' };
}

function editContents(desktop: Desktop, command: Descriptor, target: Target): Descriptor {
  onlyKeys(command, 'documentID', 'layerID');
  openContents(desktop, target.needDocument());
  return { _obj: 'placedLayerEditContents' };
}

/** Opens what the selected smart object holds as a document of its own; saving it updates the smart object. */
export function openContents(desktop: Desktop, document: OpenDocument): OpenDocument {
  const [id, second] = document.contents.activeLayerIds;
  if (id === undefined || second !== undefined) {
    throw new PhotoshopError('placedLayerEditContents: one layer must be selected');
  }
  const { file, inside } = insideOf(document.contents, id);
  const opened = desktop.add(file.name, inside, 'Open');
  opened.embeddedIn = { documentId: document.id, fileId: file.id };
  return opened;
}

function changeLayer(document: OpenDocument, command: string, { id }: Layer, changed: Layer): void {
  const contents: Contents = document.contents;
  document.change(command, { ...contents, layers: replaceLayer(contents.layers, id, () => [changed]) });
}
