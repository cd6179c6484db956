import { useEffect, useRef } from 'react';
import type { Pixels } from '../pixels.ts';

/** A picture as a canvas of exactly its pixels; how large it is shown is up to the style. Decoration to a reader. */
export function PixelCanvas({ pixels, className }: { pixels: Pixels; className?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.putImageData(new ImageData(pixels.rgba, pixels.width, pixels.height), 0, 0);
  }, [pixels]);
  return (
    <canvas
      ref={canvas}
      className={className}
      width={pixels.width}
      height={pixels.height}
      aria-hidden="true"
    />
  );
}
