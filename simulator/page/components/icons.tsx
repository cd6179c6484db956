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
