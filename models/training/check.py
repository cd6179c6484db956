"""PSNR of luma on what is held out, beside bicubic: clean, and damaged as the recipe damages."""

from dataclasses import replace
from typing import Dict, List, Sequence, Tuple

import numpy as np
import torch
from PIL import Image

from data import tensor
from degrade import Damage, shrink

#: Side of what is cut from the middle of each picture, and how many pictures are looked at.
SIDE = 384
MOST = 16
SEED = 7


class Check:
    def __init__(self, pictures: Sequence[Image.Image], damage: Damage, scale: int):
        self.scale = scale
        kinds = {'clean': replace(damage, clean=1.0), 'damaged': replace(damage, clean=0.0)}
        self.pairs: Dict[str, List[Tuple[Image.Image, Image.Image]]] = {}
        for kind, with_damage in kinds.items():
            random = np.random.default_rng(SEED)
            sharp = [middle(each, scale) for each in pictures[:MOST]]
            self.pairs[kind] = [(shrink(each, scale, with_damage, random), each) for each in sharp]

    def __call__(self, network: torch.nn.Module, device: str) -> Dict[str, Dict[str, float]]:
        return {
            kind: {
                'network': mean([self.psnr(enlarge(network, small, device), sharp) for small, sharp in pairs]),
                'bicubic': mean([self.psnr(bicubic(small, sharp), sharp) for small, sharp in pairs]),
            }
            for kind, pairs in self.pairs.items()
        }

    def psnr(self, result: np.ndarray, sharp: Image.Image) -> float:
        border = self.scale
        difference = luma(result) - luma(np.asarray(sharp, dtype=np.float32))
        error = np.mean(difference[border:-border, border:-border] ** 2)
        return float(10 * np.log10(255**2 / max(error, 1e-6)))


def middle(picture: Image.Image, scale: int) -> Image.Image:
    width = min(SIDE, picture.width) // scale * scale
    height = min(SIDE, picture.height) // scale * scale
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def enlarge(network: torch.nn.Module, small: Image.Image, device: str) -> np.ndarray:
    with torch.no_grad():
        result = network(tensor(small)[None].to(device))[0].float().cpu().numpy()
    return np.clip(np.rint(result.transpose(1, 2, 0) * 255), 0, 255)


def bicubic(small: Image.Image, sharp: Image.Image) -> np.ndarray:
    return np.asarray(small.resize(sharp.size, Image.BICUBIC), dtype=np.float32)


def luma(rgb: np.ndarray) -> np.ndarray:
    """BT.601, 16..235, as the field measures."""
    return 16 + rgb @ np.array([65.481, 128.553, 24.966], dtype=np.float32) / 255


def mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 3)
