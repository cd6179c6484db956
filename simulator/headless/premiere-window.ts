/** The emulated Premiere's window in a headless browser, driven as a person would: by its controls. */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Browser } from 'playwright-core';
import type {
  ClipView,
  PlaceOptions,
  PremiereSimulator,
  PremiereView,
  SequenceOptions,
  SequenceView,
  Theme,
} from '../premiere/interface.ts';
import { PanelWindow } from './panel-window.ts';

/** What the plugin's panel shows just now: `data-state` of its root. */
export type ClipPanelState =
  | 'loading'
  | 'empty'
  | 'refused'
  | 'clip-ready'
  | 'clip-unfinished'
  | 'clip-working'
  | 'clip-done'
  | 'clip-left'
  | 'clip-failed';

export interface PremiereWindowOptions {
  /** A project with the sample on a timeline is open from the start unless 'none': then it is empty. */
  readonly media?: 'sample' | 'none';
  /** Not even an empty project. */
  readonly project?: 'none';
  /** Premiere's language, e.g. 'de_DE'. */
  readonly locale?: string;
  readonly theme?: Theme;
}

export type TargetChoice = '2x' | '4x' | 'sequence' | 'uhd' | '8k';
export type CodecChoice = 'prores' | 'h264' | 'hevc' | 'av1' | 'vp9' | 'png' | 'tiff';

/** The panel's buttons for a clip, by their test ids. */
export type ClipButton =
  'remaster' | 'pause' | 'go-on' | 'cancel' | 'discard' | 'place' | 'undo-remaster' | 'another' | 'try-again';

const MOVIES = '/Users/user/Movies';
const TICKS_A_SECOND = 254_016_000_000n;
/** Of a file on its way out of the page, in one message. */
const PIECE = 4 << 20;

export class PremiereWindow extends PanelWindow {
  /** Opens the emulated Premiere and waits until the plugin is loaded. `url` is the server's. */
  static async open(
    browser: Browser,
    url: string,
    options: PremiereWindowOptions = {},
  ): Promise<PremiereWindow> {
    const window = new PremiereWindow(await PanelWindow.newPage(browser));
    const query = new URLSearchParams({ ...options });
    await window.page.goto(`${url}premiere.html?${query.toString()}`);
    await window.page.waitForFunction(() => 'premiere' in globalThis);
    return window;
  }

  /** Runs a function in the window with the emulated Premiere and one argument, both ways as JSON. */
  async premiere<Result, Argument = undefined>(
    act: (premiere: PremiereSimulator, argument: Argument) => Result,
    ...[argument]: Argument extends undefined ? [] : [Argument]
  ): Promise<Awaited<Result>> {
    const handle = await this.page.evaluateHandle(() => window.premiere);
    return await handle.evaluate<Result, unknown>(
      act as (premiere: PremiereSimulator, argument: unknown) => Result,
      argument,
    );
  }

  async view(): Promise<PremiereView> {
    return this.premiere((premiere) => premiere.view());
  }

  /** Throws if no sequence is open. */
  async sequence(): Promise<SequenceView> {
    const { project } = await this.view();
    const sequence = project?.sequences.find(({ id }) => id === project.activeSequenceId);
    if (!sequence) throw new Error('No sequence is open.');
    return sequence;
  }

  /** The clip of that name on the open sequence's video tracks, the topmost of several. */
  async clip(name: string): Promise<ClipView> {
    const { videoTracks } = await this.sequence();
    const clips = videoTracks.flatMap((track) => track.clips);
    const found = clips.findLast((clip) => clip.name === name);
    if (!found) throw new Error(`There is no clip “${name}”: ${clips.map((clip) => clip.name).join(', ')}.`);
    return found;
  }

  /** Puts a file of the real disk on the emulated one and imports it: the item's id, null where Premiere refuses it. */
  async importFile(path: string, to = `${MOVIES}/${basename(path)}`): Promise<string | null> {
    await this.copyIn(path, to);
    return this.premiere(({ user }, file) => user.importMedia(file), to);
  }

