/** The page's calls, answered by Photoshop. */
import type { HostApi } from '../../bridge/protocol.ts';
import { LoupeError } from '../../errors.ts';
import type { Uxp, UxpFs } from '../uxp.ts';
import { onLayerChanged } from './events.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { region, thumbnail } from './look.ts';
import { openMemory } from './memory.ts';
import { modalOf } from './modal.ts';
import { ownModels } from './own-models.ts';
import { type Document, findDocument, type Photoshop } from './photoshop.ts';
import { reportActiveLayer } from './report.ts';
import { removeLeftovers } from './spool.ts';

export type PhotoshopHost = Omit<HostApi, 'hello'> & Pick<Jobs, 'discardAll'>;

export interface PhotoshopHostOptions {
  readonly ps: Photoshop;
  readonly fs: UxpFs;
  readonly uxp: Pick<Uxp, 'storage' | 'shell'>;
  readonly onLayerChanged: () => void;
  readonly onCommitProgress: (job: string, fraction: number) => void;
}

export function photoshopHost({
  ps,
  fs,
  uxp,
  onCommitProgress,
  ...options
}: PhotoshopHostOptions): PhotoshopHost {
  const modal = modalOf(ps);
  const memory = openMemory(fs);
  onLayerChanged(ps, options.onLayerChanged);
  return {
    async activeLayer() {
      const report = reportActiveLayer(ps);
      const document = report.document && findDocument(ps, report.document.id);
      if (!document || !report.layer) return report;
      return { ...report, remembered: await memory.recall(nameOf(document), report.layer.id) };
    },
    async remember({ documentId, layerId, settings }) {
      const document = findDocument(ps, documentId);
      if (!document) throw new LoupeError('document-closed');
      await memory.remember(nameOf(document), layerId, settings);
      return null;
    },
    thumbnail: async (args) => thumbnail(ps, modal, args),
    region: async (args) => region(ps, modal, args),
    ...ownModels({ fs, uxp }),
    ...createJobs({ ps, fs, modal, ready: removeLeftovers(fs), onCommitProgress }),
  };
}

function nameOf(document: Document): string {
  return document.path || document.name;
}
