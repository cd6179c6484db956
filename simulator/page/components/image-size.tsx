import { useState } from 'react';
import type { DocumentView, Simulator } from '../../photoshop/index.ts';

interface ImageSizeProps {
  simulator: Simulator;
  document: DocumentView;
  onClose: () => void;
}

/** Image > Image Size: width and height in proportion, and the resolution. */
export function ImageSize({ simulator, document, onClose }: ImageSizeProps) {
  const [width, setWidth] = useState(document.width);
  const [height, setHeight] = useState(document.height);
  const [resolution, setResolution] = useState(document.resolution);
  const ratio = document.width / document.height;
  const field = (label: string, value: number, change: (value: number) => void) => (
    <label>
      {label}
      <input
        type="number"
        min={1}
        value={value}
        onChange={({ currentTarget }) => change(currentTarget.valueAsNumber)}
      />
    </label>
  );
  return (
    <div className="modal" role="dialog" aria-modal="true" aria-label="Image Size">
      <form
        className="box sizes"
        onSubmit={(event) => {
          event.preventDefault();
          simulator.user.imageSize(document.id, width, height, resolution);
          onClose();
        }}
      >
        <p>Image Size</p>
        {field('Width', width, (value) => {
          setWidth(value);
          setHeight(Math.max(1, Math.round(value / ratio)));
        })}
        {field('Height', height, (value) => {
          setHeight(value);
          setWidth(Math.max(1, Math.round(value * ratio)));
        })}
        {field('Resolution (ppi)', resolution, setResolution)}
        <footer>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button disabled={!(width >= 1 && height >= 1 && resolution > 0)}>OK</button>
        </footer>
      </form>
    </div>
  );
}
