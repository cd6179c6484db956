"""What a result is judged by, beside the L1 distance of its pixels."""

import torch
from torch.nn import functional as F

from network import Critic

BLOCK = 16
#: Side of the neighbourhood whose darkest and brightest values a result may not pass, in pixels of the sharp picture.
HALO = 7


def gradients(x: torch.Tensor) -> torch.Tensor:
    """Differences to the right and downwards, N×6×(H−1)×(W−1)."""
    return torch.cat([x[:, :, :-1, 1:] - x[:, :, :-1, :-1], x[:, :, 1:, :-1] - x[:, :, :-1, :-1]], 1)


def spectra(x: torch.Tensor) -> torch.Tensor:
    """
    The amplitudes of the luma of each 16×16 block: how much of each frequency there is, wherever it lies. A blurred
    texture has less of the high ones, and a texture of the right kind in another place has as much.
    """
    luma = (x * x.new_tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)).sum(1)
    blocks = luma.unfold(1, BLOCK, BLOCK).unfold(2, BLOCK, BLOCK)
    window = torch.hann_window(BLOCK, periodic=False, device=x.device)
    windowed = (blocks - blocks.mean((-1, -2), keepdim=True)) * window * window.view(-1, 1)
    return torch.sqrt(torch.fft.rfft2(windowed, norm='ortho').abs() ** 2 + 1e-8)


def halo(result: torch.Tensor, sharp: torch.Tensor) -> torch.Tensor:
    """How far the result goes beyond the values that the original has nearby: the seam of light along an edge."""
    brightest = F.max_pool2d(sharp, HALO, 1, HALO // 2)
    darkest = -F.max_pool2d(-sharp, HALO, 1, HALO // 2)
    return (F.relu(result - brightest) + F.relu(darkest - result)).mean()


class CriticLoss:
    """The relativistic average GAN loss (Jolicoeur-Martineau 2018), with the critic's own step taken beside it."""

    def __init__(self, device: str, rate: float):
        self.critic = Critic().to(device)
        self.optimizer = torch.optim.Adam(self.critic.parameters(), rate, betas=(0.5, 0.99))

    def __call__(self, result: torch.Tensor, sharp: torch.Tensor, rate: float) -> torch.Tensor:
        for group in self.optimizer.param_groups:
            group['lr'] = 2 * rate
        real, fake = self.critic(sharp), self.critic(result.detach())
        own = softplus(-(real - fake.mean())) + softplus(fake - real.mean())
        self.optimizer.zero_grad(set_to_none=True)
        own.backward()
        self.optimizer.step()
        for parameter in self.critic.parameters():
            parameter.requires_grad_(False)
        real, fake = self.critic(sharp).detach(), self.critic(result)
        loss = softplus(-(fake - real.mean())) + softplus(real - fake.mean())
        for parameter in self.critic.parameters():
            parameter.requires_grad_(True)
        return loss

    def state_dict(self) -> dict:
        return {'critic': self.critic.state_dict(), 'optimizer': self.optimizer.state_dict()}

    def load_state_dict(self, state: dict) -> None:
        self.critic.load_state_dict(state['critic'])
        self.optimizer.load_state_dict(state['optimizer'])


def softplus(x: torch.Tensor) -> torch.Tensor:
    return F.softplus(x).mean()
