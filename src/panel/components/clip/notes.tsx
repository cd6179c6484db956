import type { Note } from '../../clip/notes.ts';
import type { ClipTexts } from '../../../texts/clip/en.ts';
import { useTexts } from '../../use-texts.ts';

interface Props {
  notes: readonly Note[];
  confirmed: boolean;
  onConfirm: (confirmed: boolean) => void;
}

/** What is unusual about a clip, and what becomes of it; what would be lost is to be confirmed. */
export function Notes({ notes, confirmed, onConfirm }: Props) {
  const { clip } = useTexts();
  if (notes.length === 0) return null;
  const asks = notes.some(({ kind }) => kind === 'range');
  return (
    <section className="note clip-notes" aria-label={clip.notes.label}>
      <ul data-testid="clip-notes">
        {notes.map((note) => (
          <li key={note.kind} data-testid={`note-${note.kind}`}>
            {noteText(note, clip.notes)}
          </li>
        ))}
      </ul>
      {asks && (
        <sp-checkbox
          size="m"
          emphasized
          checked={confirmed}
          data-testid="confirm-hdr"
          onchange={({ currentTarget }) =>
            onConfirm((currentTarget as HTMLElement & { checked: boolean }).checked)
          }
        >
          {clip.confirm}
        </sp-checkbox>
      )}
    </section>
  );
}

/** As VideoColorSpace names them, and as people do. */
const MATRICES: Readonly<Record<string, string>> = {
  bt709: 'BT.709',
  smpte170m: 'BT.601 (NTSC)',
  bt470bg: 'BT.601 (PAL)',
  'bt2020-ncl': 'BT.2020',
};

function noteText(note: Note, words: ClipTexts['notes']): string {
  switch (note.kind) {
    case 'interlaced':
      return note.guessed
        ? `${words.interlaced[note.fields]} ${words.guessed}`
        : words.interlaced[note.fields];
    case 'combed':
      return words.combed;
    case 'variable':
      return words.variable(note.rate);
    case 'reinterpreted':
      return words.reinterpreted(note.rate, note.own);
    case 'range':
      return words.range[note.dynamicRange];
    case 'converted':
      return words.converted;
    case 'depth':
      return note.kept < note.source ? words.depthLost(note.source, note.kept) : words.depthKept(note.source);
    case 'assumed':
      return words.assumed(MATRICES[note.matrix] ?? note.matrix);
    case 'rotated':
      return words.rotated(note.degrees);
    case 'aspect':
      return words.aspect(note.aspect, note);
    case 'ends':
      return words.ends(note.frames);
    case 'effects':
      return words.effects(note.names);
  }
}
