/**
 * `Constants` as they are at run time. [3P] Interpolation modes have other values there than the published types give
 * them; so nothing that the types number is taken for granted: a plugin that writes numbers instead of names is found out.
 */

/** Names of events. */
export const EVENTS = {
  project: {
    OPENED: 'project.opened',
    CLOSED: 'project.closed',
    DIRTY: 'project.dirty',
    ACTIVATED: 'project.activated',
    PROJECT_ITEM_SELECTION_CHANGED: 'project.itemSelectionChanged',
  },
  sequence: {
    ACTIVATED: 'sequence.activated',
    CLOSED: 'sequence.closed',
    SELECTION_CHANGED: 'sequence.selectionChanged',
  },
  track: {
    TRACK_CHANGED: 'track.changed',
    INFO_CHANGED: 'track.infoChanged',
    LOCK_CHANGED: 'track.lockChanged',
  },
  operation: {
    CLIP_EXTEND_REACHED: 'operation.clipExtendReached',
    EFFECT_DROP_COMPLETE: 'operation.effectDropComplete',
    EFFECT_DRAG_OVER: 'operation.effectDragOver',
    EXPORT_MEDIA_COMPLETE: 'operation.exportMediaComplete',
    GENERATIVE_EXTEND_COMPLETE: 'operation.generativeExtendComplete',
    IMPORT_MEDIA_COMPLETE: 'operation.importMediaComplete',
  },
} as const;

export const constants = {
  ContentType: { ANY: 0, SEQUENCE: 1, MEDIA: 2 },
  /** [3P] */
  InterpolationMode: {
    LINEAR: 0,
    HOLD: 4,
    BEZIER: 5,
    TIME: 6,
    TIME_TRANSITION_START: 7,
    TIME_TRANSITION_END: 8,
  },
  MediaType: { ANY: 14, DATA: 13, VIDEO: 11, AUDIO: 12 },
  OperationCompleteEvent: EVENTS.operation,
  OperationCompleteState: { SUCCESS: 0, CANCELLED: 1, FAILED: 2 },
  ProjectEvent: EVENTS.project,
  SequenceEvent: EVENTS.sequence,
  /** [3P] 1 is a clip. */
  TrackItemType: { EMPTY: 0, CLIP: 1, TRANSITION: 2, PREVIEW: 3, FEEDBACK: 4 },
  VideoFieldType: { PROGRESSIVE: 0, UPPER_FIRST: 1, LOWER_FIRST: 2 },
  VideoTrackEvent: EVENTS.track,
  AudioTrackEvent: EVENTS.track,
} as const;
