/** A picture's rows as the engine worker reads and writes them: their ends are in another thread. */
import { releaseProxy, transfer, type Remote } from 'comlink';
import type { Sink, Source } from '../../engine/types.ts';
import type { RemoteSink, RemoteSource } from './protocol.ts';

export interface RemoteRows {
  readonly read: Source['read'];
  readonly sink: Sink;
  /** Lets the other thread forget them. */
  release(): void;
}

/** @param source and `sink` as Comlink hands them over */
export function remoteRows(source: Pick<RemoteSource, 'read'>, sink: RemoteSink): RemoteRows {
  const remoteSource = source as Remote<Pick<RemoteSource, 'read'>>;
  const remoteSink = sink as Remote<RemoteSink>;
  return {
    read: (rows) => remoteSource.read(rows),
    sink: {
      open: (format) => remoteSink.open(format),
      write: (rows, samples) =>
        remoteSink.write(
          rows,
          transfer(samples, samples.buffer instanceof ArrayBuffer ? [samples.buffer] : []),
        ),
    },
    release: () => {
      remoteSource[releaseProxy]();
      remoteSink[releaseProxy]();
    },
  };
}
