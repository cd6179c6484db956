/**
 * Just enough of Photoshop for the host's tests: documents of layers with pixels, held as RGBA in whatever mode, imaging that trims and
 * counts what is disposed, and modal states that roll back. The full emulation is in simulator/.
 */
import type { Bounds, Photoshop } from '../../../src/host/photoshop/photoshop.ts';

export type Samples = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

export interface FakeLayer {
  id: number;
  name: string;
  kind: string;
  visible: boolean;
  allLocked: boolean;
  pixelsLocked: boolean;
  isBackgroundLayer: boolean;
  isClippingMask: boolean;
  parent: FakeLayer | null;
  layers: FakeLayer[] | null;
  selected: boolean;
  /** What batchPlay tells of it, by property. */
  described: Record<string, unknown>;
  /** A mask of one byte a pixel; outside of its box there is none. */
  mask?: { box: Bounds; samples: Uint8Array<ArrayBuffer> };
  layerMaskDensity: number;
  /** RGBA rows over `box`; gray is in the first. */
  box: Bounds;
  pixels: Samples;
  readonly boundsNoEffects: Bounds;
  move(relative: FakeLayer, placement: string): void;
}

export interface FakeDocument {
  id: number;
  name: string;
  path: string;
  width: number;
  height: number;
  resolution: number;
  mode: string;
  bitsPerChannel: string;
  colorProfileName: string;
  artboards: FakeLayer[];
  /** A selection of one byte a pixel. */
  selection: { bounds: Bounds | null; samples?: Uint8Array<ArrayBuffer> };
  layers: FakeLayer[];
  history: string[];
  readonly activeLayers: FakeLayer[];
  resizeImage(width: number, height: number): Promise<void>;
  createPixelLayer(options: { name: string }): Promise<FakeLayer>;
}

interface Descriptor {
  _obj: string;
  _target: { _ref?: string; _id?: number; _property?: string }[];
  to?: Record<string, unknown>;
}

interface ImageData {
  width: number;
  height: number;
  components: number;
  getData(options: { fullRange?: boolean }): Promise<Samples>;
  dispose(): Promise<void>;
  samples: Samples;
}

const MAX = 100_000;

