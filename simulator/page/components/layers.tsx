import { useMemo, useState } from 'react';
import type { DocumentView, LayerView, Simulator } from '../../photoshop/index.ts';
import { Icon, type IconName } from './icons.tsx';
import { findLayer } from './layer-tree.ts';
import { Picture } from './picture.tsx';

const badges: Partial<Record<string, IconName>> = {
  group: 'folder',
  text: 'text',
};

/** The layer tree: visibility, thumbnail, name, lock and selection. */
export function Layers({ simulator, document }: { simulator: Simulator; document: DocumentView }) {
  const { user } = simulator;
  const active = document.activeLayerIds[0];
  const layer = active === undefined ? undefined : findLayer(document.layers, active);
  return (
    <section className="pane layers" aria-label="Layers">
      <h2>Layers</h2>
      <ul role="tree" aria-label="Layers" className="scroll">
        {document.layers.map((each) => (
          <LayerRow key={each.id} simulator={simulator} document={document} layer={each} depth={0} />
        ))}
      </ul>
      <footer>
        <button
          title="Add layer mask"
          disabled={!layer || layer.masked}
          onClick={() => layer && user.addMask(document.id, layer.id)}
        >
          <Icon name="ellipse" />
        </button>
        <button
          title={layer?.locked === true ? 'Unlock layer' : 'Lock layer'}
          disabled={!layer}
          onClick={() => layer && user.setLocked(document.id, layer.id, !layer.locked)}
        >
          <Icon name={layer?.locked === true ? 'lock' : 'unlock'} />
        </button>
        <button
          title="Delete layer"
          disabled={!layer}
          onClick={() => layer && user.deleteLayer(document.id, layer.id)}
        >
          <Icon name="bin" />
        </button>
      </footer>
    </section>
  );
}

interface LayerRowProps {
  simulator: Simulator;
  document: DocumentView;
  layer: LayerView;
  depth: number;
}

function LayerRow({ simulator, document, layer, depth }: LayerRowProps) {
  const { user } = simulator;
  const [open, setOpen] = useState(true);
  const selected = document.activeLayerIds.includes(layer.id);
  return (
    <li role="treeitem" aria-selected={selected} aria-label={layer.name} aria-level={depth + 1}>
      <div className="layer" data-layer={layer.id} data-selected={selected} data-visible={layer.visible}>
        <button
          className="eye"
          title={layer.visible ? 'Hide layer' : 'Show layer'}
          aria-pressed={layer.visible}
          onClick={() => user.setVisible(document.id, layer.id, !layer.visible)}
        >
          {layer.visible && <Icon name="eye" />}
        </button>
        <button
          className="name"
          style={{ paddingLeft: 6 + 14 * depth }}
          onClick={({ shiftKey, ctrlKey, metaKey }) =>
            user.selectLayer(
              document.id,
              layer.id,
              shiftKey ? 'range' : ctrlKey || metaKey ? 'toggle' : 'only',
            )
          }
          onDoubleClick={() => {
            if (layer.children) setOpen(!open);
            else if (layer.kind === 'smartObject') user.editContents(document.id, layer.id);
          }}
        >
          {layer.clipped && <Icon name="clip" />}
          <Thumbnail simulator={simulator} document={document} layer={layer} />
          {layer.masked && (
            <i className="mask" title={layer.maskDisabled ? 'Layer mask, disabled' : 'Layer mask'}>
              {layer.maskDisabled && '×'}
            </i>
          )}
          <span title={layer.name}>{layer.name}</span>
          <Badges layer={layer} />
        </button>
      </div>
      {layer.children && open && (
        <ul role="group">
          {layer.children.map((each) => (
            <LayerRow
              key={each.id}
              simulator={simulator}
              document={document}
              layer={each}
              depth={depth + 1}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

function Badges({ layer }: { layer: LayerView }) {
  return (
    <b className="badges">
      {layer.kind === 'smartObject' && (
        <i title="Smart object">
          <Icon name="smart" />
        </i>
      )}
      {layer.effects && (
        <i title="Layer effects">
          <Icon name="effects" />
        </i>
      )}
      {layer.framed && (
        <i title="Frame">
          <Icon name="frame" />
        </i>
      )}
      {layer.artboard && (
        <i title="Artboard">
          <Icon name="panel" />
        </i>
      )}
      {layer.locked && (
        <i title="Locked">
          <Icon name="lock" />
        </i>
      )}
    </b>
  );
}

function Thumbnail({ simulator, document, layer }: Omit<LayerRowProps, 'depth'>) {
  const { revision } = document;
  const pixels = useMemo(
    () => (layer.children ? null : simulator.thumbnail(document.id, layer.id, 56)),
    // The pixels may differ with each revision.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [simulator, document.id, layer.id, layer.children, revision],
  );
  return (
    <span className="thumbnail">
      {pixels ? (
        <Picture className="checker" pixels={pixels} />
      ) : (
        <Icon name={badges[layer.kind] ?? (layer.children ? 'folder' : 'adjustment')} />
      )}
    </span>
  );
}
