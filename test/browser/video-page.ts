/**
 * The video worker without the panel: `createVideo` of the sources with the built worker, in a page opened from `file://`
 * in the built plugin's folder.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createFile, MP4BoxBuffer, type Sample } from 'mp4box';
import type { Browser, Page } from 'playwright-core';
import { testClips, type ClipName } from '../../simulator/samples/clips.ts';
import type { LoupeError } from '../../src/errors.ts';
import type { ClipFacts } from '../../src/video/types.ts';
import { builtPlugin } from './file-panel.ts';
import { pageScript } from './page-script.ts';
import type { Choice, Film, Lab, Made, Trouble } from './video-lab.ts';

declare global {
  var lab: Lab;
}

const entry = fileURLToPath(new URL('./video-lab.ts', import.meta.url));

export class VideoPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser): Promise<VideoPage> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(new URL('manifest.json', pathToFileURL(builtPlugin)).href);
    await page.addScriptTag({ content: await pageScript(entry, 'video') });
    await page.evaluate(() => {
      const { Lab: Made } = (globalThis as unknown as { video: { Lab: new () => Lab } }).video;
      globalThis.lab = new Made();
    });
    return new VideoPage(page);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** Makes the clips and has the page's host keep them, by their names. */
  async put(...names: ClipName[]): Promise<void> {
    for (const [name, path] of Object.entries(await testClips(names))) {
      const base64 = await readFile(path, 'base64');
      await this.page.evaluate(([key, bytes]) => lab.put(key, bytes), [name, base64] as const);
    }
  }

  probe(name: ClipName): Promise<ClipFacts> {
    return this.page.evaluate((path) => lab.probe(path), name);
  }

  remaster(name: ClipName, choice: Choice, trouble: Trouble = {}): Promise<Made> {
    return this.page.evaluate(([path, wanted, by]) => lab.remaster(path, wanted, by), [
      name,
      choice,
      trouble,
    ] as const);
  }

  /** The code of the error that a run ends with. */
  async failure(name: ClipName, choice: Choice, trouble: Trouble = {}): Promise<string> {
    return this.page.evaluate(
      ([path, wanted, by]) =>
        lab.remaster(path, wanted, by).then(
          () => 'none',
          (thrown: unknown) => {
            const { code = '', detail = '', message = '' } = thrown as Partial<LoupeError>;
            return code ? `${code} ${detail}`.trim() : message;
          },
        ),
      [name, choice, trouble] as const,
    );
  }

  async file(name = ''): Promise<Buffer> {
    return Buffer.from(await this.page.evaluate((of) => lab.file(of), name), 'base64');
  }

  probeRender(): Promise<ClipFacts> {
    return this.page.evaluate(() => lab.probeRender());
  }

  frameFiles(): Promise<string[]> {
    return this.page.evaluate(() => lab.frameFiles());
  }

  film(): Promise<Film> {
    return this.page.evaluate(() => lab.film());
  }

  difference(name: ClipName): Promise<{ luma: number; chroma: number }> {
    return this.page.evaluate((path) => lab.difference(path), name);
  }
}

/** What mp4box reads of a film's one track. */
export interface Boxes {
  readonly samples: readonly Sample[];
  readonly timescale: number;
  readonly codec: string;
  /** Of the `colr` box (ISO/IEC 14496-12, 12.1.5): code points of H.273, and whether the range is full. */
  readonly colour: readonly (number | undefined)[];
  readonly width: number;
  readonly height: number;
}

interface Colr {
  readonly colour_primaries?: number;
  readonly transfer_characteristics?: number;
  readonly matrix_coefficients?: number;
  readonly full_range_flag?: number;
}

export async function boxesOf(file: Buffer): Promise<Boxes> {
  const reader = createFile();
  const info = new Promise<Parameters<NonNullable<typeof reader.onReady>>[0]>((resolve, reject) => {
    reader.onReady = resolve;
    reader.onError = (_, message) => reject(new Error(message));
  });
  reader.appendBuffer(MP4BoxBuffer.fromArrayBuffer(new Uint8Array(file).buffer, 0));
  reader.flush();
  const { tracks } = await info;
  const [track] = tracks;
  if (!track || tracks.length !== 1) throw new Error(`${tracks.length} tracks`);
  const { timescale, codec, track_width: width, track_height: height } = track;
  const [entry] = reader.getTrackById(track.id).mdia.minf.stbl.stsd.entries as { colr?: Colr }[];
  const { colour_primaries, transfer_characteristics, matrix_coefficients, full_range_flag } =
    entry?.colr ?? {};
  const colour = [colour_primaries, transfer_characteristics, matrix_coefficients, full_range_flag];
  return { samples: reader.getTrackSamplesInfo(track.id), timescale, codec, colour, width, height };
}

export const hasFfprobe = ['/usr/bin/ffprobe', '/usr/local/bin/ffprobe', '/opt/homebrew/bin/ffprobe'].some(
  (path) => existsSync(path),
);

/** The stream's entries as ffprobe tells them, all frames counted. */
export async function ffprobe(file: Buffer, extension: 'mp4' | 'mov'): Promise<Record<string, unknown>> {
  const path = join(tmpdir(), `loupe-${process.pid}.${extension}`);
  await writeFile(path, file);
  const { stdout } = await promisify(execFile)('ffprobe', [
    ...['-v', 'error', '-count_frames', '-select_streams', 'v:0'],
    ...['-show_streams', '-of', 'json', path],
  ]);
  const { streams } = JSON.parse(stdout) as { streams: Record<string, unknown>[] };
  return streams[0] ?? {};
}
