/**
 * The rules of Premiere and of UXP within it that the emulation enforces, each with its source. Each has a test of that id
 * in test/unit/simulator/ in which a plugin breaks it; one test checks that none is missing.
 */
import type { Rule } from '../uxp/rule.ts';

const CLASSES = 'https://developer.adobe.com/premiere-pro/uxp/ppro-reference/classes/';
const CHANGES = 'https://developer.adobe.com/premiere-pro/uxp/changelog/';
const UXP = 'https://developer.adobe.com/premiere-pro/uxp/uxp-api/reference-js/Modules/';
const MANIFEST = 'https://developer.adobe.com/premiere-pro/uxp/plugins/concepts/manifest/';
const TYPES = '@adobe/premierepro 26.3.0';
/** A public plugin's list of what live runs in Premiere 26.5 did. */
const LIVE = 'Field report: docs/PREMIERE_FACTS.md of the public plugin CutDeck, 2026';

export const rules: readonly Rule[] = [
  // Transactions
  {
    id: 'premiere-lock',
    mark: 'D',
    source: `${CHANGES} (26.3)`,
    rule: 'An action created outside of Project.lockedAccess throws.',
  },
  {
    id: 'premiere-synchronous',
    mark: 'I',
    source: `${CLASSES}project/ (the callbacks answer void)`,
    rule: 'A callback of lockedAccess or executeTransaction that returns a promise throws, and nothing is changed.',
  },
  {
    id: 'premiere-action-within',
    mark: '3P',
    source: LIVE,
    rule: 'An action created outside of its transaction’s callback is no longer valid when it is added.',
  },
  {
    id: 'premiere-action-late',
    mark: 'I',
    source: `${CLASSES}compoundaction/`,
    rule: 'An action added after the callback has returned throws.',
  },
  {
    id: 'premiere-stale',
    mark: '3P',
    source: `${LIVE} (sequence, tracks and items; the project and the rest: strict)`,
    rule: 'After a transaction all handles from before it throw.',
  },
  {
    id: 'premiere-stale-import',
    mark: '3P',
    source: LIVE,
    rule: 'After an import, and again when its items appear, all handles from before throw.',
  },
  {
    id: 'premiere-stale-user',
    mark: 'I',
    source: LIVE,
    rule: 'Handles throw after the user has edited, undone, opened another sequence or closed the project.',
  },
  {
    id: 'premiere-unseen',
    mark: '3P',
    source: LIVE,
    rule: 'An action does not see what actions before it in the same transaction do.',
  },
  {
    id: 'premiere-one-undo',
    mark: '3P',
    source: LIVE,
    rule: 'A transaction is one step of Undo, by its name; Undo and Redo are the user’s.',
  },
  {
    id: 'premiere-all-or-nothing',
    mark: 'I',
    source: `${CLASSES}project/ (executeTransaction answers a boolean)`,
    rule: 'A transaction that cannot be carried out whole answers false and changes nothing; so does an empty one.',
  },
  // Laying and taking off
  {
    id: 'premiere-raw-item',
    mark: '3P',
    source: LIVE,
    rule: 'Overwriting and inserting want the ProjectItem as it is: a cast one throws.',
  },
  {
    id: 'premiere-marks',
    mark: '3P',
    source: LIVE,
    rule: 'An item is laid from mark to mark as they were committed before the transaction.',
  },
  {
    id: 'premiere-marks-unset',
    mark: '3P',
    source: 'Field report in a public plugin',
    rule: 'Marks that are not set read as −400000 seconds.',
  },
  {
    id: 'premiere-marks-range',
    mark: 'I',
    source: `${CLASSES}clipprojectitem/`,
    rule: 'Marks beyond the media or the wrong way round throw.',
  },
  {
    id: 'premiere-audio-minus-one',
    mark: '3P',
    source: 'Field report in a public plugin',
    rule: 'Audio track −1 does not leave the sound out: it overwrites A1.',
  },
  {
    id: 'premiere-new-track',
    mark: '3P',
    source: LIVE,
    rule: 'A track index equal to the count makes a track; more than one new track in a transaction fails.',
  },
  {
    id: 'premiere-track-beyond',
    mark: 'I',
    source: `${CLASSES}sequenceeditor/`,
    rule: 'A track index beyond the count throws.',
  },
  {
    id: 'premiere-overwrite-cuts',
    mark: '3P',
    source: LIVE,
    rule: 'An overwrite cuts what it covers and keeps both sides; an insert moves what comes after.',
  },
  {
    id: 'premiere-locked-track',
    mark: 'I',
    source: 'https://helpx.adobe.com/premiere-pro/using/working-with-tracks.html',
    rule: 'A locked track takes nothing, and the transaction answers true all the same.',
  },
  {
    id: 'premiere-whole-frames',
    mark: '3P',
    source: LIVE,
    rule: 'Clips begin and end on whole frames of their sequence.',
  },
  {
    id: 'premiere-remove',
    mark: '3P',
    source: LIVE,
    rule: 'A removal takes one media type, leaves a gap, and moves nothing else.',
  },
  {
    id: 'premiere-selection-callback',
    mark: '3P',
    source: LIVE,
    rule: 'A selection that was made empty lives no longer than its callback.',
  },
  {
    id: 'premiere-trims',
    mark: '3P',
    source: LIVE,
    rule: 'Setting a clip’s in point moves its start along; moving is by an offset and leaves the linked sound.',
  },
  {
    id: 'premiere-set-end',
    mark: '3P',
    source: LIVE,
    rule: 'createSetEndAction throws.',
  },
  // Reading
  {
    id: 'premiere-selection-sound',
    mark: '3P',
    source: LIVE,
    rule: 'The selection includes the sound that is linked to the pictures.',
  },
  {
    id: 'premiere-track-items',
    mark: '3P',
    source: LIVE,
    rule: 'getTrackItems wants a value of Constants.TrackItemType and a boolean.',
  },
  {
    id: 'premiere-graphic',
    mark: '3P',
    source: LIVE,
    rule: 'A graphic has no project item.',
  },
  {
    id: 'premiere-cast',
    mark: 'I',
    source: `${CLASSES}clipprojectitem/`,
    rule: 'A cast to what an item is not throws.',
  },
  {
    id: 'premiere-events',
    mark: '3P',
    source: LIVE,
    rule: 'A change of the selection is told to listeners on the sequence alone; a sequence’s coming up is told to all.',
  },
  {
    id: 'premiere-silent',
    mark: 'I',
    source: 'Field reports: some events never fire',
    rule: 'Events can be made never to fire.',
  },
  // Effects
  {
    id: 'premiere-chain',
    mark: '3P',
    source: LIVE,
    rule: 'Opacity is at 0 and Motion at 1, and neither can be removed; Motion has eleven parameters, the fourth without a name.',
  },
  {
    id: 'premiere-points',
    mark: '3P',
    source: LIVE,
    rule: 'Points are written as PointF only, and are read as arrays.',
  },
  {
    id: 'premiere-values',
    mark: 'D',
    source: `${CLASSES}componentparam/`,
    rule: 'A parameter is set by a Keyframe of a value of its kind; one that varies over time is not set at all.',
  },
  {
    id: 'premiere-keyframes',
    mark: '3P',
    source: LIVE,
    rule: 'Keyframes lie in the source’s time, and are added to a parameter that was made to vary in an earlier transaction, which sets one of its own.',
  },
  {
    id: 'premiere-interpolation',
    mark: '3P',
    source: LIVE,
    rule: 'Interpolation modes are those of Constants at run time, and of a keyframe that is there before its transaction.',
  },
  {
    id: 'premiere-filter',
    mark: '3P',
    source: LIVE,
    rule: 'An effect just made has no parameters: it is inserted, and got again from the chain.',
  },
  {
    id: 'premiere-scale-to-frame',
    mark: '3P',
    source: LIVE,
    rule: 'createSetScaleToFrameSizeAction does nothing.',
  },
  // Import and media
  {
    id: 'premiere-import-late',
    mark: '3P',
    source: 'Field report in a public plugin',
    rule: 'importFiles answers a boolean before the items are there.',
  },
  {
    id: 'premiere-import-again',
    mark: '3P',
    source: 'Field report in a public plugin',
    rule: 'A file that is imported again becomes another item.',
  },
  {
    id: 'premiere-import-bin',
    mark: 'I',
    source: `${CLASSES}project/`,
    rule: 'An import into what is no bin, or into a stale one, throws.',
  },
  {
    id: 'premiere-import-media',
    mark: 'I',
    source: `${CLASSES}project/`,
    rule: 'importFiles answers false of what is no media, of what is damaged and of what is not there, and imports nothing.',
  },
  {
    id: 'premiere-import-stills',
    mark: 'D',
    source: `${CLASSES}project/ (asNumberedStills)`,
    rule: 'Numbered stills become one item of as many frames as there are files in a row.',
  },
  {
    id: 'premiere-paths',
    mark: '3P',
    source: 'Field report in a public plugin',
    rule: 'Paths of media come back decomposed (NFD).',
  },
  {
    id: 'premiere-media-path',
    mark: 'D',
    source: TYPES,
    rule: 'changeMediaFilePath is not taken back by Undo.',
  },
  {
    id: 'premiere-interpretation',
    mark: 'D',
    source: TYPES,
    rule: 'An interpretation counts once an action has given it to the item; the length follows the rate.',
  },
  // The user's files
  {
    id: 'premiere-full-access',
    mark: 'D',
    source: `${MANIFEST} (localFileSystem)`,
    rule: 'Paths of the user’s are refused unless the manifest asks for fullAccess, or the user picked their folder.',
  },
  {
    id: 'premiere-spelling',
    mark: '3P',
    source: 'Field report: “Route not found” for paths without a scheme',
    rule: 'Either spelling of the user’s paths can be refused: a path, or a file: URL.',
  },
  {
    id: 'premiere-read-only',
    mark: 'D',
    source: `${UXP}fs/`,
    rule: 'In a folder that is read-only nothing can be made, changed, renamed or removed.',
  },
  {
    id: 'premiere-picker',
    mark: 'D',
    source: `${UXP}uxp/storage/filesystemprovider/`,
    rule: 'getFolder answers what the user picks, or null; without a permission it rejects.',
  },
];
