/** Line icons of our own, 16 × 16. */
const paths = {
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z M8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  lock: 'M3.5 7.5h9v6h-9Z M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  unlock: 'M3.5 7.5h9v6h-9Z M5.5 7.5V4.5a2.5 2.5 0 0 1 4.9-.7',
  bin: 'M3 4.5h10 M6 4.5V3h4v1.5 M4.2 4.5l.6 9h6.4l.6-9 M6.8 7v4 M9.2 7v4',
  folder: 'M1.5 4h4.2l1.4 1.6h7.4v7h-13Z',
  text: 'M3.5 4.8V3.5h9v1.3 M8 3.5v9 M6.3 12.5h3.4',
  adjustment: 'M8 2.5a5.5 5.5 0 1 0 0 11Z M8 2.5a5.5 5.5 0 0 1 0 11',
  undo: 'M5.5 3 2.5 6l3 3 M2.8 6h6.7a3.5 3.5 0 0 1 0 7H6',
  redo: 'm10.500 3 3 3-3 3 M13.200 6H6.500a3.500 3.500 0 0 0 0 7H10',
  panel: 'M2.500 3h11v10h-11Z M9.500 3v10',
  collapse: 'm4 4 4 4-4 4 M8.500 4l4 4-4 4',
  stop: 'M4.500 4.500h7v7h-7Z',
  record: 'M8 4a4 4 0 1 0 0 8A4 4 0 0 0 8 4Z',
  play: 'M5 3.500 12.500 8 5 12.500Z',
  back: 'M11 3.500 5 8l6 4.500Z M3.500 3.500v9',
  forward: 'm5 3.500 6 4.500-6 4.500Z M12.500 3.500v9',
  film: 'M2 3.500h12v9H2Z M5 3.500v9 M11 3.500v9',
  picture: 'M2 3.500h12v9H2Z m3 6 2.500-2.500 2 2 1.500-1.500 3 3',
  sequence: 'M2 4h12 M2 8h12 M2 12h12 M4 2.500v3 M9 6.500v3 M6 10.500v3',
  sound: 'M3 6.500h2.500L9 3.500v9L5.500 9.500H3Z M11 6a3 3 0 0 1 0 4',
  hand: 'M5 8V4.500a1 1 0 0 1 2 0V3.500a1 1 0 0 1 2 0v1a1 1 0 0 1 2 0V9.500a4 4 0 0 1-7.500 2L2.300 9a1 1 0 0 1 1.700-1Z',
  rectangle:
    'M2.500 3.500h2 M7 3.500h2 M11.500 3.500h2v2 M13.500 8v1.500 M13.500 11.500v1h-2 M9 12.500H7 M4.500 12.500h-2v-1 M2.500 9.500V8 M2.500 6V3.500',
  ellipse:
    'M3 6a6 5 0 0 1 2.500-2 M8 3.500a6 5 0 0 1 3 .8 M13 6.500a6 5 0 0 1 .2 3 M11.500 11.500A6 5 0 0 1 9 12.500 M6.500 12.300a6 5 0 0 1-3-2',
  smart: 'M3 2.500h6l4 4v7H3Z M9 2.500v4h4 M5.500 9.500h5 M5.500 11.500h3',
  effects: 'M3 12.500 6.500 3.500H9 M4.200 8h3.300 M9 12.500l4-5.500 M9 7l4 5.500',
  clip: 'M4 3v6h7 M8.500 6.500 11 9l-2.500 2.500',
  frame: 'M4.500 2v12 M11.500 2v12 M2 4.500h12 M2 11.500h12',
  close: 'm4.500 4.500 7 7 M11.500 4.500l-7 7',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
