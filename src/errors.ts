/**
 * Loupe's named errors. Each has one message, written for a retoucher: what is the matter and what to do.
 * They cross the bridge and the worker boundary as `{code, detail}` and are rebuilt on the other side.
 */

/** By what an unfinished render is not the one that would be made now. */
const RENDER_OTHER: Readonly<Record<string, string>> = {
  media: 'The unfinished render was made from another version of the file. Start again.',
  model: 'The unfinished render was made by another version of the model. Start again.',
  encoder: 'The unfinished render was encoded by another version of the encoder. Start again.',
  note: 'The unfinished render was begun by another version of Loupe. Start again.',
};

/** What to say for each error; `detail` is the part that varies (a name, a size, a path). */
const messages = {
  // The document or the layer cannot be enhanced as it is.
  'no-document': () => 'No document is open. Open one, then select a layer.',
  'no-layer': () => 'No layer is selected. Select one pixel layer.',
  'group-layer': (name) => `“${name}” is a group. Select a layer inside it.`,
  'adjustment-layer': (name) =>
    `“${name}” is an adjustment and has no pixels of its own. Select a pixel layer.`,
  'artboard-layer': (name) => `“${name}” is an artboard. Select a layer on it.`,
  'frame-layer': (name) => `“${name}” is a frame. Select the picture inside it.`,
  'fill-layer': (name) => `“${name}” is a fill and has no pixels of its own. Select a pixel layer.`,
  'shape-layer': (name) =>
    `“${name}” is a shape: vectors, which enlarge without loss. Rasterize a copy of it (Layer › Rasterize) if you want its pixels.`,
  'video-layer': (name) =>
    `“${name}” is a video. Rasterize a copy of it (Layer › Rasterize), then enhance that frame.`,
  'three-d-layer': (name) =>
    `“${name}” is a 3D layer. Rasterize a copy of it (Layer › Rasterize), then enhance that.`,
  'empty-layer': (name) => `“${name}” has no pixels. Select a layer with something on it.`,
  'locked-layer': (name) => `“${name}” is locked. Unlock it in the Layers panel, then try again.`,
  'hidden-layer': (name) => `“${name}” is hidden. Show it in the Layers panel, then try again.`,
  'mode-unsupported': (mode) =>
    `This document is in ${mode} mode, which Loupe cannot enhance. Convert a copy to RGB Color or Grayscale (Image › Mode).`,
  'depth-unsupported': (depth) =>
    `This document has ${depth} bits per channel, which Loupe cannot enhance. Convert a copy to 8 or 16 bits (Image › Mode).`,
  'too-large-for-photoshop': (size) =>
    `The result would be ${size} pixels; Photoshop holds at most 300,000 a side. Choose a smaller scale.`,
  'too-large-for-psd': (size) =>
    `The result would be ${size} pixels; a PSD holds at most 30,000 a side. Choose a smaller scale, or save the document as PSB first.`,

  'size-smaller': () =>
    'The result would be smaller than the layer is. Choose a larger size; to shrink it, use Image › Image Size.',
  'size-beyond': (most) => `That is more than ${most}× the layer’s size. Choose a smaller size.`,

  // The part of the layer that was asked for.
  'selection-missing': () => 'Nothing is selected. Select a part of the layer, or enhance the whole layer.',
  'selection-outside': (name) =>
    `The selection does not touch “${name}”. Select a part of the layer, or enhance the whole layer.`,
  'mask-missing': (name) => `“${name}” has no layer mask. Add one, or enhance the whole layer.`,
  'mask-disabled': (name) =>
    `The mask of “${name}” is switched off. Shift-click it in the Layers panel, or enhance the whole layer.`,
  'mask-feathered': (name) =>
    `The mask of “${name}” has a feather. Set it to 0 in the mask’s properties, or enhance the whole layer.`,
  'mask-empty': (name) => `The mask of “${name}” hides all of it. Reveal a part, or enhance the whole layer.`,

  // The clip cannot be remastered as it is.
  'no-project': () => 'No project is open. Open one, then select a clip on the timeline.',
  'no-sequence': () => 'No sequence is open. Open one, then select a clip on its timeline.',
  'no-clip': () => 'No video clip is selected. Select one on the timeline.',
  'several-clips': (count) => `${count} video clips are selected. Select one.`,
  'clip-offline': (path) =>
    `The media of this clip is offline: ${path} is not there. Relink it (Clip › Link Media), then try again.`,
  'clip-nested': (name) => `“${name}” is a nested sequence. Open it and remaster the clips inside.`,
  'clip-multicam': (name) =>
    `“${name}” is a multicamera clip. Flatten it (Clip › Multi-Camera › Flatten), then remaster the clip that is left.`,
  'clip-merged': (name) => `“${name}” is a merged clip. Remaster the video file it was made of.`,
  'clip-adjustment': (name) => `“${name}” is an adjustment layer and has no picture of its own.`,
  'clip-graphic': (name) => `“${name}” is made by Premiere and has no file, so there is nothing to enlarge.`,
  'clip-still': (name) =>
    `“${name}” is a still picture. Enhance it with Loupe in Photoshop, then replace its footage.`,
  'clip-speed': (percent) =>
    `This clip plays at ${percent} % speed. Nest it, or set its speed to 100 % (Clip › Speed/Duration), remaster it, and set the speed of the result.`,
  'clip-reversed': () =>
    'This clip plays backwards. Switch that off (Clip › Speed/Duration), remaster it, then reverse the result.',
  'clip-empty-range': () =>
    'There is no frame between this clip’s in and out points. Make it longer on the timeline.',
  'clip-not-media': (path) =>
    `${path} is not a video file that Loupe can read. Loupe reads MP4, QuickTime, Matroska, WebM and MPEG-TS.`,
  'clip-no-video': (path) => `${path} has no video.`,
  'clip-truncated': (path) =>
    `${path} is damaged or cut short. Copy it from the camera or the archive again.`,
  'codec-undecodable': (codec) =>
    `The video is in ${codec}, which cannot be decoded here. Transcode it to H.264 or ProRes (File › Export › Media), then try again.`,
  'codec-unencodable': (codec) => `${codec} cannot be encoded here at this size. Choose another codec.`,

  // The render.
  'folder-missing': (folder) => `There is no folder ${folder}. Choose another output folder.`,
  'folder-readonly': (folder) => `Nothing can be written to ${folder}. Choose another output folder.`,
  'folder-unset': () => 'There is no output folder yet. Choose one, or save the project first.',
  'render-exists': (name) => `${name} exists already. Give the render another name.`,
  'render-gone': (name) => `The unfinished render ${name} is not there any more. Start again.`,
  /** The detail is what it differs by. */
  'render-other': (what) => RENDER_OTHER[what] ?? 'The unfinished render is another one. Start again.',
  'render-disk-full': () => 'The disk is full, so the render could not be written. Free some space first.',
  'render-backend-failed': (why) => `The model could not be run on this machine: ${why}.`,
  'video-failed': (why) => `The video could not be worked on here: ${why}.`,
  'gpu-lost': (frames) => `The GPU was lost. Frames kept: ${frames}. Go on when it is back.`,
  'import-failed': (path) => `Premiere did not import the render. It is finished and lies at ${path}.`,
  'transaction-refused': (what) =>
    `Premiere refused to ${what}. Nothing more was changed; the render is in the bin “Remastered”.`,
  'clip-moved': () =>
    'The clip was moved or trimmed meanwhile, so the render was not laid over it. It is in the bin “Remastered”.',
  'clip-gone': () =>
    'The clip was deleted meanwhile, so the render was not laid over it. It is in the bin “Remastered”.',
  'sequence-gone': () => 'The clip’s sequence was deleted meanwhile. The render is in the bin “Remastered”.',
  'sequence-closed': (name) =>
    `Another sequence is open now, so the render was not laid over its clip. It is in the bin “Remastered”: open “${name}” and place it.`,
  'project-closed': (path) => `The project was closed meanwhile. The render lies at ${path}.`,

  // Something changed or stood in the way during the run.
  'host-busy': () => 'Photoshop is busy with another command or dialog. Finish it, then try again.',
  'run-under-way': () => 'Loupe is enhancing already. Wait until it is done, or cancel it in the panel.',
  'run-not-started': () => 'Loupe did not start enhancing. Its panel says why.',
  'panel-unavailable': (why) =>
    `Photoshop did not show Loupe’s panel${why ? ` (${why})` : ''}. Open it with Plugins › Loupe, then try again.`,
  'layer-changed': (name) =>
    `“${name}” was changed while Loupe was working, so nothing was written. Enhance it again.`,
  'layer-gone': (name) => `“${name}” was deleted while Loupe was working, so nothing was written.`,
  'document-changed': () =>
    'The document’s size, mode or profile was changed while Loupe was working, so nothing was written. Enhance again.',
  'document-closed': () => 'The document was closed while Loupe was working, so nothing was written.',
  'profile-missing': (name) =>
    `The document’s colour profile, “${name}”, is not installed, so Photoshop cannot make another document in it. Nothing was changed. Install the profile, or put the result into the document as a new layer.`,
  /** The detail is the space that the job takes, where that is known. */
  'disk-full': (needed) =>
    needed
      ? `There is not enough free space on the disk: this takes ${needed}. Free some space, then try again. Nothing was changed.`
      : 'The disk is full, so the result could not be stored. Free some space, then try again. Nothing was changed.',
  cancelled: () => 'Cancelled. Nothing was changed.',

  // The model or the machine.
  'model-missing': (file) => `The model file ${file} is missing. Install Loupe again.`,
  'model-damaged': (file) =>
    `The model file ${file} is damaged or not the one Loupe ships. Install Loupe again.`,
  /** A model of the user's own; the detail is the reason, a clause. */
  'model-unfit': (why) => `This model cannot be used: ${why}.`,
  'backend-unavailable': (why) => `This machine cannot run the model this way: ${why}.`,
  'backend-failed': (why) => `The model could not be run on this machine: ${why}. Nothing was changed.`,

  // Files, in the shell.
  'file-missing': (path) => `${path}: there is no such file.`,
  'file-empty': (path) => `${path}: the file is empty.`,
  'file-not-image': (path) => `${path}: not a PNG, JPEG, WebP or TIFF picture.`,
  'file-damaged': (path) => `${path}: the picture is damaged or cut short.`,
  'file-unreadable': (path) => `${path} cannot be read. Check its permissions.`,
  'file-unsupported': (what) => what,
  'file-too-large': (what) => what,
  'output-exists': (path) => `${path} exists already. Use --overwrite to replace it.`,
  'output-taken': (what) => `${what}. Enhance the two into different folders.`,
  'output-is-input': (path) =>
    `${path} is one of the pictures to enhance, and is never overwritten. Choose another output.`,
  'output-unwritable': (path) => `${path} cannot be written. Check the folder and its permissions.`,
  'output-format': (path) => `${path}: Loupe writes .png, .jpg, .webp and .tif.`,

  // The wire between the panel and the host.
  'protocol-mismatch': (versions) =>
    `The panel and the plugin are of different versions (${versions}). Reload the plugin or restart the application.`,
  'bad-message': (what) => `The panel and the plugin disagree about a message (${what}). Reload the plugin.`,
  'host-failed': (why) => `The application reported a problem: ${why}. Nothing was changed.`,
} satisfies Record<string, (detail: string) => string>;

