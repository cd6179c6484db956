"""Pictures to train on, and those held out."""

import hashlib
from pathlib import Path
from typing import Iterator, List, Sequence, Tuple

import numpy as np
import torch
from PIL import Image
from torch.utils.data import IterableDataset

from degrade import Damage, shrink

SUFFIXES = {'.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.bmp'}
#: One picture in so many is held out, by the hash of its name: the same ones whatever else lies in the folder.
HELD_OUT_OF = 10


def held_out(path: Path) -> bool:
    return int(hashlib.sha256(path.name.encode()).hexdigest(), 16) % HELD_OUT_OF == 0


def pictures_in(folders: Sequence[Path]) -> Tuple[List[Path], List[Path]]:
    """To train on, and held out."""
    found = sorted(each for folder in folders for each in folder.rglob('*') if each.suffix.lower() in SUFFIXES)
    return [each for each in found if not held_out(each)], [each for each in found if held_out(each)]


def load(path: Path, factors: Sequence[int], at_least: int) -> List[Image.Image]:
    """The picture over white, shrunk by each factor: photographs are soft at 100 %, and half their size is sharp."""
    picture = Image.open(path)
    if picture.mode in ('RGBA', 'LA', 'P'):
        picture = picture.convert('RGBA')
        picture = Image.alpha_composite(Image.new('RGBA', picture.size, 'white'), picture)
    picture = picture.convert('RGB')
    sizes = [picture if f == 1 else picture.resize((picture.width // f, picture.height // f), Image.LANCZOS) for f in factors]
    return [each for each in sizes if min(each.size) >= at_least] or [picture]


class Pairs(IterableDataset):
    """Endless (input, target) pairs: 3×P×P and 3×4P×4P float tensors in 0..1."""

    def __init__(self, pictures: Sequence[Image.Image], patch: int, scale: int, damage: Damage, seed: int):
        side = patch * scale
        self.pictures = [each for each in pictures if min(each.size) >= side]
        self.side, self.scale, self.damage, self.seed = side, scale, damage, seed
        # Large pictures are drawn from more often, but not in proportion: they would drown the others.
        weights = np.array([(each.width * each.height) ** 0.5 for each in self.pictures])
        self.weights = weights / weights.sum()

    def __iter__(self) -> Iterator[Tuple[torch.Tensor, torch.Tensor]]:
        worker = torch.utils.data.get_worker_info()
        random = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            picture = self.pictures[random.choice(len(self.pictures), p=self.weights)]
            x = int(random.integers(picture.width - self.side + 1))
            y = int(random.integers(picture.height - self.side + 1))
            sharp = picture.crop((x, y, x + self.side, y + self.side))
            # A flat sky teaches nothing: most of them are passed over.
            if np.asarray(sharp.convert('L')).std() < 6 and random.random() < 0.8:
                continue
            turn = int(random.integers(8))
            if turn & 1:
                sharp = sharp.transpose(Image.FLIP_LEFT_RIGHT)
            if turn >> 1:
                sharp = sharp.rotate(90 * (turn >> 1))
            yield tensor(shrink(sharp, self.scale, self.damage, random)), tensor(sharp)


def tensor(picture: Image.Image) -> torch.Tensor:
    return torch.from_numpy(np.array(picture, dtype=np.float32).transpose(2, 0, 1) / 255)