  /** Copies a file of the real disk to the emulated one. */
  async copyIn(path: string, to: string): Promise<void> {
    const address = `${new URL(this.page.url()).origin}/copied-in`;
    await this.page.route(address, (route) => route.fulfill({ path }));
    await this.premiere(
      async ({ disk }, [from, file]) => disk.write(file, await (await fetch(from)).blob()),
      [address, to] as const,
    );
    await this.page.unroute(address);
  }

  /** Copies a file of the emulated disk to the real one, as it is read. */
  async copyOut(path: string, to: string): Promise<void> {
    const file = await open(to, 'w');
    try {
      for (let position = 0; ; position += PIECE) {
        const piece = await this.#piece(path, position);
        await file.write(piece);
        if (piece.length < PIECE) return;
      }
    } finally {
      await file.close();
    }
  }

  /** A file of the emulated disk. */
  async readFile(path: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let piece: Buffer | undefined; piece === undefined || piece.length === PIECE;) {
      piece = await this.#piece(path, pieces.length * PIECE);
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  async #piece(path: string, position: number): Promise<Buffer> {
    const base64 = await this.premiere(
      async ({ disk }, [file, from, length]) => {
        const bytes = await disk.readPart(file, from, length);
        let letters = '';
        for (let at = 0; at < bytes.length; at += 8192) {
          letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
        }
        return btoa(letters);
      },
      [path, position, PIECE] as const,
    );
    return Buffer.from(base64, 'base64');
  }

  /** Makes a sequence, lays an item on it and selects the clip. Answers both ids. */
  async layOut(
    itemId: string,
    sequence: SequenceOptions,
    place: PlaceOptions = {},
  ): Promise<{ readonly sequenceId: string; readonly clipId: string }> {
    const laid = await this.premiere(
      ({ user }, [item, options, where]) => {
        const sequenceId = user.createSequence(options);
        const clipId = user.placeItem(sequenceId, item, where);
        if (clipId !== null) user.selectClip(sequenceId, clipId);
        return { sequenceId, clipId };
      },
      [itemId, sequence, place] as const,
    );
    const { sequenceId, clipId } = laid;
    if (clipId === null) throw new Error('Premiere does not lay the item on the timeline.');
    return { sequenceId, clipId };
  }

  /** Selects a clip of the open sequence as by a click. */
  async selectClip(name: string): Promise<void> {
    const [{ id: sequenceId }, { id }] = [await this.sequence(), await this.clip(name)];
    await this.premiere(({ user }, [sequence, clip]) => user.selectClip(sequence, clip), [
      sequenceId,
      id,
    ] as const);
  }

  /** Puts a file into the plugin's folder of the user's own models. */
  async putModel(name: string, bytes: Uint8Array): Promise<void> {
    await this.premiere(
      (premiere, [file, base64]) =>
        premiere.putFile(
          file,
          Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
        ),
      [`models/${name}`, Buffer.from(bytes).toString('base64')] as const,
    );
  }

  /** Waits until the panel is in one of the states and answers which. `timeout` in milliseconds, 0 for none. */
  async waitForState(states: readonly ClipPanelState[], timeout = 60_000): Promise<ClipPanelState> {
    return this.waitForPanel(states, timeout);
  }

  async chooseTarget(target: TargetChoice): Promise<void> {
    const button = this.panel.getByTestId(`target-${target}`);
    await button.waitFor();
    if (await button.and(this.panel.locator('[disabled]')).isVisible()) {
      throw new Error(`The panel does not offer the target ${target} for this clip.`);
    }
    await this.click(`target-${target}`, '[selected]');
  }

  async chooseCodec(codec: CodecChoice): Promise<void> {
    await this.panel.getByTestId('codec-choice').waitFor();
    if ((await this.panel.getByTestId(`codec-${codec}`).count()) === 0) {
      throw new Error(`The panel does not offer ${codec}: it cannot be encoded here at this size.`);
    }
    await this.click(`codec-${codec}`, '[checked]');
  }

  async setHandles(frames: number): Promise<void> {
    await this.#type('handles', String(frames));
  }

  async nameRender(name: string): Promise<void> {
    await this.#type('render-name', name);
  }

