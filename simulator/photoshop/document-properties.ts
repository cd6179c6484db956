/**
 * What a `Document` of the Photoshop DOM tells and does by itself: an id, looked up at every use.
 * [D] Photoshop API > Document.
 */
import type { Desktop } from './desktop.ts';
import { NotEmulatedError, PhotoshopError } from './errors.ts';
import { iccOf, profileName } from './modes.ts';
import type { OpenDocument } from './open-document.ts';
import { resizeContents } from './resize.ts';

export class DocumentProperties {
  readonly typename = 'Document';
  protected readonly desktop: Desktop;
  /** What saving does. */
  readonly #save: (document: OpenDocument) => void;
  readonly #id: number;

  constructor(desktop: Desktop, save: (document: OpenDocument) => void, id: number) {
    this.desktop = desktop;
    this.#save = save;
    this.#id = id;
  }

  get id(): number {
    return this.open().id;
  }

  get name(): string {
    return this.open().name;
  }

  get title(): string {
    return this.open().name;
  }

  /** Documents of the emulation come from no place on the disk. */
  get path(): string {
    return `/${this.open().name}`;
  }

  get saved(): boolean {
    return this.open().saved;
  }

  get cloudDocument(): boolean {
    this.open();
    return false;
  }

  get width(): number {
    return this.open().contents.width;
  }

  get height(): number {
    return this.open().contents.height;
  }

  get resolution(): number {
    return this.open().contents.resolution;
  }

  get pixelAspectRatio(): number {
    this.open();
    return 1;
  }

  get mode(): string {
    return this.open().contents.mode;
  }

  get bitsPerChannel(): string {
    return `bitDepth${this.open().contents.depth}`;
  }

  get colorProfileName(): string {
    const { profile, depth } = this.open().contents;
    return profile === '' ? 'None' : profileName(profile, depth);
  }

  get colorProfileType(): string {
    return this.open().contents.profile === '' ? 'none' : 'customEnum';
  }

  /** Edit > Assign Profile: the samples stay, and mean other colours. Throws unless it is installed. */
  set colorProfileName(profile: string) {
    this.#assign('document.colorProfileName', profile);
  }

  set colorProfileType(type: string) {
    if (type !== 'none') throw new NotEmulatedError(`colorProfileType ${type}`);
    this.#assign('document.colorProfileType', '');
  }

  #assign(call: string, profile: string): void {
    this.desktop.commandSync(call, () => {
      const document = this.open();
      const { contents } = document;
      document.change('Assign Profile', { ...contents, profile, icc: iccOf({ ...contents, profile }) });
    });
  }

  /** Resamples every layer and mask. Whole pixels; `resolution` in pixels per inch. */
  async resizeImage(
    width?: number,
    height?: number,
    resolution?: number,
    resampleMethod = 'bicubicAutomatic',
  ): Promise<void> {
    await this.desktop.command('document.resizeImage', () => {
      const document = this.open();
      const { contents } = document;
      const dpi = resolution ?? contents.resolution;
      if (!(dpi > 0)) throw new PhotoshopError('resizeImage: the resolution must be above 0');
      if (resampleMethod === 'none') {
        document.change('Image Size', { ...contents, resolution: dpi });
        return;
      }
      const across =
        width ?? (height === undefined ? contents.width : (contents.width * height) / contents.height);
      const down = height ?? (contents.height * across) / contents.width;
      const resized = resizeContents(contents, {
        width: Math.round(across),
        height: Math.round(down),
        resolution: dpi,
        method: resampleMethod,
        // [I] The DOM's method has no word of styles: they stay as they are, as with the dialog's box unticked.
        scaleStyles: false,
      });
      document.change('Image Size', resized);
      this.desktop.emit('imageSize', { _obj: 'imageSize', documentID: document.id });
    });
  }

  /** Without a person to ask, unsaved changes are thrown away unless `SAVECHANGES` is given. */
  close(saveDialogOptions = 2): Promise<void> {
    return this.desktop.command('document.close', () => {
      const document = this.open();
      if (saveDialogOptions === 2 && !document.saved) this.#save(document);
      this.desktop.close(document);
    });
  }

  closeWithoutSaving(): void {
    this.desktop.commandSync('document.closeWithoutSaving', () => this.desktop.close(this.open()));
  }

  save(): Promise<void> {
    return this.desktop.command('document.save', () => this.#save(this.open()));
  }

  protected open(): OpenDocument {
    return this.desktop.document(this.#id);
  }
}
