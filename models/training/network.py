"""SRVGGNetCompact (Real-ESRGAN): a row of 3×3 convolutions with PReLU at the input's size, then one shuffle."""

import torch
from torch import nn
from torch.nn import functional as F


class Compact(nn.Module):
    """RGB in 0..1, N×3×H×W to N×3×sH×sW. `layers` counts the convolutions, first and last included."""

    def __init__(self, channels: int, layers: int, scale: int = 4):
        super().__init__()
        self.scale = scale
        body = [nn.Conv2d(3, channels, 3, 1, 1), nn.PReLU(channels)]
        for _ in range(layers - 2):
            body += [nn.Conv2d(channels, channels, 3, 1, 1), nn.PReLU(channels)]
        body.append(nn.Conv2d(channels, 3 * scale**2, 3, 1, 1))
        self.body = nn.Sequential(*body)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        enlarged = F.interpolate(x, scale_factor=self.scale, mode='nearest')
        return F.pixel_shuffle(self.body(x), self.scale) + enlarged


class Critic(nn.Module):
    """A patch discriminator: N×3×H×W to one judgement for each 8×8 pixels, each of which sees 46×46."""

    def __init__(self, channels: int = 32):
        super().__init__()
        norm = nn.utils.spectral_norm
        self.body = nn.Sequential(
            norm(nn.Conv2d(3, channels, 4, 2, 1)), nn.LeakyReLU(0.2),
            norm(nn.Conv2d(channels, 2 * channels, 4, 2, 1)), nn.LeakyReLU(0.2),
            norm(nn.Conv2d(2 * channels, 4 * channels, 4, 2, 1)), nn.LeakyReLU(0.2),
            nn.Conv2d(4 * channels, 1, 3, 1, 1),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.body(x)
