/** What a render on the disk is, read back from it: not what anybody says of it. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import sharp from 'sharp';

export interface RenderFacts {
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly rate: number;
  /** As the file names it, e.g. “avc” or “prores”; of a folder of frames, their format. */
  readonly codec: string;
}

/** Of a file, or of a folder with single frames, which do not say their rate. */
export async function renderFacts(path: string, stillsRate: number): Promise<RenderFacts> {
  if ((await stat(path)).isDirectory()) return stillsFacts(path, stillsRate);
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(path) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error(`${path} has no video.`);
    const { packetCount, averagePacketRate } = await track.computePacketStats();
    return {
      frames: packetCount,
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      rate: Number(averagePacketRate.toFixed(3)),
      codec: (await track.getCodec()) ?? 'unknown',
    };
  } finally {
    input.dispose();
  }
}

async function stillsFacts(folder: string, rate: number): Promise<RenderFacts> {
  const names = await readdir(folder);
  const { width, height, format } = await sharp(join(folder, names[0] ?? '')).metadata();
  return { frames: names.length, width, height, rate: Number(rate.toFixed(3)), codec: format };
}
