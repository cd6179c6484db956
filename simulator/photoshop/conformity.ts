/**
 * Held by the compiler: what the plugin sees of the emulated Photoshop fits the published types
 * (@adobe-uxp-types/photoshop), member by member. A plugin written against those types can call everything here
 * as it expects. Nothing of this file is left at run time.
 */
import type { action, app, constants as publishedConstants, core, imaging } from 'photoshop';
import type { Document as PublishedDocument, Layer as PublishedLayer } from 'photoshop';
import type { Action } from './action.ts';
import type { App, Documents } from './app.ts';
import type { constants } from './constants.ts';
import type { createCore } from './core.ts';
import type { Document, HistoryState, Layer, Layers } from './dom.ts';
import type { Selection } from './selection.ts';
import type { PhotoshopImageData } from './image-data.ts';
import type { Imaging } from './imaging.ts';

type PublishedImageData = Awaited<ReturnType<typeof imaging.createImageDataFromBuffer>>;

type PublishedSelection = PublishedDocument['selection'];

/**
 * A published type with the emulation's classes in the place of Adobe's, and text in the place of string
 * enumerations: their values are checked by `Constants`.
 */
type Shape<T> = T extends PublishedDocument['layers']
  ? Layers
  : T extends (typeof app)['documents']
    ? Documents
    : T extends PublishedLayer
      ? Layer
      : T extends PublishedDocument
        ? Document
        : T extends PublishedDocument['activeHistoryState']
          ? HistoryState
          : T extends PublishedImageData
            ? PhotoshopImageData
            : T extends PublishedDocument['historyStates']
              ? HistoryState[]
              : T extends Promise<infer Value>
                ? Promise<Shape<Value>>
                : T extends (...args: infer Args) => infer Result
                  ? (...args: { [K in keyof Args]: Shape<Args[K]> }) => Shape<Result>
                  : T extends string
                    ? `${T}` extends T
                      ? T
                      : string
                    : T extends number
                      ? T
                      : T extends ArrayBufferView
                        ? T
                        : T extends object
                          ? { [K in keyof T]: Shape<T[K]> }
                          : T;

/** Fails to compile unless `Own` can stand where `Published` is expected. */
type Fits<Own extends Published, Published> = Own;

type Part<Published, Keys extends keyof Published> = { [K in Keys]: Shape<Published[K]> };

/** Overloads do not survive the mapping; both are tested. */
type DocumentKeys = Exclude<keyof Document, 'createLayer' | 'suspendHistory' | 'selection'>;
/** `activeDocument` is null when nothing is open, which the published types do not say. */
type AppKeys = Exclude<keyof App, 'activeDocument'>;
type CoreKeys = Exclude<keyof ReturnType<typeof createCore>, 'executeAsModal'>;

/** The enumerations' own values: exactly Adobe's, none missing. */
type Values<Enum> = { readonly [M in keyof Enum]: Enum[M] extends string ? `${Enum[M]}` : number };

type Execute = typeof core.executeAsModal<number>;

export interface Conformity {
  readonly document: Fits<Pick<Document, DocumentKeys>, Part<PublishedDocument, DocumentKeys>>;
  readonly layer: Fits<Layer, Part<PublishedLayer, keyof Layer>>;
  readonly app: Fits<Pick<App, AppKeys>, Part<typeof app, AppKeys>>;
  readonly core: Fits<Pick<ReturnType<typeof createCore>, CoreKeys>, Part<typeof core, CoreKeys>>;
  readonly executeAsModal: Fits<ReturnType<typeof createCore>['executeAsModal'], Execute>;
  /** `recordAction` is documented but not published. */
  readonly action: Fits<
    Omit<Action, 'recordAction'>,
    Part<typeof action, Exclude<keyof Action, 'recordAction'>>
  >;
  readonly selection: Fits<Selection, Part<PublishedSelection, keyof Selection>>;
  readonly imaging: Fits<Imaging, Part<typeof imaging, keyof Imaging>>;
  readonly imageData: Fits<PhotoshopImageData, PublishedImageData>;
  readonly constants: Fits<
    typeof constants,
    { readonly [E in keyof typeof constants]: Values<(typeof publishedConstants)[E]> }
  >;
}
