/** One run of the panel in Premiere: set the controls, press Remaster clip, wait, and say what came of it. */
import type { CodecChoice, PremiereWindow, TargetChoice } from './premiere-window.ts';
import type { ModelChoice, SliderName } from './panel-window.ts';
import { trackLines, type TrackLine } from './track-lines.ts';

const SLIDERS = ['detail', 'noise', 'sharpness'] as const satisfies readonly SliderName[];

/** Controls that are left out stay as the panel has them. */
export interface ClipRun extends Partial<Record<SliderName, number>> {
  readonly model?: ModelChoice | `own:${string}`;
  readonly quality?: 'fast' | 'best';
  readonly target?: TargetChoice;
  readonly codec?: CodecChoice;
  readonly handles?: number;
  /** The render's name, without its extension. */
  readonly name?: string;
  /** Says yes to what would be lost, as of HDR. */
  readonly confirm?: boolean;
}

export interface ClipResult {
  /** On the emulated disk; of single frames the first. */
  readonly path: string;
  /** Where the render lies, in the panel's words; null where it could not be laid. */
  readonly placed: string | null;
  /** Why it was not laid over its clip, in the panel's words. */
  readonly problem: string | null;
  readonly backend: string | null;
  /** From pressing Remaster clip until the panel said that the run was over. */
  readonly ms: number;
  readonly timeline: {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly tracks: readonly TrackLine[];
  };
}

/** Sets the panel's controls for the selected clip. Rejects with the panel's reason if it refuses the clip. */
export async function setUp(window: PremiereWindow, run: ClipRun): Promise<void> {
  const spoken = ['clip-ready', 'refused', 'clip-failed'] as const;
  // Empty is also what the panel is until it has heard of the selection.
  const state = await window
    .waitForState(spoken, 20_000)
    .catch(() => window.waitForState([...spoken, 'empty']));
  if (state !== 'clip-ready') throw new Error(await refusal(window));
  if (run.model !== undefined) await window.chooseModel(run.model as ModelChoice);
  if (run.target !== undefined) await window.chooseTarget(run.target);
  if (run.codec !== undefined) await window.chooseCodec(run.codec);
  if (run.handles !== undefined) await window.setHandles(run.handles);
  if (run.confirm === true) await confirm(window);
  // Under Auto there is none to choose until the panel has looked at the clip.
  if (run.model === 'auto') await window.waitForRemaster();
  if (run.quality !== undefined) await window.chooseQuality(run.quality);
  for (const slider of SLIDERS) {
    const percent = run[slider];
    if (percent !== undefined) await window.move(slider, percent);
  }
  if (run.name !== undefined) await window.nameRender(run.name);
}

async function confirm({ panel }: PremiereWindow): Promise<void> {
  const box = panel.getByTestId('confirm-hdr');
  if ((await box.count()) > 0) await box.click();
}

async function refusal({ panel }: PremiereWindow): Promise<string> {
  const [message] = await panel.getByTestId('message').allInnerTexts();
  return message ?? (await panel.locator('body').innerText());
}

/** Presses the button and waits for the end. Rejects with the panel's message if it failed. `say` gets each step. */
export async function remasterClip(
  window: PremiereWindow,
  say: (line: string) => void = () => undefined,
): Promise<ClipResult> {
  const start = performance.now();
  await window.press('remaster');
  await window.waitForState(['clip-working', 'clip-done', 'clip-left', 'clip-failed']);
  return finished(window, start, say);
}

/** Waits for the end of a run that has been started. */
export async function finished(
  window: PremiereWindow,
  start: number,
  say: (line: string) => void = () => undefined,
): Promise<ClipResult> {
  let said: string | undefined;
  const working = setInterval(() => {
    void window.progress().then((line) => {
      if (line !== undefined && line !== said) say(line);
      said = line ?? said;
    });
  }, 1000);
  // However long the clip: the panel itself says when something fails. Ready again is a run that was cancelled.
  const state = await window
    .waitForState(['clip-done', 'clip-left', 'clip-failed', 'clip-ready'], 0)
    .finally(() => clearInterval(working));
  const ms = Math.round(performance.now() - start);
  const message = await refusal(window);
  if (state === 'clip-failed' || state === 'clip-ready') throw new Error(message);
  const [backend = null] = await window.panel
    .locator('.fact-line li')
    .filter({ hasText: /GPU|CPU/ })
    .allInnerTexts();
  const sequence = await window.sequence();
  const { name, width, height } = sequence;
  return {
    path: await window.panel.getByTestId('render-path').innerText(),
    placed: state === 'clip-done' ? message : null,
    problem: state === 'clip-left' ? message : null,
    backend,
    ms,
    timeline: { name, width, height, tracks: trackLines(await window.view(), sequence) },
  };
}
