/** How footage is read, and its media's clock: FootageInterpretation, a plain value, and Media. */
import { Handle } from './handle.ts';
import type { FieldsOfFootage } from './interface.ts';
import {
  durationOf,
  findItem,
  rateOfItem,
  replaceItem,
  type Contents,
  type Interpretation,
  type Item,
} from './model.ts';
import type { OpenProject } from './project.ts';
import type { Studio } from './studio.ts';
import { tickTime, ticksOf, type TickTime } from './time.ts';
import type { Action } from './transaction.ts';

const FIELDS: readonly (readonly [FieldsOfFootage, number])[] = [
  ['default', -1],
  ['progressive', 0],
  ['upper-first', 1],
  ['lower-first', 2],
];

/** A copy: what is set on it counts once an action has given it to its item. */
export class FootageInterpretation {
  readonly ALPHACHANNEL_NONE = 0;
  readonly ALPHACHANNEL_STRAIGHT = 1;
  readonly ALPHACHANNEL_PREMULTIPLIED = 2;
  readonly ALPHACHANNEL_IGNORE = 3;
  readonly FIELD_TYPE_DEFAULT = -1;
  readonly FIELD_TYPE_PROGRESSIVE = 0;
  readonly FIELD_TYPE_UPPERFIRST = 1;
  readonly FIELD_TYPE_LOWERFIRST = 2;
  #rate: number;
  #pixelAspect: number;
  #fields: number;
  readonly #given: Interpretation;

  constructor(contents: Contents, item: Item) {
    this.#given = item.interpretation;
    this.#rate = rateOfItem(contents, item);
    this.#pixelAspect = item.interpretation.pixelAspect ?? item.media?.facts.video?.pixelAspect ?? 1;
    this.#fields = FIELDS.find(([name]) => name === item.interpretation.fields)?.[1] ?? -1;
  }

  getFrameRate(): number {
    return this.#rate;
  }

  setFrameRate(frameRate: number): boolean {
    if (!(frameRate > 0) || frameRate > 1000) return false;
    this.#rate = frameRate;
    return true;
  }

  getPixelAspectRatio(): number {
    return this.#pixelAspect;
  }

  setPixelAspectRatio(pixelAspectRatio: number): boolean {
    if (!(pixelAspectRatio > 0)) return false;
    this.#pixelAspect = pixelAspectRatio;
    return true;
  }

  getFieldType(): number {
    return this.#fields;
  }

  setFieldType(fieldType: number): boolean {
    if (!FIELDS.some(([, value]) => value === fieldType)) return false;
    this.#fields = fieldType;
    return true;
  }

  getRemovePullDown(): boolean {
    return false;
  }

  getAlphaUsage(): number {
    return this.ALPHACHANNEL_NONE;
  }

  getIgnoreAlpha(): boolean {
    return false;
  }

  getInvertAlpha(): boolean {
    return false;
  }

  getInputLUTID(): string {
    return '';
  }

  /** The host's side: what an item is given. */
  static valuesOf(footage: FootageInterpretation, contents: Contents, item: Item): Interpretation {
    const own = new FootageInterpretation(contents, item);
    const { rate, pixelAspect } = footage.#given;
    return {
      rate: own.#rate === footage.#rate ? rate : footage.#rate,
      pixelAspect: own.#pixelAspect === footage.#pixelAspect ? pixelAspect : footage.#pixelAspect,
      fields: FIELDS.find(([, value]) => value === footage.#fields)?.[0] ?? 'default',
    };
  }
}

export class Media extends Handle {
  protected readonly className = 'Media';
  readonly #itemId: string;

  constructor(studio: Studio, project: OpenProject, itemId: string) {
    super(studio, project);
    this.#itemId = itemId;
  }

  get start(): TickTime {
    return this.now('start', (project) =>
      tickTime(findItem(project.contents, this.#itemId)?.media?.start ?? 0n),
    );
  }

  get duration(): TickTime {
    return this.now('duration', ({ contents }) => {
      const item = findItem(contents, this.#itemId);
      return tickTime(item ? durationOf(contents, item) : 0n);
    });
  }

  createSetStartAction(time: TickTime): Action {
    return this.action('createSetStartAction', () => {
      const start = ticksOf(time);
      return {
        apply: (contents) =>
          replaceItem(contents, this.#itemId, (item) => ({
            ...item,
            media: item.media && { ...item.media, start },
          })),
      };
    });
  }
}
