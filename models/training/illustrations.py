"""
Draws pictures to train on from Open Clip Art (public domain; Debian package `openclipart-svg`):
`python3 models/training/illustrations.py /usr/share/openclipart/svg FOLDER`. Needs `rsvg-convert` (librsvg2-bin).
"""

import argparse
import random
import subprocess
from pathlib import Path

#: Longer side in pixels. Drawings of few bytes are icons of a few shapes; very large ones hold traced photographs.
SIDE = 1024
BYTES = (12_000, 600_000)
SECONDS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description='Rasterises drawings to train on.')
    parser.add_argument('svg', type=Path)
    parser.add_argument('out', type=Path)
    parser.add_argument('--count', type=int, default=500)
    parser.add_argument('--seed', type=int, default=1)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    drawings = sorted(each for each in args.svg.rglob('*.svg') if BYTES[0] <= each.stat().st_size <= BYTES[1])
    chosen = random.Random(args.seed).sample(drawings, min(args.count, len(drawings)))
    made = 0
    for drawing in chosen:
        result = args.out / f'{drawing.parent.name}-{drawing.stem}.png'
        command = ['rsvg-convert', '-w', str(SIDE), '-h', str(SIDE), '-a', '-b', 'white', '-o', str(result), str(drawing)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
            made += done.returncode == 0
        except subprocess.TimeoutExpired:
            result.unlink(missing_ok=True)
    print(f'{made} drawings of {len(drawings)}')


if __name__ == '__main__':
    main()
