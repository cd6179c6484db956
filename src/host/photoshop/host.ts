/** The page's calls, answered by Photoshop. */
import type { PhotoshopApi, LayerSettings } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import { en, type Texts } from '../../texts/index.ts';
import { ownModels } from '../own-models.ts';
import type { Uxp, UxpFs } from '../uxp.ts';
import { onLayerChanged } from './events.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { region, thumbnail } from './look.ts';
import { openMemory } from './memory.ts';
import { settingsIn } from './metadata.ts';
import { type Lending, modalOf } from './modal.ts';
import { type Document, findDocument, type Photoshop } from './photoshop.ts';
import { reportActiveLayers } from './report.ts';
import { removeLeftovers } from './spool.ts';

export type PhotoshopHost = Omit<PhotoshopApi, 'hello'> &
  Pick<Jobs, 'leave' | 'underWay' | 'cancel'> &
  Lending & {
    /** Makes such settings those of the last run. */
    begin(settings: LayerSettings): Promise<void>;
  };

export interface PhotoshopHostOptions {
  readonly ps: Photoshop;
  readonly fs: UxpFs;
  readonly uxp: Pick<Uxp, 'storage' | 'shell'>;
  /** What Photoshop shows of what is done here. */
  readonly words?: Texts['host'];
  readonly onLayerChanged: () => void;
  readonly onCommitProgress: (fraction: number) => void;
  readonly onRunBegun: () => void;
  /** @param written what the run was made with; undefined if nothing was written */
  readonly onRunEnded: (written: LayerSettings | undefined) => void;
  /** It could not be written. */
  readonly onRunFailed: (why: unknown) => void;
}

export function photoshopHost({ ps, fs, uxp, words = en.host, ...on }: PhotoshopHostOptions): PhotoshopHost {
  const modal = modalOf(ps, words);
  const memory = openMemory(fs);
  onLayerChanged(ps, on.onLayerChanged);
  const jobs = createJobs({
    ps,
    fs,
    modal,
    ready: removeLeftovers(fs),
    onCommitProgress: on.onCommitProgress,
    onBegun: (settings, first) => {
      if (first) void memory.begin(settings);
      on.onRunBegun();
    },
    onEnded: on.onRunEnded,
    onFailed: on.onRunFailed,
  });
  /** What travels with the layer or what is kept here, whichever was chosen later. */
  const recall = async (
    document: Document,
    layerId: number,
    xmp: string | undefined,
  ): Promise<LayerSettings | null> => {
    const here = await memory.recall(nameOf(document), layerId);
    const there = settingsIn(xmp);
    const newest = here && there ? (there.time > here.time ? there : here) : (here ?? there);
    return newest ? newest.settings : null;
  };
  return {
    async activeLayers() {
      const { document, report, xmp } = await reportActiveLayers(ps);
      const last = await memory.last();
      if (!document) return { ...report, last };
      const remembered = await Promise.all(report.layers.map(({ id }, i) => recall(document, id, xmp[i])));
      const layers = report.layers.map((layer, i) => ({ ...layer, remembered: remembered[i] ?? null }));
      return { ...report, layers, last };
    },
    async remember({ documentId, layerId, settings }) {
      const document = findDocument(ps, documentId);
      if (!document) throw new LoupeError('document-closed');
      await memory.remember(nameOf(document), layerId, settings);
      return null;
    },
    begin: (settings) => memory.begin(settings),
    lend: (context) => modal.lend(context),
    thumbnail: async (args) => thumbnail(ps, modal, args),
    region: async (args) => region(ps, modal, args),
    ...ownModels({ fs, uxp, why: words.whyFolder }),
    ...jobs,
  };
}

function nameOf(document: Document): string {
  return document.path || document.name;
}
