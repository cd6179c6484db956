/** Renders the icons' SVG sources to the PNGs the manifest names: `npx tsx icons/render.ts`. */
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const ICONS = [
  { name: 'panel-dark', side: 23 },
  { name: 'panel-light', side: 23 },
  { name: 'plugin', side: 48 },
  // Adobe's references differ on the plugin list's icon: Photoshop's samples have 48 pixels, Premiere's manifest page 24.
  { name: 'plugin-list', side: 24, drawing: 'plugin' },
];

for (const { name, side, drawing = name } of ICONS) {
  for (const scale of [1, 2]) {
    const at = (file: string) => fileURLToPath(new URL(file, import.meta.url));
    await sharp(at(`${drawing}.svg`), { density: 72 * 8 })
      .resize(side * scale, side * scale)
      .png()
      .toFile(at(`${name}@${scale}x.png`));
  }
}
