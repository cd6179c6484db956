/**
 * The running program: its documents, its modal state and its listeners. The plugin's modules and the user's
 * hands both work on it; the rules that hold for every call of the plugin's are here (`read`, `write`).
 */
import type { CallName, Theme } from './interface.ts';
import { Calls } from '../uxp/calls.ts';
import { ImageMemory } from './memory.ts';
import { ModalState } from './modal.ts';
import { PhotoshopError } from './errors.ts';
import { OpenDocument } from './open-document.ts';
import { findLayer, type Contents, type Layer } from './model.ts';

type Listener = (event: string, descriptor: Descriptor) => void;
/** An event's or a command's values, in Photoshop's action descriptor notation. */
export interface Descriptor {
  [name: string]: unknown;
  _obj: string;
}

export interface DesktopOptions {
  readonly pluginName: string;
  readonly version: string;
  readonly locale: string;
  readonly theme: Theme;
}

/** A turn of the event loop: what a call into Photoshop takes at the least. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    }
  });
}

export class Desktop {
  readonly calls: Calls;
  readonly memory = new ImageMemory();
  readonly modal: ModalState;
  readonly pluginName: string;
  readonly version: string;
  locale: string;
  theme: Theme;
  readonly documents: OpenDocument[] = [];
  activeDocument: OpenDocument | null = null;
  private nextDocumentId = 1;
  private readonly changeListeners = new Set<() => void>();
  private readonly eventListeners: { event: string; listener: Listener }[] = [];

  constructor(options: DesktopOptions, calls: Calls) {
    this.calls = calls;
    this.pluginName = options.pluginName;
    this.version = options.version;
    this.locale = options.locale;
    this.theme = options.theme;
    this.modal = new ModalState({
      pluginName: options.pluginName,
      document: (id) => this.document(id),
      close: (document) => this.close(document),
      notify: (event) => this.emit(event, { _obj: event }, true),
      changed: () => this.changed(),
    });
  }

  /** A query of the plugin's that works anywhere. */
  query<T>(call: CallName, run: () => T): T {
    this.calls.note(call);
    return run();
  }

  /** A synchronous command of the plugin's: only inside a modal scope. */
  commandSync<T>(call: CallName, run: () => T): T {
    this.enter(call);
    this.needModal(call);
    return run();
  }

  /** A command of the plugin's, or a reading of pixels: only inside a modal scope. */
  async command<T>(call: CallName, run: () => T): Promise<T> {
    this.enter(call);
    this.needModal(call);
    await turn();
    // The user may have cancelled, or closed the document, in between.
    this.refuseCancelled();
    const result = run();
    this.changed();
    return result;
  }

  document(id: number): OpenDocument {
    const document = this.documents.find((each) => each.id === id);
    if (!document) throw new PhotoshopError(`The document ${id} is not open any more`);
    return document;
  }

  layer(documentId: number, layerId: number): Layer {
    const layer = findLayer(this.document(documentId).contents.layers, layerId);
    if (!layer) throw new PhotoshopError(`The layer ${layerId} does not exist any more`);
    return layer;
  }

  add(name: string, contents: Contents, opened: 'Open' | 'New'): OpenDocument {
    const document = new OpenDocument(this.nextDocumentId++, name, contents, opened);
    this.documents.push(document);
    this.activeDocument = document;
    this.emit(opened === 'Open' ? 'open' : 'make', {
      _obj: opened === 'Open' ? 'open' : 'make',
      documentID: document.id,
    });
    this.changed();
    return document;
  }

  close(document: OpenDocument): void {
    const index = this.documents.indexOf(document);
    if (index < 0) return;
    this.documents.splice(index, 1);
    if (this.activeDocument === document) this.activeDocument = this.documents.at(-1) ?? null;
    this.emit('close', { _obj: 'close', documentID: document.id });
    this.changed();
  }

  onChange(listener: () => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.changeListeners) listener();
  }

  listen(events: readonly string[], listener: Listener): void {
    for (const event of events) this.eventListeners.push({ event, listener });
  }

  unlisten(events: readonly string[], listener: Listener): void {
    for (const event of events) {
      const at = this.eventListeners.findIndex((each) => each.event === event && each.listener === listener);
      if (at >= 0) this.eventListeners.splice(at, 1);
    }
  }

  /** The plugin's script ends: its modal scope is undone and nobody listens any more. */
  endPlugin(): void {
    this.eventListeners.length = 0;
    this.modal.abandon();
    this.changed();
  }

  /** Tells the plugin's listeners, later; not while a modal scope runs, unless `always`. */
  emit(event: string, descriptor: Descriptor, always = false): void {
    if (!always && this.modal.active && !this.modal.active.interactive) return;
    for (const each of [...this.eventListeners]) {
      if (each.event === event || each.event === 'all') {
        void Promise.resolve().then(() => each.listener(event, descriptor));
      }
    }
  }

  private enter(call: CallName): void {
    this.calls.note(call);
    this.refuseCancelled();
  }

  private refuseCancelled(): void {
    if (this.modal.cancelled) throw new PhotoshopError('User cancelled the operation');
  }

  private needModal(call: CallName): void {
    if (this.modal.ours) return;
    throw new PhotoshopError(
      `Event: ${call} may modify the state of Photoshop. Such events are only allowed from inside a modal scope`,
    );
  }
}
