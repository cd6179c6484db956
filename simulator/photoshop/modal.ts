/**
 * The one modal state of Photoshop: who holds it, whether the user has cancelled, and who waits for it.
 * [D] Photoshop API > Modal Execution (executeAsModal).
 */
/// <reference types="@adobe-uxp-types/photoshop" />
import type { core } from 'photoshop';
import { PhotoshopError } from './errors.ts';
import type { OpenDocument } from './open-document.ts';

type ExecutionContext = Parameters<Parameters<typeof core.executeAsModal>[0]>[0];
type ModalOptions = Parameters<typeof core.executeAsModal>[1] & { descriptor?: object };

/** "Defaults to one second. During this time, the request will enter a queue to attempt again." */
const DEFAULT_TIMEOUT_SECONDS = 1;

/** `e.number` of a rejected executeAsModal: "some other plugin is currently inside a modal scope". */
const COLLISION = 9;

interface Scope {
  readonly commandName: string;
  readonly interactive: boolean;
  readonly context: ExecutionContext;
  readonly autoClose: Set<number>;
  readonly suspensions: Map<number, OpenDocument>;
  progress: number | null;
  shownName: string;
}

export interface ModalHost {
  readonly pluginName: string;
  document(id: number): OpenDocument;
  close(document: OpenDocument): void;
  notify(event: string): void;
  changed(): void;
}

export class ModalState {
  private readonly host: ModalHost;
  private scope: Scope | null = null;
  private foreign: string | null = null;
  private waiting: (() => void)[] = [];
  private nextSuspension = 1;

  constructor(host: ModalHost) {
    this.host = host;
  }

  get active(): {
    commandName: string;
    progress: number | null;
    cancelled: boolean;
    interactive: boolean;
  } | null {
    const scope = this.scope;
    if (!scope) {
      return this.foreign === null
        ? null
        : { commandName: this.foreign, progress: null, cancelled: false, interactive: false };
    }
    const { shownName: commandName, progress, interactive } = scope;
    return { commandName, progress, cancelled: scope.context.isCancelled, interactive };
  }

  /** True inside the plugin's own scope. */
  get ours(): boolean {
    return this.scope !== null;
  }

  get cancelled(): boolean {
    return this.scope?.context.isCancelled ?? false;
  }

  /** Another plugin takes the modal state until the returned function is called. */
  hold(plugin: string): () => void {
    this.foreign = plugin;
    this.host.changed();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.foreign = null;
      this.wake();
      this.host.changed();
    };
  }

  /** The user presses Escape. False if there is nothing to cancel. */
  cancel(): boolean {
    const scope = this.scope;
    if (!scope || scope.context.isCancelled) return false;
    scope.context.isCancelled = true;
    this.host.changed();
    scope.context.onCancel?.({ reason: 'user' });
    return true;
  }

  async execute<T>(
    target: (context: ExecutionContext, descriptor?: object) => Promise<T>,
    options: ModalOptions,
  ): Promise<T> {
    // Callers in plain JavaScript are not held by the types.
    if (typeof target !== 'function')
      throw new PhotoshopError('executeAsModal: a target function is required');
    if (typeof (options as Partial<ModalOptions> | undefined)?.commandName !== 'string') {
      throw new PhotoshopError('executeAsModal: commandName is required');
    }
    await this.enter(options.timeOut ?? DEFAULT_TIMEOUT_SECONDS);
    const scope = this.open(options);
    this.scope = scope;
    this.host.notify('modalJavaScriptScopeEnter');
    this.host.changed();
    let returned = false;
    try {
      const result = await target(scope.context, options.descriptor);
      returned = true;
      return result;
    } finally {
      this.leave(scope, returned);
    }
  }

  private get busy(): boolean {
    return this.scope !== null || this.foreign !== null;
  }

  private async enter(seconds: number): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (this.busy) {
      const left = end - Date.now();
      if (left <= 0) {
        const holder = this.foreign ?? this.host.pluginName;
        throw new PhotoshopError(`Plugin: ${holder} is running a modal command`, COLLISION);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resume of waiting) resume();
  }

  private open(options: ModalOptions): Scope {
    const scope: Scope = {
      commandName: options.commandName,
      shownName: options.commandName,
      interactive: options.interactive ?? false,
      progress: null,
      autoClose: new Set(),
      suspensions: new Map(),
      context: {
        isCancelled: false,
        onCancel: undefined,
        reportProgress: ({ value, commandName }) => {
          if (value !== undefined) scope.progress = Math.min(1, Math.max(0, value));
          if (commandName !== undefined) scope.shownName = commandName;
          this.host.changed();
        },
        hostControl: {
          suspendHistory: async ({ documentID, name }) => {
            await Promise.resolve();
            this.allow(scope);
            const document = this.host.document(documentID);
            if (document.suspension)
              throw new PhotoshopError('The history of the document is already suspended');
            const historySuspensionID = this.nextSuspension++;
            document.suspend(historySuspensionID, name);
            scope.suspensions.set(historySuspensionID, document);
            return { historySuspensionID };
          },
          resumeHistory: async ({ historySuspensionID, finalName }, commit = true) => {
            await Promise.resolve();
            this.allow(scope);
            const document = scope.suspensions.get(historySuspensionID);
            if (!document) throw new PhotoshopError('There is no such history suspension');
            scope.suspensions.delete(historySuspensionID);
            document.resume(commit, finalName);
            this.host.changed();
          },
          registerAutoCloseDocument: async (documentID) => {
            await Promise.resolve();
            this.allow(scope);
            scope.autoClose.add(this.host.document(documentID).id);
          },
          unregisterAutoCloseDocument: async (documentID) => {
            await Promise.resolve();
            this.allow(scope);
            scope.autoClose.delete(documentID);
          },
        },
      },
    };
    return scope;
  }

  /** A context kept beyond its scope, or used after the user's cancel, is refused. */
  private allow(scope: Scope): void {
    if (this.scope !== scope) throw new PhotoshopError('The modal scope of this execution context has ended');
    if (scope.context.isCancelled) throw new PhotoshopError('User cancelled the operation');
  }

  /** The plugin that holds the scope is gone: what it did under a suspended history is taken back. */
  abandon(): void {
    if (this.scope) this.leave(this.scope, false);
  }

  private leave(scope: Scope, returned: boolean): void {
    // Its plugin was loaded anew meanwhile.
    if (this.scope !== scope) return;
    for (const document of scope.suspensions.values()) document.resume(returned);
    for (const id of scope.autoClose) {
      try {
        this.host.close(this.host.document(id));
      } catch {
        // The plugin closed it itself.
      }
    }
    this.scope = null;
    this.host.notify('modalJavaScriptScopeExit');
    this.wake();
    this.host.changed();
  }
}
