"""
How a low-resolution input is made from a sharp picture. All randomness comes from the generator handed in.

Clean: shrunk by antialiased bicubic, nothing else. Damaged, as in Real-ESRGAN but milder: blur, resize, noise and JPEG,
and, half of the time, noise and JPEG once more after a second resize, as of a picture saved, shared and saved again.
"""

import io
from dataclasses import dataclass
from typing import Tuple

import numpy as np
from PIL import Image, ImageFilter

Range = Tuple[float, float]


@dataclass(frozen=True)
class Damage:
    """Ranges are drawn from uniformly; those of noise and JPEG hold for the first time, the second is half as strong."""

    #: share of inputs that are clean
    clean: float
    #: standard deviation of a Gaussian, in pixels of the sharp picture
    blur: Range
    #: standard deviation in 1/255; half of the time the same for the three channels
    noise: Range
    #: JPEG quality
    jpeg: Range
    #: share of the damaged inputs that get noise, and that get JPEG
    noisy: float = 0.7
    compressed: float = 0.7
    #: share that goes through noise and JPEG a second time
    twice: float = 0.5


KERNELS = (Image.BICUBIC, Image.BILINEAR, Image.BOX, Image.LANCZOS)


def shrink(sharp: Image.Image, scale: int, damage: Damage, random: np.random.Generator) -> Image.Image:
    """An RGB picture to one `scale` times smaller."""
    width, height = sharp.width // scale, sharp.height // scale
    if random.random() < damage.clean:
        return sharp.resize((width, height), Image.BICUBIC)
    picture = sharp
    if random.random() < 0.8:
        picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(*damage.blur)))
    twice = random.random() < damage.twice
    between = random.uniform(1.0, 2.0) if twice else 1.0
    picture = picture.resize((round(width * between), round(height * between)), pick(random))
    picture = soil(picture, damage, 1.0, random)
    if twice:
        picture = picture.resize((width, height), pick(random))
        picture = soil(picture, damage, 0.5, random)
    return picture


def pick(random: np.random.Generator) -> int:
    return KERNELS[random.integers(len(KERNELS))]


def soil(picture: Image.Image, damage: Damage, strength: float, random: np.random.Generator) -> Image.Image:
    """Noise, then JPEG."""
    if random.random() < damage.noisy:
        sigma = random.uniform(*damage.noise) * strength
        channels = 1 if random.random() < 0.5 else 3
        noise = random.normal(0, sigma, (picture.height, picture.width, channels))
        noisy = np.asarray(picture, dtype=np.float32) + noise
        picture = Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))
    if random.random() < damage.compressed:
        quality = random.uniform(*damage.jpeg)
        quality = round(100 - (100 - quality) * strength)
        data = io.BytesIO()
        # 0 keeps the colour's resolution, 2 halves it both ways, as most cameras and services do.
        picture.save(data, 'JPEG', quality=quality, subsampling=2 if random.random() < 0.6 else 0)
        picture = Image.open(data).convert('RGB')
    return picture
