/** The page's end of the wire: calls the host, and hears what it tells. */
import { asLoupeError, isErrorCode, LoupeError } from '../errors.ts';
import { Answer, check, isCall, openChannel, type Port, versionMismatch } from './channel.ts';
import { type HostApi, hostCalls, type PageApi, pageCalls, PROTOCOL } from './protocol.ts';

/** Milliseconds a call may take; undefined for what may rightly take as long as it does. */
const TIMEOUTS: Record<keyof HostApi, number | undefined> = {
  hello: 15_000,
  activeLayers: 60_000,
  remember: 60_000,
  thumbnail: 60_000,
  region: 60_000,
  openJob: undefined,
  // Generous: a menu or dialog held open may stop UXP's script for as long as the user looks at it.
  readRows: 600_000,
  writeRows: 600_000,
  commit: undefined,
  // Waits for a commit that a former page began.
  unfinished: undefined,
  ownModels: 60_000,
  readOwnModel: 600_000,
  // Photoshop asks the user first.
  showModelsFolder: undefined,
  discard: undefined,
  activeClip: 60_000,
  rememberClip: 60_000,
  openMedia: 60_000,
  readMedia: 600_000,
  closeMedia: 60_000,
  // The user is asked.
  chooseFolder: undefined,
  defaultFolder: 60_000,
  freeName: 60_000,
  openRender: 600_000,
  continueRender: 600_000,
  writeRender: 600_000,
  recordRender: 600_000,
  leaveRender: 600_000,
  discardRender: 600_000,
  finishRender: 600_000,
  placeRender: undefined,
  undoRemaster: undefined,
};

/** The host as the page holds it. Every call rejects with a LoupeError. */
export type HostEnd = HostApi & {
  /** Rejects every call under way, and all later ones, with `host-failed`. */
  close(): void;
};

declare global {
  interface Window {
    /** UXP puts it into pages of its WebView (Adobe, UXP `HTMLWebViewElement.postMessage`). */
    readonly uxpHost?: { postMessage(message: unknown): void };
  }
}

/** The WebView page's port: JSON to the plugin by `uxpHost`, from it by `message` events. */
export function uxpHostPort(): Port {
  return {
    post: (message) => {
      if (!window.uxpHost) throw new LoupeError('host-failed', 'there is no plugin around this page');
      window.uxpHost.postMessage(message);
    },
    onMessage: (listener) => {
      const hear = (event: MessageEvent): void => listener(event.data);
      window.addEventListener('message', hear);
      return () => window.removeEventListener('message', hear);
    },
  };
}

/**
 * Joins the wire; what `page` has no method for is not told to it. The first call must be `hello`; it rejects with `protocol-mismatch` when the two ends are
 * of different versions. An answer that does not fit its schema rejects with `bad-message`.
 */
export function connectHost(page: Partial<PageApi>, port: Port = uxpHostPort()): HostEnd {
  const channel = openChannel(port, (name, raw) => {
    if (!isCall(pageCalls, name)) return;
    const listener = page[name] as ((args: unknown) => void) | undefined;
    listener?.(check(pageCalls[name].args, raw, name));
  });
  const call = async (name: keyof HostApi, args: unknown): Promise<unknown> => {
    const sent = channel.call(name, check(hostCalls[name].args, args, name));
    const raw = await within(TIMEOUTS[name], sent, name).catch((thrown: unknown) => {
      throw asLoupeError(thrown, 'host-failed');
    });
    const answer = check(Answer, raw, name);
    if ('problem' in answer) {
      const { code, detail } = answer.problem;
      throw isErrorCode(code)
        ? new LoupeError(code, detail)
        : new LoupeError('bad-message', `${name}: error ${code}`);
    }
    const value = check(hostCalls[name].returns, answer.value, name);
    if (value && 'protocol' in value && value.protocol !== PROTOCOL)
      throw versionMismatch(PROTOCOL, value.protocol);
    return value;
  };
  const calls = (Object.keys(hostCalls) as (keyof HostApi)[]).map((name) => [
    name,
    (args: unknown) => call(name, args),
  ]);
  return {
    ...(Object.fromEntries(calls) as HostApi),
    close: () => channel.close(new LoupeError('host-failed', 'the plugin is gone')),
  };
}

async function within<T>(timeout: number | undefined, answer: Promise<T>, name: string): Promise<T> {
  if (timeout === undefined) return answer;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LoupeError('host-failed', `no answer to ${name}`)), timeout);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
