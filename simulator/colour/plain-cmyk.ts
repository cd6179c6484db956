/**
 * CMYK of which no profile is known: sRGB with its grey taken out into black, and no press. With values as a PSD
 * holds them, 1 being no ink, red is cyan times black and so on, and back again nothing is lost.
 */

// Looked up once: in Jest's sandbox a global costs more than the arithmetic it is for.
const { max, min } = Math;

/** From CMYK, 0 to 1 each, to sRGB. */
export function plainToRgb(cmyk: Float32Array): Float32Array {
  const rgb = new Float32Array((cmyk.length / 4) * 3);
  for (let p = 0; p * 4 < cmyk.length; p++) {
    const black = cmyk[p * 4 + 3] ?? 0;
    for (let c = 0; c < 3; c++) rgb[p * 3 + c] = (cmyk[p * 4 + c] ?? 0) * black;
  }
  return rgb;
}

export function rgbToPlain(rgb: Float32Array): Float32Array {
  const cmyk = new Float32Array((rgb.length / 3) * 4);
  for (let p = 0; p * 3 < rgb.length; p++) {
    const black = min(1, max(0, rgb[p * 3] ?? 0, rgb[p * 3 + 1] ?? 0, rgb[p * 3 + 2] ?? 0));
    for (let c = 0; c < 3; c++) {
      cmyk[p * 4 + c] = black === 0 ? 1 : min(1, max(0, (rgb[p * 3 + c] ?? 0) / black));
    }
    cmyk[p * 4 + 3] = black;
  }
  return cmyk;
}
