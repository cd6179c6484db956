/** What the tests of the emulated Premiere share: a window with a test clip on a timeline, and what is then the case. */
import { expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { encodeModel, node } from '../../models/convert/onnx.ts';
import {
  PremiereWindow,
  ticksOf,
  type PremiereWindowOptions,
} from '../../simulator/headless/premiere-window.ts';
import type { ClipName } from '../../simulator/samples/clip-specs.ts';
import { testClips } from '../../simulator/samples/clips.ts';
import { float32, picture } from '../unit/runtime/tiny-models.ts';
import { serverUrl } from './support.ts';

export const MOVIES = '/Users/user/Movies';
export const FRAME = 254_016_000_000n / 25n;

/** The ticks of a frame at 25 a second. */
export const at = (frame: number): string => String(BigInt(frame) * FRAME);

/** The user's own model: each pixel as two by two. Quick, and what a frame shows can still be read. */
export const MODEL = 'doubling.onnx';

function doubling(): Uint8Array {
  const copies = Array.from({ length: 12 * 3 }, (_, index) => (Math.floor(index / 12) === index % 3 ? 1 : 0));
  return new Uint8Array(
    encodeModel({
      name: 'doubling',
      nodes: [
        node('Conv', ['data', 'kernel'], 'copies', { kernel_shape: [1, 1] }),
        node('DepthToSpace', ['copies'], 'output', { blocksize: 2, mode: 'CRD' }),
      ],
      initializers: [float32('kernel', [12, 3, 1, 1], copies)],
      inputs: [picture],
      outputs: [{ name: 'output', dims: [1, 3, 'high', 'wide'] }],
    }),
  );
}

export interface Laid {
  readonly premiere: PremiereWindow;
  readonly itemId: string;
  readonly sequenceId: string;
  readonly clipId: string;
}

export interface ClipOptions extends PremiereWindowOptions {
  /** Of the source, in frames; all of it unless given. */
  readonly first?: number;
  readonly end?: number;
  /** Where on the sequence, in frames. */
  readonly start?: number;
}

/** A window with a test clip on a sequence of 384 × 256 at 25 frames a second, selected. */
export async function openClip(
  browser: Browser,
  name: ClipName,
  { first, end, start = 0, ...options }: ClipOptions = {},
): Promise<Laid> {
  const premiere = await PremiereWindow.open(browser, serverUrl(), { media: 'none', ...options });
  await premiere.withoutBest();
  const itemId = await importClip(premiere, name);
  const laid = await premiere.layOut(
    itemId,
    { name: 'Cut', width: 384, height: 256, rate: 25 },
    {
      at: at(start),
      ...(first === undefined ? {} : { inTicks: at(first) }),
      ...(end === undefined ? {} : { outTicks: at(end) }),
    },
  );
  return { premiere, itemId, ...laid };
}

/** Imports a test clip: the item's id. */
export async function importClip(premiere: PremiereWindow, name: ClipName): Promise<string> {
  const { [name]: path } = await testClips([name]);
  const itemId = await premiere.importFile(path);
  if (itemId === null) throw new Error(`Premiere does not import ${name}.`);
  return itemId;
}

/** Puts the quick model into the user's folder and chooses it. */
export async function chooseQuickModel(premiere: PremiereWindow): Promise<void> {
  await premiere.waitForState(['clip-ready']);
  await premiere.putModel(MODEL, doubling());
  await premiere.panel.getByTestId('look-again').dispatchEvent('click');
  const radio = premiere.panel.getByTestId(`model-own:${MODEL}`);
  await radio.and(premiere.panel.locator(':not([disabled])')).waitFor();
  await radio.click();
  await radio.and(premiere.panel.locator('[checked]')).waitFor();
}

/** What a refusal or a failure must leave as it was: the project but for what is selected, and the disk. */
export async function everything(premiere: PremiereWindow): Promise<unknown> {
  return premiere.premiere((simulator) => {
    const { disk } = simulator;
    const { project } = simulator.view();
    const files = (folder: string): string[] =>
      disk.list(folder).flatMap((name) => {
        const path = `${folder}/${name}`;
        return disk.size(path) === null ? files(path) : [`${path} ${disk.size(path)}`];
      });
    return JSON.parse(
      JSON.stringify({ ...project, saved: null, files: files('/Users/user') }, (key, value: unknown) =>
        key === 'selected' || key === 'playheadTicks' ? undefined : value,
      ),
    ) as unknown;
  });
}

/** The names in the bin of that name. */
export async function binItems(premiere: PremiereWindow, name = 'Remastered'): Promise<string[]> {
  const { project } = await premiere.view();
  const bin = project?.items.find((item) => item.kind === 'bin' && item.name === name);
  return (bin?.children ?? []).map((item) => item.name);
}

/** Waits until the panel's message is this one. */
export async function expectMessage(premiere: PremiereWindow, message: string): Promise<void> {
  const words = premiere.panel.getByTestId('message');
  await words
    .filter({ hasText: message })
    .first()
    .waitFor({ timeout: 20_000 })
    .catch(async () => expect(await words.allInnerTexts()).toEqual([message]));
}

export { ticksOf };
