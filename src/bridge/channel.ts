/**
 * What both ends of the wire share: calls over a port that carries JSON. birpc matches answers to calls;
 * added here is that messages travel in an envelope, by which foreign ones are told apart and ignored, that
 * errors cross as `{code, detail}`, and the check of whatever crosses against protocol.ts.
 */
import { createBirpc } from 'birpc';
import * as v from 'valibot';
import { LoupeError } from '../errors.ts';

/** One end of a channel that carries JSON values in order. */
export interface Port {
  post(message: unknown): void;
  /** Returns what stops the listening. */
  onMessage(listener: (message: unknown) => void): () => void;
}

/** The answer to a call: birpc's own errors are JavaScript objects, which JSON empties. */
export const Answer = v.union([
  v.object({ value: v.unknown() }),
  v.object({ problem: v.object({ code: v.string(), detail: v.string() }) }),
]);
export type Answer = v.InferOutput<typeof Answer>;

/** birpc's questions and answers, in Loupe's envelope. */
const Envelope = v.object({
  loupe: v.variant('t', [
    v.object({ t: v.literal('q'), m: v.string(), a: v.array(v.unknown()), i: v.optional(v.string()) }),
    v.object({ t: v.literal('s'), i: v.string(), r: v.optional(v.unknown()), e: v.optional(v.unknown()) }),
  ]),
});

export interface Channel {
  /** Asks the other end; settles with what it answers, unchecked. Rejects when the channel is closed. */
  call(name: string, args: unknown): Promise<unknown>;
  /** Tells the other end without awaiting an answer. */
  tell(name: string, args: unknown): void;
  /** Stops listening and rejects every call under way with `why`. */
  close(why: LoupeError): void;
}

/** `respond` gives the answer to a call of the other end, or is told something; what it throws is dropped. */
export function openChannel(port: Port, respond: (name: string, args: unknown) => unknown): Channel {
  let stop: (() => void) | undefined;
  const rpc = createBirpc<Record<string, (args: unknown) => unknown>, object, false>(
    {},
    {
      proxify: false,
      timeout: -1,
      post: (message: unknown) => port.post({ loupe: message }),
      on: (listener: (message: unknown) => unknown) => {
        stop = port.onMessage((message) => {
          const parsed = v.safeParse(Envelope, parseText(message));
          if (parsed.success) listener(parsed.output.loupe);
        });
      },
      off: () => stop?.(),
      resolver: (name: string) => (args: unknown) => respond(name, args),
      onFunctionError: () => true,
    },
  );
  return {
    call: (name, args) => rpc.$call(name, args),
    tell: (name, args) => {
      rpc.$callEvent(name, args).catch(() => undefined);
    },
    close: (why) => rpc.$close(why),
  };
}

/** The value as its schema gives it. Throws `bad-message` saying where it does not fit. */
export function check<S extends v.GenericSchema>(schema: S, value: unknown, name: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  throw new LoupeError('bad-message', `${name}${path ? `.${path}` : ''}: ${issue.message}`);
}

export function isCall<T extends object>(calls: T, name: string): name is Extract<keyof T, string> {
  return Object.hasOwn(calls, name);
}

export function versionMismatch(page: number, host: number): LoupeError {
  return new LoupeError('protocol-mismatch', `panel ${page}, plugin ${host}`);
}

/** Adobe's WebView page says `data` is the parsed message, its MessageEvent page that it is a string: take both. */
function parseText(message: unknown): unknown {
  if (typeof message !== 'string') return message;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
