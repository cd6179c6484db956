/**
 * What the networks made of the last few tiles: a preview is asked for again and again, and what is done to the result
 * afterwards is nothing to the networks.
 */
import type { Backend, Tile } from '../../engine/types.ts';

/** Of tiles and results together: several times what a preview takes. */
const MOST_BYTES = 48 * 2 ** 20;

interface Made {
  readonly by: string;
  readonly tile: Tile;
  readonly result: Tile;
}

export class TileMemory {
  readonly #most: number;
  /** The longest unused first. */
  #made: Made[] = [];

  constructor(mostBytes = MOST_BYTES) {
    this.#most = mostBytes;
  }

  /** The backend, which runs no tile that it is known to have run. `model` is what the results depend on beside tiles. */
  over(backend: Backend, model: string): Backend {
    const by = `${backend.name} ${model}`;
    return {
      ...backend,
      open: async (signal) => {
        const runner = await backend.open(signal);
        return {
          ...runner,
          run: async (tile, aborted) => {
            const known = this.#find(by, tile);
            if (known) return copyOf(known);
            // The runner takes the tile's buffer, and whoever asked for it the result's.
            const asked = copyOf(tile);
            const result = await runner.run(tile, aborted);
            this.#keep({ by, tile: asked, result: copyOf(result) });
            return result;
          },
        };
      },
    };
  }

  forget(): void {
    this.#made = [];
  }

  #find(by: string, tile: Tile): Tile | undefined {
    const found = this.#made.find((each) => each.by === by && same(each.tile, tile));
    if (!found) return undefined;
    this.#made = [...this.#made.filter((each) => each !== found), found];
    return found.result;
  }

  #keep(made: Made): void {
    this.#made.push(made);
    let bytes = this.#made.reduce((sum, each) => sum + bytesOf(each), 0);
    while (bytes > this.#most) {
      const oldest = this.#made.shift();
      if (!oldest) return;
      bytes -= bytesOf(oldest);
    }
  }
}

function bytesOf({ tile, result }: Made): number {
  return tile.data.byteLength + result.data.byteLength;
}

function copyOf({ width, height, data }: Tile): Tile {
  return { width, height, data: data.slice() };
}

function same(one: Tile, other: Tile): boolean {
  return (
    one.width === other.width &&
    one.height === other.height &&
    one.data.every((value, at) => value === other.data[at])
  );
}
