/**
 * `require('photoshop').action`: notifications, and the few batchPlay commands emulated. [D] Photoshop API >
 * batchPlay, event codes. Any other descriptor throws: a silent no-op would let a plugin pass that fails.
 */
import type { Descriptor, Desktop } from './desktop.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import { boundsOf, canvasOf, findLayer, walk, type Layer } from './model.ts';
import type { OpenDocument } from './open-document.ts';

export interface BatchPlayOptions {
  synchronousExecution?: boolean;
  modalBehavior?: 'wait' | 'execute' | 'fail';
  continueOnError?: boolean;
  dialogOptions?: 'silent' | 'dontDisplay' | 'display';
}

type Reference = Readonly<Record<string, unknown>>;
type NotificationListener = (name: string, descriptor: Descriptor) => void;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const BRIGHTNESS = {
  darkest: 'kPanelBrightnessDarkGray',
  dark: 'kPanelBrightnessMediumGray',
  light: 'kPanelBrightnessLightGray',
  lightest: 'kPanelBrightnessOriginal',
} as const;

export class Action {
  readonly #desktop: Desktop;

  constructor(desktop: Desktop) {
    this.#desktop = desktop;
  }

  readonly addNotificationListener = async (
    events: string[],
    notifier: NotificationListener,
  ): Promise<void> => {
    await Promise.resolve();
    if (!Array.isArray(events))
      throw new PhotoshopError('addNotificationListener: a list of events is required');
    this.#desktop.listen(events, notifier);
  };

  readonly removeNotificationListener = async (
    events: string[],
    notifier: NotificationListener,
  ): Promise<void> => {
    await Promise.resolve();
    this.#desktop.unlisten(events, notifier);
  };

  readonly batchPlay = async (
    commands: Descriptor[],
    options: BatchPlayOptions = {},
  ): Promise<Descriptor[]> => {
    const answers: Descriptor[] = [];
    for (const command of commands) {
      try {
        answers.push(await this.#play(command));
      } catch (error) {
        // [D] Errors of a command are answered as descriptors only where the caller asked to go on.
        if (!options.continueOnError || !(error instanceof PhotoshopError)) throw error;
        answers.push({ _obj: 'error', message: error.message, result: error.number ?? -1 });
      }
    }
    return answers;
  };

  async #play(command: Descriptor): Promise<Descriptor> {
    if (command._obj === 'get') {
      await Promise.resolve();
      return this.#desktop.query('action.batchPlay', () => this.#get(references(command['_target'])));
    }
    if (command._obj === 'select') {
      const target = references(command['_target']);
      return this.#desktop.command('action.batchPlay', () => {
        const { document, layer } = this.#target(target);
        if (!document || !layer) throw new NotEmulatedError('batchPlay select of anything but a layer');
        document.select([layer.id]);
        return { _obj: 'select' };
      });
    }
    throw new NotEmulatedError(`batchPlay ${command._obj}`);
  }

  #get(target: readonly Reference[]): Descriptor {
    const property = target.find((each) => each['_ref'] === 'property' || '_property' in each)?.['_property'];
    const object = target.find((each) => !('_property' in each))?.['_ref'];
    const values = this.#valuesOf(object, target);
    if (property === undefined) return { _obj: 'get', ...values };
    if (typeof property !== 'string' || !(property in values)) {
      throw new NotEmulatedError(`batchPlay get ${JSON.stringify(property)} of ${String(object)}`);
    }
    return { _obj: 'get', [property]: values[property] };
  }

  #valuesOf(object: unknown, target: readonly Reference[]): Record<string, unknown> {
    const { document, layer } = this.#target(target);
    if (object === 'application') {
      return {
        hostName: 'Photoshop',
        hostVersion: { _obj: 'version', versionMajor: Number.parseInt(this.#desktop.version, 10) },
        interfacePrefs: {
          _obj: 'interfacePrefs',
          kuiBrightnessLevel: { _enum: 'uiBrightnessLevelEnumType', _value: BRIGHTNESS[this.#desktop.theme] },
        },
      };
    }
    if (object === 'document' && document) {
      const { contents } = document;
      return {
        documentID: document.id,
        title: document.name,
        depth: contents.depth,
        numberOfLayers: [...walk(contents.layers)].length,
        targetLayersIDs: contents.activeLayerIds.map((id) => ({ _ref: 'layer', _id: id })),
      };
    }
    if (object === 'layer' && document && layer) {
      const bounds = boundsOf(layer, canvasOf(document.contents));
      return {
        layerID: layer.id,
        name: layer.name,
        visible: layer.visible,
        background: layer.background,
        boundsNoEffects: { _obj: 'rectangle', ...bounds },
      };
    }
    throw new NotEmulatedError(`batchPlay get of ${String(object)}`);
  }

  #target(target: readonly Reference[]): { document: OpenDocument | null; layer: Layer | null } {
    const ofDocument = target.find((each) => each['_ref'] === 'document');
    const documentId = ofDocument?.['_id'];
    const document =
      typeof documentId === 'number' ? this.#desktop.document(documentId) : this.#desktop.activeDocument;
    const ofLayer = target.find((each) => each['_ref'] === 'layer');
    if (!ofLayer || !document) return { document, layer: null };
    const { layers, activeLayerIds } = document.contents;
    const { _id: id, _name: name } = ofLayer;
    if (typeof id === 'number') return { document, layer: this.#desktop.layer(document.id, id) };
    if (typeof name === 'string') {
      const named = [...walk(layers)].find((each) => each.name === name);
      if (!named) throw new PhotoshopError(`There is no layer named "${name}"`);
      return { document, layer: named };
    }
    const active = activeLayerIds[0];
    return { document, layer: active === undefined ? null : findLayer(layers, active) };
  }
}

function references(target: unknown): readonly Reference[] {
  const list: readonly unknown[] = Array.isArray(target) ? target : [target];
  return list.filter(isRecord);
}
