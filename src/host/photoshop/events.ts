/** Tells when the active layers may have changed. */
import type { Photoshop } from './photoshop.ts';

/**
 * Photoshop's action events after which the report may be another (Adobe, Event Codes), and two that it fires
 * without listing them: `historyStateChanged` and `selectNoLayers`.
 */
const EVENTS = [
  'select',
  'selectNoLayers',
  'open',
  'close',
  'make',
  'delete',
  'duplicate',
  'set',
  'move',
  'show',
  'hide',
  'save',
  'convertMode',
  'imageSize',
  'canvasSize',
  'crop',
  'rasterizeLayer',
  'historyStateChanged',
];

/** One action makes several events, and dragging makes many: they are told once, when they have paused. */
const PAUSE_MS = 150;

export function onLayerChanged(ps: Photoshop, listener: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(listener, PAUSE_MS);
  };
  // Without events the panel still asks at every step of its own.
  ps.action.addNotificationListener(EVENTS, later).catch(() => undefined);
}
