/** How long a picture will take, from tiles run just before on the machine itself. */
import type { Blend, Network } from '../../catalog.ts';
import { planRun } from '../../engine/plan-run.ts';
import type { Backend, PictureFormat, Tile, TileRunner } from '../../engine/types.ts';
import { asLoupeError, LoupeError } from '../../errors.ts';
import type { SessionProvider } from '../../runtime/session-protocol.ts';
import { mostForFaces } from './crew-sizes.ts';
import { OWN } from './own-models.ts';
import type { EngineJob, Estimate } from './protocol.ts';

/** Tile sides tried, until one takes long enough to tell. */
const SIDES = [32, 64, 128, 256];
const TELLING_MS = 100;
/** A first run of a shape that takes this long is mostly the run, and not what it takes to prepare for the shape. */
const LONG_MS = 1500;

/** What the engine does beside the network, over the network's time. */
const OVERHEAD = 1.1;

/**
 * What making, encoding and sending one pixel of the result takes, in milliseconds: four bytes at the 50 MB/s of the wire
 * (docs/host-assumptions.md). It tells where the network is quick, or little beside the interpolation.
 */
const MS_PER_RESULT = 4 / 50e3;

/** Runs of a tile where the eight orientations are averaged. */
const ORIENTATIONS = 8;

interface Speed {
  readonly device: string;
  /** Milliseconds a lane takes for a pixel, all lanes at work. */
  readonly msPerPixel: number;
  readonly lanes: number;
}

/** Opens a blend on a provider. */
export type Open = (provider: SessionProvider, blend: Blend) => Backend;

/**
 * Times each architecture once on each provider: neither the shares of a blend nor what the weights are changes the
 * time, so that the ends of Detail and all between them take one timing.
 */
export class Stopwatch {
  readonly #speeds = new Map<string, Speed>();

  /** Of the first provider that works. Rejects with `backend-failed` if none does, or with what a model lacks. */
  async estimate(
    { blend, faces, target }: Pick<EngineJob, 'blend' | 'faces' | 'target'>,
    format: PictureFormat,
    providers: readonly SessionProvider[],
    open: Open,
    signal: AbortSignal,
  ): Promise<Estimate> {
    let last: unknown;
    for (const provider of providers) {
      try {
        const base = await this.#time(blend, provider, open, signal);
        const local = faces && (await this.#time(faces.blend, provider, open, signal));
        const { tiles, runs } = planRun(
          format,
          blend,
          faces && { network: faces.blend, regions: faces.regions },
          Math.min(base.maxTilePixels, local?.maxTilePixels ?? Infinity),
          base.lanes,
        );
        const pixels = tiles.tileWidth * tiles.tileHeight;
        let ms = Math.ceil(runs.base / base.lanes) * pixels * base.msPerPixel;
        if (local) {
          const lanes = provider === 'wasm' ? mostForFaces(local.lanes) : local.lanes;
          ms += Math.ceil(runs.local / lanes) * pixels * local.msPerPixel;
        }
        // Rows are made and written while tiles run: the slower leads.
        const rowsMs = target.width * target.height * MS_PER_RESULT;
        return { backend: provider, device: base.device, ms: Math.max(ms * OVERHEAD, rowsMs) };
      } catch (thrown) {
        if (signal.aborted) throw new LoupeError('cancelled');
        last = thrown;
        const { code } = asLoupeError(thrown, 'backend-failed');
        if (code !== 'backend-unavailable' && code !== 'backend-failed') throw thrown;
      }
    }
    throw asLoupeError(last, 'backend-failed');
  }

  async #time(
    blend: Blend,
    provider: SessionProvider,
    open: Open,
    signal: AbortSignal,
  ): Promise<Speed & { readonly maxTilePixels: number }> {
    const speeds: Speed[] = [];
    for (const part of partsOf(blend)) speeds.push(await this.#speed(part, provider, open, signal));
    const { device, lanes } = speeds[0] ?? { device: '', lanes: 1 };
    const runs = blend.selfEnsemble ? ORIENTATIONS : 1;
    return {
      device,
      lanes,
      msPerPixel: runs * speeds.reduce((sum, speed) => sum + speed.msPerPixel, 0),
      maxTilePixels: open(provider, blend).maxTilePixels,
    };
  }

  async #speed(part: Blend, provider: SessionProvider, open: Open, signal: AbortSignal): Promise<Speed> {
    const key = `${architecture(part)} ${provider}`;
    const known = this.#speeds.get(key);
    if (known) return known;
    const runner = await open(provider, part).open(signal);
    try {
      const { device, lanes } = runner;
      const speed = { device, lanes, msPerPixel: await time(runner, signal) };
      this.#speeds.set(key, speed);
      return speed;
    } finally {
      await runner.dispose();
    }
  }
}

/** Each part on its own and upright. A blend that is no more than that stays itself: its sessions then serve the run. */
function partsOf(blend: Blend): Blend[] {
  const { parts, selfEnsemble } = blend;
  if (parts.length === 1 && !selfEnsemble) return [blend];
  return parts.map(({ weights }, index) => ({
    ...blend,
    id: `part ${index} of ${blend.id}`,
    parts: [{ weights, share: 1 }],
    selfEnsemble: false,
  }));
}

/** The same for networks that take the same time; weights are summed only where they fit one architecture. */
function architecture({ parts }: Blend): string {
  const network: Network | undefined = parts[0]?.weights[0]?.network;
  if (!network || network.id.startsWith(OWN)) return network?.id ?? '';
  return `${network.macsPerPixel} ×${network.scale}`;
}

async function time(runner: TileRunner, signal: AbortSignal): Promise<number> {
  let msPerPixel = 0;
  for (const side of SIDES) {
    // The first run of a shape compiles.
    let ms = await fill(runner, side, signal);
    if (ms < LONG_MS) ms = await fill(runner, side, signal);
    msPerPixel = ms / (side * side);
    if (ms >= TELLING_MS) break;
  }
  return msPerPixel;
}

/** Milliseconds for one tile on every lane at once: cores share memory and heat. */
async function fill(runner: TileRunner, side: number, signal: AbortSignal): Promise<number> {
  const tile = (): Tile => ({ width: side, height: side, data: new Float32Array(3 * side * side).fill(0.5) });
  const began = performance.now();
  await Promise.all(Array.from({ length: runner.lanes }, () => runner.run(tile(), signal)));
  return performance.now() - began;
}
