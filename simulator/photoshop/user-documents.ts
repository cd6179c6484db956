/** What a person does to a whole document: selections, crop, size, mode, saving. */
import type { Desktop } from './desktop.ts';
import { changeMode, cropContents } from './document-edits.ts';
import type { Bounds, SelectionOptions, User } from './interface.ts';
import { canvasOf, type Contents } from './model.ts';
import type { OpenDocument } from './open-document.ts';
import { resizeContents } from './resize.ts';
import { drawSelection, invertSelection, type SelectionShape } from './selections.ts';
import { handsOn } from './user-hands.ts';

export type DocumentActions = Pick<
  User,
  | 'saveDocument'
  | 'revert'
  | 'selectRectangle'
  | 'selectEllipse'
  | 'selectAll'
  | 'deselect'
  | 'invertSelection'
  | 'crop'
  | 'imageSize'
  | 'changeMode'
>;

export function documentActions(desktop: Desktop, save: (document: OpenDocument) => void): DocumentActions {
  const { act, command, historyChanged } = handsOn(desktop);

  const draw = (
    documentId: number,
    name: string,
    shape: SelectionShape,
    bounds: Bounds | null,
    { feather, how }: SelectionOptions = {},
  ): boolean =>
    command(documentId, name, 'set', (contents) => {
      const place = bounds ?? canvasOf(contents);
      return select(contents, drawSelection(contents, shape, place, feather, how));
    });

  return {
    saveDocument: (documentId) =>
      act(documentId, (document) => {
        save(document);
        return true;
      }),

    revert: (documentId) =>
      act(documentId, (document) => {
        if (!document.revert()) return false;
        desktop.emit('revert', { _obj: 'revert', documentID: documentId });
        historyChanged(document);
        return true;
      }),

    selectRectangle: (documentId, bounds, options) =>
      draw(documentId, 'Rectangular Marquee', 'rectangle', bounds, options),
    selectEllipse: (documentId, bounds, options) =>
      draw(documentId, 'Elliptical Marquee', 'ellipse', bounds, options),
    selectAll: (documentId) => draw(documentId, 'Select All', 'rectangle', null),
    deselect: (documentId) => command(documentId, 'Deselect', 'set', (contents) => select(contents, null)),
    invertSelection: (documentId) =>
      command(documentId, 'Select Inverse', 'inverse', (contents) =>
        contents.selection ? select(contents, invertSelection(contents)) : null,
      ),

    crop: (documentId, bounds) =>
      command(documentId, 'Crop', 'crop', (contents) => cropContents(contents, bounds)),

    imageSize: (documentId, width, height, resolution) =>
      command(documentId, 'Image Size', 'imageSize', (contents) =>
        resizeContents(contents, {
          width,
          height,
          resolution: resolution ?? contents.resolution,
          method: 'bicubicAutomatic',
          scaleStyles: true,
        }),
      ),

    changeMode: (documentId, mode) =>
      command(documentId, 'Convert Mode', 'convertMode', (contents) =>
        contents.mode === mode ? null : changeMode(contents, mode),
      ),
  };
}

/** Null where nothing was selected before either: Photoshop's menus are greyed out then. */
function select(contents: Contents, selection: Contents['selection']): Contents | null {
  return selection === null && contents.selection === null ? null : { ...contents, selection };
}