export function fakePhotoshop() {
  const documents: FakeDocument[] = [];
  let active: FakeDocument | undefined;
  let modal = false;
  let cancelled = false;
  let suspended: string | undefined;
  let ids = 10;
  const listeners: (() => void)[] = [];
  const fake = {
    undisposed: 0,
    /** Another command is in the way. */
    busy: false,
    /** Colour space, profile and depth of every read of pixels. */
    read: [] as string[],
    alerts: [] as string[],
    /** Called before every call of an imaging or document function. */
    before: (() => undefined) as (call: string) => void,
    calls: [] as string[],
    pressEscape: (): void => {
      cancelled = true;
    },
    fire: (): void => {
      for (const listener of listeners) listener();
    },
    close: (document: FakeDocument): void => {
      documents.splice(documents.indexOf(document), 1);
      active = documents[0];
    },
  };
  const enter = (call: string): void => {
    if (!modal) throw new Error(`${call} outside a modal state`);
    fake.calls.push(call);
    fake.before(call);
    if (cancelled) throw new Error('user cancelled');
  };
  const imageData = (width: number, height: number, components: number, samples: Samples): ImageData => {
    fake.undisposed += 1;
    return {
      width,
      height,
      components,
      samples,
      getData: ({ fullRange }) =>
        samples.BYTES_PER_ELEMENT === 2 && !fullRange
          ? Promise.reject(new Error('the test reads 16 bits over their full range only'))
          : Promise.resolve(samples.slice()),
      dispose: () => {
        fake.undisposed -= 1;
        return Promise.resolve();
      },
    };
  };
  /** One byte a pixel of what of the box was asked for. */
  const coverageOf = (box: Bounds, samples: Uint8Array<ArrayBuffer>, asked: Bounds) => {
    const bounds = intersect(box, asked);
    if (empty(bounds)) {
      return { imageData: imageData(0, 0, 1, new Uint8Array(0)), sourceBounds: { ...asked } };
    }
    const width = bounds.right - bounds.left;
    const height = bounds.bottom - bounds.top;
    const cut = new Uint8Array(width * height);
    for (let y = 0; y < height; y += 1) {
      const from = (bounds.top + y - box.top) * (box.right - box.left) + bounds.left - box.left;
      cut.set(samples.subarray(from, from + width), y * width);
    }
    return { imageData: imageData(width, height, 1, cut), sourceBounds: bounds };
  };
  const locate = (documentId: number, layerId: number): { document: FakeDocument; layer: FakeLayer } => {
    const document = documents.find((each) => each.id === documentId);
    const layer = document && [...walk(document.layers)].find((each) => each.id === layerId);
    if (!layer) throw new Error('there is no such layer');
    return { document, layer };
  };

  const ps = {
    app: {
      documents,
      get activeDocument() {
        return active;
      },
      set activeDocument(document: FakeDocument | undefined) {
        active = document;
      },
    },
    constants: {
      DocumentMode: {
        RGB: 'RGBColorMode',
        GRAYSCALE: 'grayscaleMode',
        CMYK: 'CMYKColorMode',
        LAB: 'labColorMode',
      },
      BitsPerChannelType: {
        ONE: 'bitDepth1',
        EIGHT: 'bitDepth8',
        SIXTEEN: 'bitDepth16',
        THIRTYTWO: 'bitDepth32',
      },
      LayerKind: {
        NORMAL: 'pixel',
        TEXT: 'text',
        SMARTOBJECT: 'smartObject',
        GROUP: 'group',
        SOLIDFILL: 'solidColor',
        GRADIENTFILL: 'gradientFill',
        PATTERNFILL: 'pattern',
        VIDEO: 'video',
        LAYER3D: 'threeD',
      },
      ElementPlacement: { PLACEBEFORE: 'placeBefore' },
      ResampleMethod: { AUTOMATIC: 'bicubicAutomatic' },
    },
    action: {
      addNotificationListener: (_events: string[], listener: () => void) => {
        listeners.push(listener);
        return Promise.resolve();
      },
      batchPlay: (commands: Descriptor[]) =>
        after(() =>
          commands.map((command) => {
            const { layer } = locate(referred(command, 'document'), referred(command, 'layer'));
            const [{ _property: property = '' } = {}] = command._target;
            if (command._obj === 'get') {
              const known: Record<string, unknown> = {
                hasUserMask: layer.mask !== undefined,
                ...layer.described,
              };
              // A property that is not there is an error of its own command, with continueOnError.
              return property in known ? { [property]: known[property] } : { _obj: 'error', result: -128 };
            }
            if (command._obj !== 'set' || property !== 'XMPMetadataAsUTF8') throw new Error(command._obj);
            enter('set metadata');
            layer.described = {
              ...layer.described,
              metadata: { _obj: 'metadata', layerXMP: command.to?.['XMPMetadataAsUTF8'] },
            };
            return {};
          }),
        ),
    },
    core: {
      showAlert: ({ message }: { message: string }) => {
        fake.alerts.push(message);
        return Promise.resolve();
      },
      async executeAsModal(work: (context: object) => Promise<unknown>) {
        if (fake.busy || modal) throw Object.assign(new Error('host is in a modal state'), { number: 9 });
        modal = true;
        cancelled = false;
        const saved = documents.map((document) => ({ document, state: snapshot(document) }));
        const context = {
          get isCancelled() {
            return cancelled;
          },
          reportProgress: () => undefined,
          hostControl: {
            suspendHistory: ({ name }: { name: string }) => {
              suspended = name;
              return Promise.resolve({ historySuspensionID: 1 });
            },
            resumeHistory: () => {
              if (suspended !== undefined) active?.history.push(suspended);
              suspended = undefined;
              return Promise.resolve();
            },
          },
        };
        try {
          return await work(context);
        } catch (thrown) {
          for (const { document, state } of saved) Object.assign(document, state);
          throw thrown;
        } finally {
          suspended = undefined;
          modal = false;
        }
      },
    },
    imaging: {
      getPixels: (options: {
        documentID: number;
        layerID: number;
        sourceBounds: Bounds;
        targetSize?: { width: number; height?: number };
        colorSpace: string;
        colorProfile?: string;
        componentSize: number;
      }) =>
        after(() => {
          enter('getPixels');
          const { colorSpace, colorProfile = 'own', componentSize } = options;
          fake.read.push(`${colorSpace} ${colorProfile} ${componentSize}`);
          const { document, layer } = locate(options.documentID, options.layerID);
          const bounds = search(layer, intersect(options.sourceBounds, layer.box));
          if (empty(bounds)) throw new Error('there are no pixels in the requested area');
          const gray = colorSpace === 'Grayscale';
          if (gray !== (document.mode === 'grayscaleMode') && gray) throw new Error('no such conversion');
          // No alpha with Grayscale: AdobeDocs/uxp-photoshop, issue 501.
          const components = gray ? 1 : layer.isBackgroundLayer ? 3 : 4;
          const source = { width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
          const width = options.targetSize?.width ?? source.width;
          const height =
            options.targetSize?.height ?? Math.max(1, Math.round((source.height * width) / source.width));
          const samples = samplesOf(componentSize / 8, width * height * components);
          const answer = () => ({
            imageData: imageData(width, height, components, samples),
            sourceBounds: bounds,
            level: 0,
          });
          const { BYTES_PER_ELEMENT } = layer.pixels;
          if (!options.targetSize && components === 4 && BYTES_PER_ELEMENT === samples.BYTES_PER_ELEMENT) {
            for (let y = 0; y < height; y += 1) {
              const from = at(layer, bounds.left, bounds.top + y);
              samples.set(layer.pixels.subarray(from, from + width * 4), y * width * 4);
            }
            return answer();
          }
          const convert = (sample: number): number => {
            if (BYTES_PER_ELEMENT === samples.BYTES_PER_ELEMENT) return sample;
            return BYTES_PER_ELEMENT === 4
              ? Math.round(Math.min(1, Math.max(0, sample)) * (2 ** componentSize - 1))
              : sample >> (8 * (BYTES_PER_ELEMENT - samples.BYTES_PER_ELEMENT));
          };
          for (let y = 0; y < height; y += 1) {
            for (let x = 0; x < width; x += 1) {
              const from = at(
                layer,
                bounds.left + Math.floor((x * source.width) / width),
                bounds.top + Math.floor((y * source.height) / height),
              );
              for (let c = 0; c < components; c += 1) {
                samples[(y * width + x) * components + c] = convert(layer.pixels[from + c] ?? 0);
              }
            }
          }
          return answer();
        }),
      getLayerMask: (options: { documentID: number; layerID: number; sourceBounds: Bounds }) =>
        after(() => {
          enter('getLayerMask');
          const { mask } = locate(options.documentID, options.layerID).layer;
          if (!mask) throw new Error('the layer has no mask');
          return coverageOf(mask.box, mask.samples, options.sourceBounds);
        }),
      getSelection: (options: { documentID: number; sourceBounds: Bounds }) =>
        after(() => {
          enter('getSelection');
          const { selection } = documents.find(({ id }) => id === options.documentID) ?? {};
          if (!selection?.bounds || empty(intersect(selection.bounds, options.sourceBounds)))
            throw new Error('nothing is selected there');
          const { left, top, right, bottom } = selection.bounds;
          const all = new Uint8Array((right - left) * (bottom - top)).fill(255);
          return coverageOf(selection.bounds, selection.samples ?? all, options.sourceBounds);
        }),
      createImageDataFromBuffer: (
        samples: Samples,
        options: { width: number; height: number; components: number; fullRange?: boolean },
      ) =>
        after(() => {
          if (samples.length !== options.width * options.height * options.components)
            throw new Error('wrong length');
          if (samples.BYTES_PER_ELEMENT === 2 && !options.fullRange)
            throw new Error('16 bits over their full range only');
          return imageData(options.width, options.height, options.components, samples.slice());
        }),
      putPixels: (options: {
        documentID: number;
        layerID: number;
        imageData: ImageData;
        replace?: boolean;
        targetBounds: { left: number; top: number };
      }) =>
        after(() => {
          enter('putPixels');
          const { layer } = locate(options.documentID, options.layerID);
          if (options.replace !== false) layer.pixels = layer.pixels.slice().fill(0);
          const { left, top } = options.targetBounds;
          const { width, height, components, samples } = options.imageData;
          grow(layer, { left, top, right: left + width, bottom: top + height }, samples.BYTES_PER_ELEMENT);
          const opaque = samples.BYTES_PER_ELEMENT === 4 ? 1 : 2 ** (8 * samples.BYTES_PER_ELEMENT) - 1;
          for (let y = 0; y < height; y += 1) {
            for (let x = 0; x < width; x += 1) {
              const to = at(layer, left + x, top + y);
              const from = (y * width + x) * components;
              for (let c = 0; c < 4; c += 1)
                layer.pixels[to + c] = c < components ? (samples[from + c] ?? 0) : opaque;
            }
          }
        }),
    },
  };

  const makeLayer = (document: FakeDocument, given: Partial<FakeLayer>): FakeLayer => ({
    id: (ids += 1),
    name: 'Layer',
    kind: 'pixel',
    visible: true,
    allLocked: false,
    pixelsLocked: false,
    isBackgroundLayer: false,
    isClippingMask: false,
    parent: null,
    layers: null,
    selected: false,
    described: {},
    layerMaskDensity: 100,
    box: { left: 0, top: 0, right: 0, bottom: 0 },
    pixels: new Uint8Array(0),
    get boundsNoEffects() {
      return trimmed(this);
    },
    move(relative, placement) {
      enter('move');
      if (placement !== 'placeBefore') throw new Error(placement);
      const siblings = relative.parent?.layers ?? document.layers;
      const old = this.parent?.layers ?? document.layers;
      old.splice(old.indexOf(this), 1);
      siblings.splice(siblings.indexOf(relative), 0, this);
      this.parent = relative.parent;
    },
    ...given,
  });

  return {
    ps: ps as unknown as Photoshop,
    fake,
    open: (given: Partial<Omit<FakeDocument, 'layers'>>, layers: Partial<FakeLayer>[]): FakeDocument => {
      const document: FakeDocument = {
        id: documents.length + 1,
        name: 'picture.psd',
        path: '/pictures/picture.psd',
        width: 100,
        height: 100,
        resolution: 72,
        mode: 'RGBColorMode',
        bitsPerChannel: 'bitDepth8',
        colorProfileName: 'sRGB IEC61966-2.1',
        artboards: [],
        selection: { bounds: null },
        layers: [],
        history: [],
        get activeLayers() {
          return [...walk(this.layers)].filter((layer) => layer.selected);
        },
        resizeImage(width, height) {
          return after(() => {
            enter('resizeImage');
            const factor = width / this.width;
            for (const layer of walk(this.layers)) enlarge(layer, factor);
            this.width = width;
            this.height = height;
          });
        },
        createPixelLayer({ name }) {
          return after(() => {
            enter('createPixelLayer');
            const layer = makeLayer(this, { name, selected: true });
            for (const each of walk(this.layers)) each.selected = false;
            this.layers.unshift(layer);
            return layer;
          });
        },
        ...given,
      };
      document.layers = layers.map((layer) => makeLayer(document, layer));
      for (const group of document.layers) {
        if (group.layers)
          group.layers = group.layers.map((layer) => makeLayer(document, { ...layer, parent: group }));
      }
      const [first] = document.layers;
      if (first && document.activeLayers.length === 0 && first.kind !== 'none') first.selected = true;
      documents.push(document);
      active = document;
      return document;
    },
  };
}

/** A layer's worth of noise, opaque unless `alpha` says otherwise, at a place in the document. */
export function noise(
  box: Bounds,
  depth: 8 | 16 | 32 = 8,
  alpha?: (x: number, y: number) => number,
): Pick<FakeLayer, 'box' | 'pixels'> {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const pixels = samplesOf(depth / 8, width * height * 4);
  const opaque = depth === 32 ? 1 : 2 ** depth - 1;
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 4) {
      const a = alpha ? alpha(x, y) : 1;
      if (a === 0) continue;
      // At 32 bits from −0.5 to 7.5.
      for (let c = 0; c < 3; c += 1) {
        const sample = ((i + c) * 40503) >>> 5;
        pixels[i + c] = depth === 32 ? (sample & 1023) / 128 - 0.5 : sample;
      }
      pixels[i + 3] = a * opaque;
    }
  }
  return { box, pixels };
}

