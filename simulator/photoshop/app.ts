/** `require('photoshop').app`. [D] Photoshop API > Photoshop. */
import { installedProfiles } from '../colour/profiles.ts';
import type { Document, Dom } from './dom.ts';
import { newContents } from './edits.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import { modeOf, workingProfile } from './modes.ts';
import type { Action, BatchPlayOptions } from './action.ts';
import type { Descriptor } from './desktop.ts';

export interface DocumentOptions {
  name?: string;
  width?: number;
  height?: number;
  resolution?: number;
  mode?: string;
  depth?: number;
  fill?: string;
  profile?: string;
}

/** [D] Photoshop API > Documents. A picture of the moment it was asked for. */
export class Documents extends Array<Document> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  get typename(): 'Documents' {
    return 'Documents';
  }

  getByName(name: string): Document {
    const document = this.find((each) => each.name === name);
    if (!document) throw new PhotoshopError(`There is no document named "${name}"`);
    return document;
  }
}

export class App {
  readonly typename = 'Photoshop';
  readonly #dom: Dom;
  readonly #action: Action;

  constructor(dom: Dom, action: Action) {
    this.#dom = dom;
    this.#action = action;
  }

  /** [3P] Null when nothing is open, whatever the published types say. */
  get activeDocument(): Document | null {
    const { activeDocument } = this.#dom.desktop;
    return activeDocument ? this.#dom.document(activeDocument.id) : null;
  }

  set activeDocument(document: Document | null) {
    if (!document) throw new PhotoshopError('activeDocument must be a document');
    this.#dom.desktop.commandSync('app.activeDocument', () => {
      this.#dom.desktop.activeDocument = this.#dom.desktop.document(document.id);
      this.#dom.desktop.changed();
    });
  }

  get documents(): Documents {
    const result = new Documents();
    for (const { id } of this.#dom.desktop.documents) result.push(this.#dom.document(id));
    return result;
  }

  /** Defaults: "width 2100 pixels, height 1500 pixels, resolution 300 pixels per inch, mode RGB, white". */
  readonly createDocument = (options: DocumentOptions = {}): Promise<Document> =>
    this.#dom.desktop.command('app.createDocument', () => {
      const mode = options.mode ?? 'RGBColorMode';
      const fill = options.fill ?? 'white';
      const depth = options.depth ?? 8;
      if (fill !== 'white' && fill !== 'black' && fill !== 'transparent')
        throw new NotEmulatedError(`fill ${fill}`);
      if (depth !== 8 && depth !== 16 && depth !== 32)
        throw new PhotoshopError(`createDocument: bad depth ${depth}`);
      if (!modeOf(mode, depth)) throw new NotEmulatedError(`new documents in ${mode} of ${depth} bits`);
      const { width = 2100, height = 1500, resolution = 300 } = options;
      const profile = options.profile ?? workingProfile(mode);
      const contents = newContents({ width, height, resolution, mode, depth, profile, fill });
      const name = options.name ?? `Untitled-${this.#dom.desktop.documents.length + 1}`;
      return this.#dom.document(this.#dom.desktop.add(name, contents, 'New').id);
    });

  /** [D] "List of installed color profiles, for RGB and Gray modes." */
  readonly getColorProfiles = (colorMode = 'RGB'): string[] => {
    if (colorMode !== 'RGB' && colorMode !== 'Gray')
      throw new PhotoshopError(`getColorProfiles: there are none for ${colorMode}`);
    return [...installedProfiles(colorMode === 'RGB' ? 'RGB' : 'Grayscale')];
  };

  readonly batchPlay = (commands: Descriptor[], options?: BatchPlayOptions): Promise<Descriptor[]> =>
    this.#action.batchPlay(commands, options);

  readonly showAlert = async (message: string): Promise<void> => {
    await Promise.resolve();
    this.#dom.desktop.calls.note('app.showAlert');
    this.#dom.desktop.memory.warnings.push(`Alert: ${message}`);
  };

  readonly updateUI = async (): Promise<void> => {
    await this.#dom.desktop.command('app.updateUI', () => undefined);
  };

  readonly bringToFront = (): void => undefined;
}
