/**
 * The rules of Photoshop and UXP that the emulation enforces, each with its source. Each has a test of that id
 * in test/unit/simulator/ in which a plugin breaks it; one test checks that none is missing.
 */

/** D: Adobe's documentation. 3P: reported by plugin authors from the host. I: inferred, chosen strict. */
export type Mark = 'D' | '3P' | 'I';

export interface Rule {
  readonly id: string;
  readonly rule: string;
  readonly source: string;
  readonly mark: Mark;
}

const MODAL = 'https://developer.adobe.com/photoshop/uxp/2022/ps_reference/media/executeasmodal/';
const IMAGING = 'https://developer.adobe.com/photoshop/uxp/2022/ps_reference/media/imaging/';
const CLASSES = 'https://developer.adobe.com/photoshop/uxp/2022/ps_reference/classes/';
const UXP = 'https://developer.adobe.com/photoshop/uxp/2022/uxp-api/reference-js/Modules/';
const SIZE = 'https://helpx.adobe.com/photoshop/using/supported-file-formats.html';

export const rules: readonly Rule[] = [
  // Modal execution
  {
    id: 'modal-write',
    mark: 'D',
    source: MODAL,
    rule: 'Changing a document, a layer or the application outside executeAsModal throws.',
  },
  {
    id: 'modal-read',
    mark: 'I',
    source: `${IMAGING} (every sample reads inside)`,
    rule: 'getPixels outside executeAsModal throws.',
  },
  { id: 'modal-name', mark: 'D', source: MODAL, rule: 'executeAsModal without a commandName is refused.' },
  {
    id: 'modal-collision',
    mark: 'D',
    source: MODAL,
    rule: 'While another modal state holds, executeAsModal waits timeOut seconds (1 by default), then rejects with number 9.',
  },
  {
    id: 'modal-not-nested',
    mark: 'I',
    source: `${MODAL} (nesting is documented; a missing await cannot be told from it)`,
    rule: "executeAsModal called while the plugin's own scope is open is taken for a missing await and collides.",
  },
  {
    id: 'modal-user',
    mark: 'D',
    source: MODAL,
    rule: 'While a modal command runs the user cannot edit; only Escape works.',
  },
  {
    id: 'modal-cancel',
    mark: 'D',
    source: MODAL,
    rule: "Escape sets isCancelled, calls onCancel, and the plugin's next command throws.",
  },
  {
    id: 'modal-context-ends',
    mark: 'I',
    source: MODAL,
    rule: 'An execution context kept beyond its scope is refused.',
  },
  {
    id: 'modal-auto-close',
    mark: 'D',
    source: MODAL,
    rule: 'Documents registered for it are closed when the scope ends.',
  },
  {
    id: 'modal-silent',
    mark: 'D',
    source: MODAL,
    rule: 'Notifications are silent during a modal scope, but for its entering and leaving.',
  },
  // History
  {
    id: 'history-one-per-command',
    mark: 'D',
    source: MODAL,
    rule: 'Without suspendHistory every command makes a history state of its own.',
  },
  {
    id: 'history-suspended',
    mark: 'D',
    source: MODAL,
    rule: 'Between suspendHistory and resumeHistory all changes make one state; none if nothing changed.',
  },
  {
    id: 'history-rollback',
    mark: 'D',
    source: MODAL,
    rule: 'When the target function throws, suspended documents are rolled back.',
  },
  {
    id: 'history-no-rollback',
    mark: 'D',
    source: MODAL,
    rule: 'When the target function throws, changes made without suspendHistory stay.',
  },
  {
    id: 'history-resume-false',
    mark: 'D',
    source: MODAL,
    rule: 'resumeHistory(id, false) takes the document back to where it was suspended.',
  },
  {
    id: 'history-twice',
    mark: 'I',
    source: MODAL,
    rule: 'A history that is already suspended cannot be suspended again.',
  },
  // Objects
  {
    id: 'stale-layer',
    mark: 'D',
    source: `${CLASSES}layer/`,
    rule: 'Any use of a layer that was deleted throws.',
  },
  {
    id: 'stale-document',
    mark: 'D',
    source: `${CLASSES}document/#id`,
    rule: 'Any use of a document that was closed, or of its layers, throws.',
  },
  {
    id: 'locked-delete',
    mark: 'I',
    source: `${CLASSES}layer/#alllocked`,
    rule: 'A locked layer cannot be deleted or moved.',
  },
  {
    id: 'background-place',
    mark: 'D',
    source: `${CLASSES}layer/#isbackgroundlayer`,
    rule: 'The Background cannot be moved, and nothing can be put beneath it.',
  },
  { id: 'max-side', mark: 'D', source: SIZE, rule: 'No document side is over 300,000 pixels.' },
  {
    id: 'batchplay-unknown',
    mark: 'I',
    source: 'the emulation’s own',
    rule: 'A batchPlay descriptor that is not emulated throws, instead of doing nothing.',
  },
  // Reading pixels
  {
    id: 'get-trimmed',
    mark: 'D',
    source: IMAGING,
    rule: 'getPixels trims the bounds to existing pixels and answers the bounds it used.',
  },
  {
    id: 'get-nothing',
    mark: 'I',
    source: IMAGING,
    rule: 'getPixels of a layer or a region without pixels throws.',
  },
  { id: 'get-kind', mark: 'I', source: IMAGING, rule: 'getPixels of a group or an adjustment layer throws.' },
  {
    id: 'get-components',
    mark: 'D',
    source: IMAGING,
    rule: 'A layer comes with alpha, the Background without.',
  },
  {
    id: 'get-gray-alpha',
    mark: '3P',
    source: 'plugin authors, Adobe’s forum',
    rule: 'Grayscale comes without alpha, even of a transparent layer.',
  },
  {
    id: 'get-level',
    mark: 'D',
    source: IMAGING,
    rule: 'With a targetSize below half, level is over 0 and sourceBounds are relative to that level.',
  },
  {
    id: 'get-mode',
    mark: 'I',
    source: 'the emulation’s own',
    rule: 'Pixels of modes other than RGB and grayscale are not emulated and throw.',
  },
  {
    id: 'data-range',
    mark: 'D',
    source: IMAGING,
    rule: '16-bit data are 0 to 32768 unless fullRange is asked for.',
  },
  {
    id: 'data-disposed',
    mark: 'D',
    source: IMAGING,
    rule: 'Image data that was disposed of cannot be used.',
  },
  {
    id: 'data-counted',
    mark: 'D',
    source: IMAGING,
    rule: 'Image data not disposed of is counted; over 600 MB a warning is printed.',
  },
  // Writing pixels
  {
    id: 'buffer-length',
    mark: 'D',
    source: IMAGING,
    rule: 'The buffer has exactly width × height × components elements.',
  },
  {
    id: 'buffer-type',
    mark: 'D',
    source: IMAGING,
    rule: 'The buffer is a Uint8Array, a Uint16Array or a Float32Array.',
  },
  {
    id: 'buffer-components',
    mark: 'D',
    source: IMAGING,
    rule: 'RGB has 3 or 4 components, grayscale 1 or 2.',
  },
  {
    id: 'buffer-range',
    mark: 'D',
    source: IMAGING,
    rule: '16-bit values over 32768 without fullRange are refused.',
  },
  {
    id: 'buffer-linear-profile',
    mark: 'D',
    source: IMAGING,
    rule: 'A profile name must not include “(Linear RGB Profile)”.',
  },
  { id: 'put-kind', mark: 'D', source: IMAGING, rule: 'putPixels writes only on pixel layers.' },
  {
    id: 'put-replace',
    mark: 'D',
    source: IMAGING,
    rule: 'putPixels with replace, the default, throws away the layer’s other pixels; replace: false keeps them.',
  },
  {
    id: 'put-locked',
    mark: 'I',
    source: `${CLASSES}layer/#pixelslocked`,
    rule: 'putPixels on a locked layer throws.',
  },
  {
    id: 'put-depth',
    mark: 'I',
    source: IMAGING,
    rule: 'putPixels of another depth than the document’s throws.',
  },
  {
    id: 'put-space',
    mark: 'I',
    source: 'the emulation’s own',
    rule: 'putPixels in another colour space than the document’s is not emulated and throws.',
  },
  {
    id: 'put-foreign',
    mark: 'D',
    source: IMAGING,
    rule: 'putPixels takes only image data made by the imaging API.',
  },
  {
    id: 'put-background',
    mark: 'I',
    source: `${CLASSES}layer/#isbackgroundlayer`,
    rule: 'Transparent pixels cannot be put on the Background; what lies off the canvas is lost.',
  },
  // UXP
  {
    id: 'entry-timeout',
    mark: 'D',
    source: `${UXP}uxp/entry-points/EntryPoints/`,
    rule: 'A handler of an entry point that takes over 300 ms fails.',
  },
  {
    id: 'entry-once',
    mark: 'D',
    source: `${UXP}uxp/entry-points/EntryPoints/`,
    rule: 'entrypoints.setup can be called once.',
  },
  {
    id: 'entry-manifest',
    mark: 'D',
    source: `${UXP}uxp/entry-points/EntryPoints/`,
    rule: 'Panels and commands must be in the manifest, panels with create or show, commands with run.',
  },
  {
    id: 'fs-sandbox',
    mark: 'D',
    source: `${UXP}fs/`,
    rule: 'Paths outside plugin:/, plugin-data:/ and plugin-temp:/ are refused (the manifest asks for no more).',
  },
  {
    id: 'fs-plugin-read-only',
    mark: 'D',
    source: `${UXP}fs/`,
    rule: 'The plugin’s own folder cannot be written.',
  },
  {
    id: 'fs-array-buffer',
    mark: 'D',
    source: `${UXP}fs/`,
    rule: 'read and write take an ArrayBuffer, not a view of one.',
  },
  {
    id: 'fs-position',
    mark: 'D',
    source: `${UXP}fs/`,
    rule: 'Position -1 goes on from the current one; 0 and above leaves it alone.',
  },
  {
    id: 'fs-descriptor',
    mark: 'D',
    source: `${UXP}fs/`,
    rule: 'A descriptor that is closed, or not open for it, is refused.',
  },
  {
    id: 'fs-full',
    mark: 'I',
    source: 'libuv’s ENOSPC',
    rule: 'On a full disk a write throws ENOSPC and writes nothing.',
  },
  {
    id: 'shell-permission',
    mark: 'D',
    source: `${UXP}uxp/shell/Shell/; Premiere’s manifest reference, launchProcess`,
    rule: 'openPath opens only what launchProcess.extensions lists, an empty one standing for folders.',
  },
];
