/** What a render is called. */
import * as v from 'valibot';
import { FileName, type ClipTarget } from '../../bridge/premiere-calls.ts';
import { fileOf, isOwn, type Model } from '../settings.ts';

/** Leaves room for “ 999”, the extension and the numbers of frames. */
const LONGEST = 120;
/** What names of clips that were made from files end in. */
const EXTENSION = /\.(mov|mp4|m4v|mkv|webm|mts|m2ts|ts|mxf|avi|qt)$/iu;

const TARGETS: Readonly<Record<ClipTarget, string | undefined>> = {
  '2x': '2x',
  '4x': '4x',
  uhd: 'UHD',
  '8k': '8K',
  sequence: undefined,
};

/** “CLIP 4x landscape”, without its extension: the same in every language, as it outlives the panel's. */
export function renderName(
  clip: string,
  target: ClipTarget,
  { width, height }: { readonly width: number; readonly height: number },
  model: Model,
): string {
  const by = isOwn(model) ? fileOf(model).replace(/\.onnx$/iu, '') : model;
  const size = TARGETS[target] ?? `${String(width)}x${String(height)}`;
  const ending = cleaned(` ${size} ${by}`).slice(0, LONGEST / 2);
  const base = trimmed(cleaned(clip.replace(EXTENSION, ''))).slice(0, LONGEST - ending.length);
  return trimmed(`${base || 'Clip'}${ending.startsWith(' ') ? '' : ' '}${ending}`);
}

/** Without what some system takes for something else. */
function cleaned(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[/\\:*?"<>|\p{Cc}]+/gu, '-')
    .replace(/^[.\s]+/u, (start) => (start.startsWith(' ') ? ' ' : ''));
}

/** Without dots and spaces at either end, and whole characters. */
function trimmed(name: string): string {
  return name.replace(/\p{Cs}/gu, '').replace(/^[.\s]+|[.\s]+$/gu, '');
}

/** Whether a name that was typed can be a file's. */
export function isFileName(name: string): boolean {
  return v.is(FileName, name) && name.length <= LONGEST + 40;
}