export type ErrorCode = keyof typeof messages;
export type Messages = Readonly<Record<ErrorCode, (detail: string) => string>>;

/** Clauses of our own that stand as the detail of an error, told by `because`. */
const reasons = {
  'not-onnx': () => 'it is not an ONNX model that can be read here',
  'many-inputs': (count) => `it takes ${count} inputs instead of one picture`,
  'many-results': (count) => `it gives ${count} results instead of one picture`,
  'no-picture': () => 'it does not turn one picture into another',
  'not-float': (type) => `it calculates pictures in ${type} instead of float32`,
  'other-input': (shape) => `it takes ${shape} instead of 1 × 3 × height × width`,
  'fixed-size': (size) => `it takes only pictures of ${size} pixels`,
  'cannot-enlarge': (size) => `it cannot enlarge a picture of ${size} pixels`,
  'other-result': (shape, size) => `it gives ${shape} for a picture of ${size} pixels`,
  'same-size': () => 'it gives pictures of the size they had',
  'other-scale': (scale, most) => `it makes pictures ${scale} times as large, not 2 to ${most}`,
  'file-gone': (name) => `${name} is not in the folder any more`,
  'file-changed': (name) => `${name} was changed while it was read`,
  'file-replaced': (name) => `${name} was changed after Loupe had tried it`,
  'file-large': (name, megabytes) => `${name} is larger than ${megabytes} MB`,
  'no-webgpu': () => 'there is no WebGPU here',
  'no-gpu': () => 'no GPU was found',
  'software-gpu': () => 'the only GPU found is emulated on the CPU',
  'gpu-not-opened': () => 'the GPU could not be opened',
  'gpu-lost': (why) => `the GPU was lost (${why})`,
  'gpu-reported': (why) => `the GPU reported: ${why}`,
  'not-started': (backend, why) => `${backend} could not be started: ${why}`,
  'gave-up': (backend, why) => `${backend} failed: ${why}`,
  // What Premiere refused to do.
  'make-bin': (name) => `make the bin “${name}”`,
  'set-rate': () => 'set the frame rate of the render',
  'mark-render': () => 'set the in and out points of the render',
  'lay-render': () => 'lay the render over the clip',
  'adjust-render': () => 'give the render the size and place of the clip',
  'remove-render': () => 'take the render off the timeline',
} satisfies Record<string, (...values: string[]) => string>;

