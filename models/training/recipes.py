"""What each shipped network is trained from, on and for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Tuple

from degrade import Damage

MODELS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Recipe:
    #: the network it starts from, and in whose graph it is exported
    start: Path
    #: folders of pictures below --data
    data: Tuple[str, ...]
    #: what pictures are shrunk by before patches are cut from them
    factors: Tuple[int, ...]
    damage: Damage
    #: the learning rate falls from this to 1 % of it along half a cosine
    rate: float
    steps: int
    #: weight of the L1 distance of horizontal and vertical differences
    gradient: float = 0.0
    #: weight of the critic's judgement; 0 is no critic
    critic: float = 0.0
    #: weight of the L1 distance of the amplitudes of 16×16 blocks' spectra
    spectrum: float = 0.0
    #: weight of what lies beyond the original's values nearby
    halo: float = 0.0
    #: a second network to start from, and its share
    blend: Optional[Path] = None
    share: float = 0.0


GENERAL = MODELS / 'landscape/realesr-general-x4v3.onnx'

RECIPES = {
    'face-faithful': Recipe(
        start=GENERAL,
        data=('portraits',),
        factors=(1, 2),
        damage=Damage(clean=0.2, blur=(0.4, 3.0), noise=(0, 14), jpeg=(40, 95)),
        rate=3e-4,
        steps=12_000,
        gradient=0.1,
    ),
    'face-detailed': Recipe(
        start=MODELS / 'face/face-faithful.onnx',
        blend=GENERAL,
        share=0.3,
        data=('portraits',),
        factors=(1, 2),
        damage=Damage(clean=0.25, blur=(0.4, 2.4), noise=(0, 12), jpeg=(45, 95)),
        rate=1e-4,
        steps=8_000,
        gradient=0.2,
        spectrum=0.3,
        critic=0.02,
        halo=5.0,
    ),
    'landscape-detailed': Recipe(
        start=MODELS / 'landscape/landscape-faithful.onnx',
        blend=GENERAL,
        share=0.5,
        data=('photos-cc0',),
        factors=(2, 3, 4),
        damage=Damage(clean=0.4, blur=(0.2, 2.0), noise=(0, 10), jpeg=(50, 95)),
        rate=1e-4,
        steps=8_000,
        gradient=0.2,
        spectrum=0.3,
        critic=0.03,
        halo=5.0,
    ),
    'landscape-faithful': Recipe(
        start=GENERAL,
        data=('photos-cc0',),
        factors=(2, 3, 4),
        damage=Damage(clean=0.6, blur=(0.2, 2.0), noise=(0, 10), jpeg=(50, 95)),
        rate=3e-4,
        steps=16_000,
    ),
    'art-faithful': Recipe(
        start=MODELS / 'art/realesr-animevideov3.onnx',
        data=('illustrations',),
        factors=(1, 2),
        damage=Damage(clean=0.5, blur=(0.2, 2.0), noise=(0, 6), jpeg=(40, 95)),
        rate=3e-4,
        steps=12_000,
    ),
    'art-detailed': Recipe(
        start=MODELS / 'art/art-faithful.onnx',
        data=('illustrations',),
        factors=(1, 2),
        damage=Damage(clean=0.4, blur=(0.2, 2.0), noise=(0, 6), jpeg=(40, 95)),
        rate=1e-4,
        steps=8_000,
        gradient=0.3,
        spectrum=0.2,
        critic=0.02,
        halo=5.0,
    ),
}