/** The layer's RGBA at a point of the document. */
export function pixelAt(layer: FakeLayer, x: number, y: number): number[] {
  const i = at(layer, x, y);
  return [...layer.pixels.subarray(i, i + 4)];
}

function* walk(layers: FakeLayer[]): Generator<FakeLayer> {
  for (const layer of [...layers]) {
    yield layer;
    if (layer.layers) yield* walk(layer.layers);
  }
}

function snapshot(document: FakeDocument) {
  const copy = (layers: FakeLayer[]): FakeLayer[] =>
    layers.map((layer) => {
      const twin = Object.defineProperties({}, Object.getOwnPropertyDescriptors(layer)) as FakeLayer;
      twin.pixels = layer.pixels.slice();
      if (layer.layers) twin.layers = copy(layer.layers);
      return twin;
    });
  return {
    layers: copy(document.layers),
    width: document.width,
    height: document.height,
    history: [...document.history],
  };
}

/** Settles in a later turn of the event loop, as calls of Photoshop do. */
async function after<T>(run: () => T): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve));
  return run();
}

function at({ box }: FakeLayer, x: number, y: number): number {
  return ((y - box.top) * (box.right - box.left) + x - box.left) * 4;
}

function samplesOf(bytes: number, length: number): Samples {
  if (bytes === 1) return new Uint8Array(length);
  return bytes === 2 ? new Uint16Array(length) : new Float32Array(length);
}

