/** The host's end of the wire: answers the page's calls, and tells it what happens. */
import { asLoupeError, LoupeError } from '../errors.ts';
import { type Answer, check, isCall, openChannel, type Port, versionMismatch } from './channel.ts';
import {
  hostCalls,
  type PageApi,
  pageCalls,
  type PhotoshopApi,
  type PremiereApi,
  PROTOCOL,
} from './protocol.ts';

/** The page as the host holds it. */
export interface PageEnd {
  readonly page: PageApi;
  /** Stops answering, for when the panel goes away. */
  close(): void;
}

/**
 * Answers with `host`'s methods, after both arguments and answers were checked. Until the page has said a
 * `hello` of the same protocol, every other call is refused with `protocol-mismatch`.
 */
export function serveHost(port: Port, host: PhotoshopApi | PremiereApi): PageEnd {
  let greeted = false;
  const answer = async (name: keyof typeof hostCalls, raw: unknown): Promise<Answer> => {
    const args = check(hostCalls[name].args, raw, name);
    if ('protocol' in args) {
      if (args.protocol !== PROTOCOL) throw versionMismatch(args.protocol, PROTOCOL);
      greeted = true;
    } else if (!greeted) {
      throw new LoupeError('protocol-mismatch', 'no hello');
    }
    const method = (host as Partial<Record<string, (args: unknown) => Promise<unknown>>>)[name];
    if (!method) throw new LoupeError('bad-message', `${name} in another application`);
    return { value: check(hostCalls[name].returns, await method(args), name) };
  };
  const channel = openChannel(port, (name, raw) => {
    if (!isCall(hostCalls, name)) return refuse(new LoupeError('bad-message', `unknown call ${name}`));
    return answer(name, raw).catch((thrown: unknown) => refuse(asLoupeError(thrown, 'host-failed')));
  });
  const tell = (name: keyof PageApi, args: unknown): void => {
    channel.tell(name, check(pageCalls[name].args, args, name));
  };
  return {
    page: {
      layerChanged: (args) => tell('layerChanged', args),
      themeChanged: (args) => tell('themeChanged', args),
      enhance: (args) => tell('enhance', args),
      commitProgress: (args) => tell('commitProgress', args),
      clipChanged: (args) => tell('clipChanged', args),
    },
    close: () => channel.close(new LoupeError('cancelled')),
  };
}

function refuse({ code, detail }: LoupeError): Answer {
  return { problem: { code, detail } };
}