  async #type(testId: string, text: string): Promise<void> {
    const input = this.panel.getByTestId(testId).locator('input');
    await input.fill(text);
    await input.press('Enter');
  }

  /** Answers the panel's wish for a folder, null as by Cancel. */
  async chooseFolder(path: string | null): Promise<void> {
    await this.panel.getByTestId('choose-folder').dispatchEvent('click');
    await this.page.waitForFunction(() => window.premiere.view().folderPicker);
    await this.premiere(({ user }, folder) => user.chooseFolder(folder), path);
  }

  /** The name the render will have: a file's, with its extension, or of single frames their folder's. */
  async renderName(): Promise<string> {
    const field = this.panel.locator('.render-name');
    const name = await field.locator('input').inputValue();
    const extension = await field.locator('> span').innerText({ timeout: 10_000 });
    return ['.png', '.tif'].includes(extension) ? name : name + extension;
  }

  /** Waits until Remaster can be pressed. Rejects with what stands in the way once it has stood there for a while. */
  async waitForRemaster(): Promise<void> {
    const button = this.panel.getByTestId('remaster');
    let said: string | undefined;
    for (let looked = 0; looked < 1200; looked += 1) {
      if ((await button.and(this.panel.locator(':not([disabled])')).count()) > 0) return;
      const messages = this.panel.getByTestId('message');
      const [message] = await messages.allInnerTexts();
      if (message !== undefined && message === said && looked % 20 === 19) throw new Error(message);
      if (looked % 20 === 0) said = message;
      await this.page.waitForTimeout(100);
    }
    throw new Error('The panel’s button does not become one that can be pressed.');
  }

  /** Told to the button itself: pointer and keys wait until the page is drawn, which a busy machine puts off. */
  async press(button: ClipButton): Promise<void> {
    if (button === 'remaster') await this.waitForRemaster();
    const pressable = this.panel.getByTestId(button).and(this.panel.locator(':not([disabled])'));
    await pressable.first().dispatchEvent('click');
  }

  /** “3 of 12 frames 4.1 a second about 2 seconds left”; undefined unless a run is under way. */
  async progress(): Promise<string | undefined> {
    const at = async (testId: string): Promise<string> =>
      this.panel.getByTestId(testId).innerText({ timeout: 500 });
    try {
      const words = [await at('frames-done'), await at('frames-per-second'), await at('time-left')];
      return words.filter((each) => each !== '').join(' · ');
    } catch {
      return undefined;
    }
  }

  /** The frame that the program monitor shows, once it shows what is to be seen now. */
  async monitor(): Promise<{ readonly width: number; readonly height: number; readonly rgba: Uint8Array }> {
    const canvas = this.page.getByLabel('Frame at the playhead');
    await this.page.waitForFunction(() => {
      const { project, revision } = window.premiere.view();
      const sequence = project?.sequences.find(({ id }) => id === project.activeSequenceId);
      const shown = document.querySelector<HTMLCanvasElement>('.screen canvas')?.dataset['shown'];
      return sequence !== undefined && shown === `${revision} ${sequence.playheadTicks}`;
    });
    const { width, height, base64 } = await canvas.evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      // Chromium complains of reading from the canvas itself more than once.
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(element as HTMLCanvasElement, 0, 0);
      const data = copy?.getImageData(0, 0, width, height).data;
      let letters = '';
      for (let at = 0; data && at < data.length; at += 8192) {
        letters += String.fromCharCode(...data.subarray(at, at + 8192));
      }
      return { width, height, base64: btoa(letters) };
    });
    return { width, height, rgba: Buffer.from(base64, 'base64') };
  }
}

/** Ticks of so many seconds, at the nearest frame where one is `ticksPerFrame`. */
export function ticksOf(seconds: number, ticksPerFrame = 1n): string {
  const frames = Math.round((seconds * Number(TICKS_A_SECOND)) / Number(ticksPerFrame));
  return String(BigInt(frames) * ticksPerFrame);
}

export function secondsOf(ticks: string): number {
  return Number(BigInt(ticks)) / Number(TICKS_A_SECOND);
}
