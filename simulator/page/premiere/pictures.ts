/** Pictures of the media on the emulated disk, decoded with mediabunny as the monitor asks for them. */
import { registerProresDecoder } from '@mediabunny/prores';
import { ALL_FORMATS, CanvasSink, CustomSource, Input } from 'mediabunny';
import type { FrameLayer, PremiereSimulator } from '../../premiere/interface.ts';
import { secondsOf } from './time.ts';

registerProresDecoder();

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly image: CanvasImageSource;
}

interface OpenMedia {
  readonly size: number;
  pictureAt(seconds: number): Promise<Picture | null>;
  close(): void;
}

/** Files that are kept open for the next frame. */
const MOST_OPEN = 6;
const STILL = /\.(?:png|jpe?g|webp|gif|bmp|tiff?)$/i;

export class Pictures {
  readonly #disk: PremiereSimulator['disk'];
  readonly #open = new Map<string, Promise<OpenMedia>>();

  constructor(disk: PremiereSimulator['disk']) {
    this.#disk = disk;
  }

  /** What the layer's media shows at its moment; null where it cannot be shown here. */
  async of({ path, sourceTicks, rate }: FrameLayer): Promise<Picture | null> {
    if (path === null) return null;
    const frame = rate > 0 ? Math.floor(secondsOf(sourceTicks) * rate + 1e-6) : 0;
    try {
      if (STILL.test(path)) return await this.#still(numbered(path, rate > 0 ? frame : 0));
      // The middle of the frame, so that no rounding shows its neighbour.
      return await (await this.#media(path)).pictureAt(rate > 0 ? (frame + 0.5) / rate : 0);
    } catch {
      return null;
    }
  }

  async #still(path: string): Promise<Picture> {
    const image = await createImageBitmap(new Blob([await this.#disk.read(path)]));
    return { width: image.width, height: image.height, image };
  }

  async #media(path: string): Promise<OpenMedia> {
    const size = this.#disk.size(path) ?? 0;
    const known = this.#open.get(path);
    if (known && (await known).size === size) return known;
    // The file was written anew.
    if (known) (await known).close();
    const opened = openMedia(this.#disk, path, size);
    this.#open.delete(path);
    this.#open.set(path, opened);
    opened.catch(() => this.#open.delete(path));
    for (const [oldest, media] of this.#open) {
      if (this.#open.size <= MOST_OPEN) break;
      this.#open.delete(oldest);
      void media.then((each) => each.close());
    }
    return opened;
  }
}

/** Of a series of numbered stills, that of a frame. */
function numbered(path: string, frame: number): string {
  if (frame === 0) return path;
  return path.replace(/\d+(?=\.\w+$)/, (digits) =>
    String(Number(digits) + frame).padStart(digits.length, '0'),
  );
}

async function openMedia(disk: PremiereSimulator['disk'], path: string, size: number): Promise<OpenMedia> {
  const source = new CustomSource({
    getSize: () => size,
    read: (start, end) => disk.readPart(path, start, end - start),
    prefetchProfile: 'fileSystem',
  });
  const input = new Input({ formats: ALL_FORMATS, source });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error(`${path} has no picture.`);
  const sink = new CanvasSink(track, { poolSize: 2 });
  const first = await track.getFirstTimestamp();
  return {
    size,
    pictureAt: async (seconds) => {
      const wrapped = await sink.getCanvas(first + seconds);
      if (!wrapped) return null;
      const { canvas } = wrapped;
      return { width: canvas.width, height: canvas.height, image: canvas };
    },
    close: () => input.dispose(),
  };
}
