import { useState } from 'react';
import type { DocumentView, LayerView, PhotoshopView, Simulator } from '../../photoshop/index.ts';
import { DropMenu, type MenuItem } from './drop-menu.tsx';
import { ImageSize } from './image-size.tsx';
import { findLayer } from './layer-tree.ts';
import { pluginItems } from './plugin-items.ts';

const MODES = [
  ['Grayscale', 'grayscaleMode'],
  ['RGB Color', 'RGBColorMode'],
  ['CMYK Color', 'CMYKColorMode'],
  ['Lab Color', 'labColorMode'],
] as const;

interface MenusProps {
  simulator: Simulator;
  view: PhotoshopView;
  document: DocumentView | undefined;
}

/** The menus of the menu bar that change the document, and the plugin's. */
export function Menus({ simulator, view, document }: MenusProps) {
  const [resizing, setResizing] = useState(false);
  const { user } = simulator;
  const id = document?.id ?? 0;
  const [active] = document?.activeLayerIds ?? [];
  const layer = active === undefined ? undefined : findLayer(document?.layers ?? [], active);
  const busy = view.modal !== null;
  const items = (all: readonly MenuItem[]): readonly MenuItem[] =>
    all.map((item) => ({ ...item, disabled: busy || !document || item.disabled === true }));

  return (
    <>
      <DropMenu
        label="Image"
        items={items([
          ...MODES.map(([label, mode]) => ({
            label: `Mode: ${label}`,
            hint: document?.mode === mode ? '✓' : '',
            choose: () => user.changeMode(id, mode),
          })),
          { label: 'Image Size…', apart: true, choose: () => setResizing(true) },
          {
            label: 'Crop to Selection',
            disabled: !document?.selection,
            choose: () => document?.selection && user.crop(id, document.selection),
          },
          { label: 'Revert', apart: true, disabled: document?.saved === true, choose: () => user.revert(id) },
          { label: 'Save', disabled: document?.saved === true, choose: () => user.saveDocument(id) },
        ])}
      />
      <DropMenu label="Layer" items={items(layerItems(simulator, id, layer))} />
      <DropMenu
        label="Select"
        items={items([
          { label: 'All', choose: () => user.selectAll(id) },
          { label: 'Deselect', disabled: !document?.selection, choose: () => user.deselect(id) },
          { label: 'Inverse', disabled: !document?.selection, choose: () => user.invertSelection(id) },
        ])}
      />
      <DropMenu label="Plugins" items={pluginItems(simulator, view, busy)} />
      {resizing && document && (
        <ImageSize simulator={simulator} document={document} onClose={() => setResizing(false)} />
      )}
    </>
  );
}

function layerItems({ user }: Simulator, id: number, layer: LayerView | undefined): MenuItem[] {
  const own = layer?.id ?? 0;
  return [
    { label: 'Duplicate Layer', disabled: !layer, choose: () => user.duplicateLayer(id, own) },
    { label: 'Group Layers', disabled: !layer, choose: () => user.groupLayers(id) },
    { label: 'Frame from Layers', disabled: !layer, choose: () => user.frameLayers(id) },
    {
      label: layer?.clipped === true ? 'Release Clipping Mask' : 'Create Clipping Mask',
      disabled: !layer,
      choose: () => user.setClipped(id, own, layer?.clipped !== true),
    },
    {
      label: 'Add Layer Mask',
      apart: true,
      disabled: !layer || layer.masked,
      choose: () => user.addMask(id, own),
    },
    {
      label: layer?.maskDisabled === true ? 'Enable Layer Mask' : 'Disable Layer Mask',
      disabled: layer?.masked !== true,
      choose: () => user.setMaskEnabled(id, own, layer?.maskDisabled === true),
    },
    { label: 'Delete Layer Mask', disabled: layer?.masked !== true, choose: () => user.deleteMask(id, own) },
    {
      label: 'Convert to Smart Object',
      apart: true,
      disabled: !layer,
      choose: () => user.convertToSmartObject(id),
    },
    {
      label: 'Edit Contents',
      disabled: layer?.kind !== 'smartObject',
      choose: () => user.editContents(id, own),
    },
  ];
}
