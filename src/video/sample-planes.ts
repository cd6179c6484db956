/** A decoded frame as planes of our own: copied out of the browser's, which is then free for the next one. */
import type { VideoSample } from 'mediabunny';
import {
  allocatePlanes,
  planeSize,
  type Plane,
  type PlaneDepth,
  type PlaneLayoutName,
  type Planes,
} from './planes.ts';

/** WebCodecs' names (§ 9.4.1): `I420`, `I422P10`, with an A where there is alpha. */
const PLANAR = /^I(420|422|444)A?(P10|P12)?$/;
/** Where R, G and B are in a pixel. */
const PACKED: Readonly<Record<string, readonly [number, number, number]>> = {
  RGBA: [0, 1, 2],
  RGBX: [0, 1, 2],
  BGRA: [2, 1, 0],
  BGRX: [2, 1, 0],
};

/** The visible part of it. Closes the sample. */
export async function planesOf(sample: VideoSample): Promise<Planes> {
  try {
    const { format, visibleRect } = sample;
    const { width, height } = visibleRect;
    const planar = PLANAR.exec(format ?? '');
    if (planar) {
      const depth = planar[2] === 'P10' ? 10 : planar[2] === 'P12' ? 12 : 8;
      return await copyPlanar(sample, `yuv${planar[1] as '420' | '422' | '444'}`, width, height, depth);
    }
    if (format === 'NV12') return await copyNv12(sample, width, height);
    // A frame that stays in the GPU's memory has no format; the browser converts it.
    return await copyPacked(
      sample,
      PACKED[format ?? ''] ? (format as VideoPixelFormat) : 'RGBA',
      width,
      height,
    );
  } finally {
    sample.close();
  }
}

async function copyPlanar(
  sample: VideoSample,
  format: PlaneLayoutName,
  width: number,
  height: number,
  depth: PlaneDepth,
): Promise<Planes> {
  const buffer = new ArrayBuffer(sample.allocationSize());
  const layouts = await sample.copyTo(buffer);
  const bytes = depth === 8 ? 1 : 2;
  const place = (index: number): { plane: Plane; stride: number } => {
    const { offset, stride } = layouts[index] as PlaneLayout;
    const samples = (stride / bytes) * planeSize({ format, width, height }, index).height;
    // The last row may end before its stride does.
    const held = Math.min(samples, Math.floor((buffer.byteLength - offset) / bytes));
    return {
      plane: bytes === 1 ? new Uint8Array(buffer, offset, held) : new Uint16Array(buffer, offset, held),
      stride: stride / bytes,
    };
  };
  const [y, cb, cr] = [place(0), place(1), place(2)];
  return {
    format,
    width,
    height,
    depth,
    planes: [y.plane, cb.plane, cr.plane],
    strides: [y.stride, cb.stride, cr.stride],
  };
}

async function copyNv12(sample: VideoSample, width: number, height: number): Promise<Planes> {
  const buffer = new ArrayBuffer(sample.allocationSize());
  const [luma, chroma] = (await sample.copyTo(buffer)) as [PlaneLayout, PlaneLayout];
  const bytes = new Uint8Array(buffer);
  const [cb, cr] = allocatePlanes('yuv420', width, height, 8).planes.slice(1) as [Plane, Plane];
  const size = planeSize({ format: 'yuv420', width, height }, 1);
  for (let y = 0, to = 0; y < size.height; y++) {
    let from = chroma.offset + y * chroma.stride;
    for (let x = 0; x < size.width; x++, to++, from += 2) {
      cb[to] = bytes[from] as number;
      cr[to] = bytes[from + 1] as number;
    }
  }
  return {
    format: 'yuv420',
    width,
    height,
    depth: 8,
    planes: [bytes.subarray(luma.offset, chroma.offset), cb, cr],
    strides: [luma.stride, size.width, size.width],
  };
}

async function copyPacked(
  sample: VideoSample,
  format: VideoPixelFormat,
  width: number,
  height: number,
): Promise<Planes> {
  const options = { format };
  const bytes = new Uint8Array(sample.allocationSize(options));
  const [layout] = (await sample.copyTo(bytes, options)) as [PlaneLayout];
  const order = PACKED[format] as readonly [number, number, number];
  const result = allocatePlanes('rgb', width, height, 8);
  result.planes.forEach((plane, channel) => {
    for (let y = 0, to = 0; y < height; y++) {
      let from = layout.offset + y * layout.stride + (order[channel] as number);
      for (let x = 0; x < width; x++, to++, from += 4) plane[to] = bytes[from] as number;
    }
  });
  return result;
}