export type Reason = keyof typeof reasons;
export type Reasons = Readonly<Record<Reason, (...values: string[]) => string>>;

/** Control characters, which no name, path or message of another's has in it. */
const REASON_SIGN = '\u001f';
const NEXT_REASON = '\u001e';

/** A reason as an error's detail, which every language can say. The last value may be such a detail itself. */
export function because(reason: Reason, ...values: readonly (string | number)[]): string {
  return [REASON_SIGN + reason, ...values].join(REASON_SIGN);
}

/** Several details as one. */
export function severally(details: readonly string[]): string {
  return details.join(NEXT_REASON);
}

/** A detail in words; what is not a reason of ours, as what Photoshop or a driver has said, is left as it is. */
export function inWords(detail: string, said: Reasons = reasons): string {
  return detail
    .split(NEXT_REASON)
    .map((each) => {
      const [before, reason = '', ...values] = each.split(REASON_SIGN);
      if (before !== '' || !Object.hasOwn(said, reason)) return each;
      const say = said[reason as Reason];
      // The last value takes what is left, which is a detail of its own.
      const last = Math.max(0, reasons[reason as Reason].length - 1);
      const rest = values.slice(last).join(REASON_SIGN);
      return say(...values.slice(0, last), inWords(rest, said));
    })
    .join('. ');
}

/** Messages that say their detail in words, whatever form it has. */
export function spoken(said: Messages, why: Reasons): Messages {
  return Object.fromEntries(
    Object.entries(said).map(([code, say]) => [code, (detail: string) => say(inWords(detail, why))]),
  ) as unknown as Messages;
}

/** In English, for the shell and for logs; what the panel shows is of src/texts. */
export const englishErrors: Messages = spoken(messages, reasons);

/** An error Loupe foresees. `message` is English; `detail` is the varying part of it. */
export class LoupeError extends Error {
  override readonly name = 'LoupeError';
  constructor(
    readonly code: ErrorCode,
    readonly detail = '',
    options?: { cause?: unknown },
  ) {
    super(englishErrors[code](detail), options);
  }
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(messages, value);
}

/** A LoupeError as it is, or `fallback` with the message of whatever was thrown as its detail. */
export function asLoupeError(thrown: unknown, fallback: ErrorCode): LoupeError {
  if (thrown instanceof LoupeError) return thrown;
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new LoupeError(fallback, why, { cause: thrown });
}
