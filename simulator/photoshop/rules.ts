/**
 * The rules of Photoshop and UXP that the emulation enforces, each with its source. Each has a test of that id
 * in test/unit/simulator/ in which a plugin breaks it; one test checks that none is missing.
 */
import type { Rule } from '../uxp/rule.ts';

const MODAL = 'https://developer.adobe.com/photoshop/uxp/2022/ps_reference/media/executeasmodal/';
const IMAGING = 'https://developer.adobe.com/photoshop/uxp/2022/ps_reference/media/imaging/';
const MEDIA = 'https://developer.adobe.com/photoshop/uxp/2022/ps_reference/media/';
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
    id: 'new-profile',
    mark: 'I',
    source: `${CLASSES}photoshop/#createdocument`,
    rule: 'createDocument with a profile that is not installed throws.',
  },
  {
    id: 'batchplay-unknown',
    mark: 'I',
    source: 'the emulation’s own',
    rule: 'A batchPlay descriptor that is not emulated throws, instead of doing nothing.',
  },
  {
    id: 'move-selected',
    mark: '3P',
    source: 'scripters’ forums: translate moves the selected pixels only, or fails',
    rule: 'While something is selected a layer can be neither moved nor scaled.',
  },
  {
    id: 'image-size-constrained',
    mark: 'I',
    source: 'the Image Size dialog: Scale Styles can be ticked only with Constrain Proportions',
    rule: 'batchPlay imageSize scales styles only with constrainProportions; one side then follows the other, whatever is asked of it.',
  },
  {
    id: 'duplicate-elsewhere',
    mark: 'I',
    source: `${CLASSES}layer/#duplicate (says nothing of the place)`,
    rule: 'A layer duplicated into a document of another size lies moved by half the difference; of another mode or depth, it throws.',
  },
  {
    id: 'effects-background',
    mark: 'D',
    source: 'https://helpx.adobe.com/photoshop/using/layer-effects-styles.html',
    rule: 'The Background takes no layer effects.',
  },
  // Smart objects
  {
    id: 'smart-trimmed',
    mark: 'I',
    source: 'https://helpx.adobe.com/photoshop/using/create-smart-objects.html',
    rule: 'A layer made into a smart object is trimmed to its pixels, gets another id, and loses mask, opacity and blend mode to its inside.',
  },
  {
    id: 'smart-register',
    mark: 'D',
    source: 'https://helpx.adobe.com/photoshop/using/create-smart-objects.html',
    rule: 'A smart object shows what it holds through its transform: scaling it back and forth loses nothing.',
  },
  {
    id: 'smart-pixels',
    mark: 'D',
    source: 'https://helpx.adobe.com/photoshop/using/create-smart-objects.html',
    rule: 'Pixels cannot be put on a smart object.',
  },
  {
    id: 'smart-contents',
    mark: 'D',
    source: 'https://helpx.adobe.com/photoshop/using/create-smart-objects.html',
    rule: 'Edit Contents opens what is inside, and only saving it changes the layer.',
  },
  // Layer metadata
  {
    id: 'xmp-layer',
    mark: '3P',
    source: 'Photoshop CS4’s per-layer metadata; plugin authors’ XMPMetadataAsUTF8 and metadata.layerXMP',
    rule: 'A layer’s XMP goes along when it is duplicated, and is in the PSD; a layer without any has no layerXMP.',
  },
  {
    id: 'xmp-packet',
    mark: 'I',
    source: `${UXP}uxp/xmp/ (XMPMeta.serialize makes a packet)`,
    rule: 'What is no XMP packet is not taken as a layer’s XMP.',
  },
  // Actions and commands
  {
    id: 'record-outside',
    mark: 'I',
    source: `${MEDIA}action-recording/`,
    rule: 'recordAction adds to the action being recorded; with none being recorded it does nothing.',
  },
  {
    id: 'record-global',
    mark: 'D',
    source: `${MEDIA}action-recording/`,
    rule: 'A played step calls a global function by its name, with JSON; without that function the step fails.',
  },
  {
    id: 'record-modal',
    mark: 'I',
    source: `${MEDIA}action-recording/ (“conforms to the argument used by executeAsModal”)`,
    rule: 'A played step runs within a modal scope, in which executeAsModal collides.',
  },
  {
    id: 'ipc-permission',
    mark: 'D',
    source: 'https://developer.adobe.com/uxp/guides/how-to/add-panels/',
    rule: 'pluginManager shows a panel, even the plugin’s own, only with ipc.enablePluginCommunication in the manifest.',
  },
  {
    id: 'panel-closed',
    mark: 'I',
    source: 'https://developer.adobe.com/uxp/guides/how-to/add-lifecycle-hooks/',
    rule: 'Closing a panel takes its content away before destroy is called; opening it again creates it anew. Hiding keeps it.',
  },
  {
    id: 'reload-untold',
    mark: 'I',
    source: 'https://developer.adobe.com/uxp/guides/how-to/add-lifecycle-hooks/ (“not reliable”)',
    rule: 'A plugin that is reloaded is told nothing: its scope is rolled back and its listeners are gone.',
  },
  {
    id: 'command-modal',
    mark: 'D',
    source: MODAL,
    rule: 'A plugin’s command cannot be chosen while a modal command runs.',
  },
  // The user's documents
  {
    id: 'user-selection-history',
    mark: 'D',
    source: 'https://helpx.adobe.com/photoshop/using/making-selections.html',
    rule: 'Drawing a selection is a state of the history, unlike selecting layers.',
  },
  {
    id: 'mask-from-selection',
    mark: 'D',
    source: 'https://helpx.adobe.com/photoshop/using/masking-layers.html',
    rule: 'A mask added with a selection shows what was selected, and the selection is gone.',
  },
  {
    id: 'frame-is-group',
    mark: '3P',
    source: 'scripts that read framedGroup and artboardEnabled of a layer’s descriptor',
    rule: 'Frames and artboards are groups in the DOM; only batchPlay tells them apart.',
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
    source: `${IMAGING} ("RGB", "Grayscale", "Lab")`,
    rule: 'getPixels of a Bitmap, Indexed, Duotone or Multichannel document throws.',
  },
  {
    id: 'get-cmyk',
    mark: 'I',
    source: `${IMAGING} ("RGB", "Grayscale", "Lab")`,
    rule: 'Pixels of a CMYK document come in another colour space only, which must be named.',
  },
  {
    id: 'get-profile',
    mark: 'D',
    source: IMAGING,
    rule: 'Without a colorProfile, pixels come in the document’s own if the colour space is its own, else in the working space’s.',
  },
  {
    id: 'get-profile-named',
    mark: 'I',
    source: `${IMAGING} (which names there are: app.getColorProfiles)`,
    rule: 'A colorProfile must be the document’s own or installed, and be of the colour space.',
  },
  {
    id: 'get-beyond',
    mark: 'D',
    source: `${IMAGING} ("below 0 or above 1.0")`,
    rule: '32-bit values are linear and not cut to 0 to 1.',
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
    source: `${IMAGING} ("If the color profile is empty, then the profile of a target document will be used")`,
    rule: 'putPixels of another colour space than the document’s needs a colorProfile; Lab needs none.',
  },
  {
    id: 'put-converts',
    mark: 'D',
    source: `${IMAGING} ("Photoshop will perform color conversions when needed")`,
    rule: 'putPixels converts from the image data’s profile into the document’s.',
  },
  // Masks and selections
  {
    id: 'mask-data',
    mark: 'D',
    source: IMAGING,
    rule: 'Masks and selections are one grayscale component in “Gray Gamma 2.2”, read and written.',
  },
  {
    id: 'mask-depth',
    mark: 'I',
    source: `${IMAGING} (the sample has 8 bits)`,
    rule: 'Masks and selections are read at the document’s depth and written at that or at 8 bits.',
  },
  {
    id: 'mask-missing',
    mark: 'I',
    source: IMAGING,
    rule: 'getLayerMask of a layer without that mask throws.',
  },
  {
    id: 'mask-bounds',
    mark: 'D',
    source: IMAGING,
    rule: 'sourceBounds of a mask or the selection are left, top, right and bottom; no width and height.',
  },
  {
    id: 'mask-beyond',
    mark: 'I',
    source: IMAGING,
    rule: 'Beyond its pixels a mask reads what it is out there.',
  },
  {
    id: 'mask-put-kind',
    mark: 'D',
    source: IMAGING,
    rule: 'putLayerMask writes masks of kind “user” only.',
  },
  {
    id: 'mask-replace',
    mark: 'D',
    source: IMAGING,
    rule: 'putLayerMask with replace, the default, makes a new mask, [I] hiding all beyond its pixels; replace: false needs one.',
  },
  {
    id: 'mask-layer',
    mark: 'I',
    source: `${CLASSES}layer/#isbackgroundlayer`,
    rule: 'The Background and a locked layer take no mask.',
  },
  {
    id: 'selection-none',
    mark: 'I',
    source: IMAGING,
    rule: 'getSelection throws where nothing is selected, and is trimmed to what is.',
  },
  {
    id: 'selection-replace',
    mark: 'D',
    source: IMAGING,
    rule: 'putSelection replaces the selection unless replace is false, which adds; what lies off the canvas is lost.',
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