/** The id in a descriptor's reference to such a thing. */
function referred({ _target }: Descriptor, kind: string): number {
  return _target.find(({ _ref }) => _ref === kind)?._id ?? -1;
}

function intersect(a: Bounds, b: Bounds): Bounds {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

function empty({ left, top, right, bottom }: Bounds): boolean {
  return right <= left || bottom <= top;
}

const known = new WeakMap<Samples, Bounds>();

/** The bounds of what is not fully transparent. A layer given without pixels is as large as its box. */
function trimmed(layer: FakeLayer): Bounds {
  const { box, pixels } = layer;
  if (pixels.length === 0) return box;
  let bounds = known.get(pixels);
  if (!bounds) known.set(pixels, (bounds = search(layer, box)));
  return bounds;
}

/** The bounds of what is not fully transparent within `box`; all zero if nothing is. */
function search({ box: whole, pixels }: FakeLayer, box: Bounds): Bounds {
  const found = { left: MAX, top: MAX, right: -MAX, bottom: -MAX };
  const width = whole.right - whole.left;
  for (let y = box.top; y < box.bottom; y += 1) {
    const row = (y - whole.top) * width - whole.left;
    const visible = (x: number): boolean => pixels[(row + x) * 4 + 3] !== 0;
    let first = box.left;
    while (first < box.right && !visible(first)) first += 1;
    if (first >= box.right) continue;
    let last = box.right - 1;
    while (!visible(last)) last -= 1;
    found.left = Math.min(found.left, first);
    found.right = Math.max(found.right, last + 1);
    found.top = Math.min(found.top, y);
    found.bottom = y + 1;
  }
  return empty(found) ? { left: 0, top: 0, right: 0, bottom: 0 } : found;
}

function redraw(
  layer: FakeLayer,
  box: Bounds,
  bytes: number,
  from: (x: number, y: number) => number | undefined,
): void {
  const width = box.right - box.left;
  const length = width * (box.bottom - box.top) * 4;
  const pixels = samplesOf(bytes, length);
  for (let i = 0; i < length; i += 4) {
    const source = from(box.left + ((i / 4) % width), box.top + Math.floor(i / 4 / width));
    if (source === undefined) continue;
    for (let c = 0; c < 4; c += 1) pixels[i + c] = layer.pixels[source + c] ?? 0;
  }
  layer.pixels = pixels;
  layer.box = box;
}

function grow(layer: FakeLayer, { left, top, right, bottom }: Bounds, bytes: number): void {
  const { box, pixels } = layer;
  const whole = empty(box)
    ? { left, top, right, bottom }
    : {
        left: Math.min(left, box.left),
        top: Math.min(top, box.top),
        right: Math.max(right, box.right),
        bottom: Math.max(bottom, box.bottom),
      };
  const length = (whole.right - whole.left) * (whole.bottom - whole.top) * 4;
  layer.pixels = samplesOf(bytes, length);
  layer.box = whole;
  const row = (box.right - box.left) * 4;
  for (let y = box.top; y < box.bottom; y += 1) {
    layer.pixels.set(pixels.subarray((y - box.top) * row, (y - box.top + 1) * row), at(layer, box.left, y));
  }
}

function enlarge(layer: FakeLayer, factor: number): void {
  if (layer.pixels.length === 0) return;
  const { box } = layer;
  const before = { ...layer, box };
  const larger = {
    left: box.left * factor,
    top: box.top * factor,
    right: box.right * factor,
    bottom: box.bottom * factor,
  };
  redraw(layer, larger, layer.pixels.BYTES_PER_ELEMENT, (x, y) =>
    at(before, Math.floor(x / factor), Math.floor(y / factor)),
  );
}
