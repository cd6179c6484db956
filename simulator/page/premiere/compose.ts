/** A frame of a sequence: its layers, lowest first, each by its crop, Motion and opacity. */
import type { FrameLayer, PremiereSimulator, SequenceView, Ticks } from '../../premiere/interface.ts';
import type { Picture, Pictures } from './pictures.ts';

interface ShownLayer {
  readonly layer: FrameLayer;
  readonly picture: Picture | null;
}

/** Sequences in sequences in sequences. */
const DEEPEST = 4;

/** All that is needed to draw the frame, decoded. */
export async function layersAt(
  simulator: PremiereSimulator,
  pictures: Pictures,
  sequenceId: string,
  ticks: Ticks,
  depth = 0,
): Promise<readonly ShownLayer[]> {
  return Promise.all(
    simulator.frameAt(sequenceId, ticks).map(async (layer): Promise<ShownLayer> => {
      if (layer.sequenceId === null) return { layer, picture: await pictures.of(layer) };
      const nested = simulator.view().project?.sequences.find(({ id }) => id === layer.sequenceId);
      if (!nested || depth === DEEPEST) return { layer, picture: null };
      const { width, height } = nested;
      const image = new OffscreenCanvas(width, height);
      const shown = await layersAt(simulator, pictures, nested.id, layer.sourceTicks, depth + 1);
      const context = image.getContext('2d');
      if (context) drawLayers(context, nested, shown);
      return { layer, picture: { width, height, image } };
    }),
  );
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Onto a canvas of the sequence's proportions. */
export function drawLayers(
  context: Context,
  { width, height }: Pick<SequenceView, 'width' | 'height'>,
  layers: readonly ShownLayer[],
): void {
  const { canvas } = context;
  context.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#000';
  context.fillRect(0, 0, width, height);
  for (const { layer, picture } of layers) {
    context.save();
    context.globalAlpha = layer.opacity / 100;
    context.translate(layer.position[0] * width, layer.position[1] * height);
    context.rotate((layer.rotation * Math.PI) / 180);
    context.scale(layer.scaleWidth / 100, layer.scale / 100);
    const [w, h] = [layer.width * layer.pixelAspect, layer.height];
    context.translate(-layer.anchor[0] * w, -layer.anchor[1] * h);
    const [left, top, right, bottom] = layer.crop.map((percent) => percent / 100) as [
      number,
      number,
      number,
      number,
    ];
    context.beginPath();
    context.rect(left * w, top * h, Math.max(0, 1 - left - right) * w, Math.max(0, 1 - top - bottom) * h);
    context.clip();
    if (picture) context.drawImage(picture.image, 0, 0, w, h);
    else missing(context, w, h);
    context.restore();
  }
}

/** Premiere's “Media offline”, and what cannot be shown here. */
function missing(context: Context, width: number, height: number): void {
  context.fillStyle = '#7a1f1f';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#fff';
  context.font = `${Math.max(8, height / 12)}px sans-serif`;
  context.textAlign = 'center';
  context.fillText('No picture', width / 2, height / 2);
}
