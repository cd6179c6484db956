import { useEffect, useRef } from 'react';
import type { Rgba } from '../../photoshop/index.ts';

/** RGBA pixels on a canvas, one to one. */
export function Picture({ pixels, className }: { pixels: Rgba; className?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current
      ?.getContext('2d')
      ?.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  }, [pixels]);
  return <canvas ref={canvas} className={className} width={pixels.width} height={pixels.height} />;
}
