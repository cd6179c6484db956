"""
Trains one network: `python3 models/training/train.py face-faithful --data FOLDER --out FOLDER`. See README.md.

Leaves in the output folder: `state.pt` (goes on from there when started again), `metrics.json` (one record a check) and,
after each check, the network as NAME.onnx.
"""

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader

import data
import onnx_file
from check import Check
from losses import CriticLoss, gradients, halo, spectra
from mix import mix
from recipes import RECIPES, Recipe

SCALE = 4
#: The exported weights are a running mean of those of the last steps.
MEAN_DECAY = 0.998
#: Steps in which the learning rate rises from nothing: Adam knows no scale yet.
WARM_UP = 200
#: Seconds between two checks, each of which saves.
CHECK_EVERY = 300


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description='Trains one of the networks of Loupe.')
    parser.add_argument('recipe', choices=RECIPES)
    parser.add_argument('--data', type=Path, required=True, help='holds the folders that the recipe names')
    parser.add_argument('--out', type=Path, required=True)
    parser.add_argument('--start', type=Path, help='weights to go on from instead of the recipe’s')
    parser.add_argument('--steps', type=int, help='instead of the recipe’s')
    parser.add_argument('--minutes', type=float, help='end after so long, the schedule shortened to fit')
    parser.add_argument('--batch', type=int, default=8)
    parser.add_argument('--patch', type=int, default=48, help='side of an input in pixels')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--threads', type=int, help='on the CPU')
    parser.add_argument('--check-every', type=float, default=CHECK_EVERY, help='seconds')
    parser.add_argument('--device', default='cuda' if torch.cuda.is_available() else 'cpu')
    return parser.parse_args()


def main() -> None:
    args = arguments()
    recipe = RECIPES[args.recipe]
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    run = Run(args, recipe)
    run.resume()
    run.train()


class Run:
    def __init__(self, args: argparse.Namespace, recipe: Recipe):
        self.args, self.recipe = args, recipe
        self.steps = args.steps or recipe.steps
        self.network = onnx_file.load(args.start or recipe.start)
        if recipe.blend and not args.start:
            mix(self.network, onnx_file.load(recipe.blend), recipe.share)
        self.network.to(args.device, memory_format=torch.channels_last)
        self.mean = [each.detach().clone() for each in self.network.parameters()]
        self.optimizer = torch.optim.Adam(self.network.parameters(), recipe.rate, betas=(0.9, 0.99))
        self.critic = CriticLoss(args.device, recipe.rate) if recipe.critic else None
        self.step, self.seconds, self.records = 0, 0.0, []

        training, held_out = data.pictures_in([args.data / each for each in recipe.data])
        print(f'{len(training)} pictures to train on, {len(held_out)} held out', flush=True)
        side = args.patch * SCALE
        self.pictures = [size for path in training for size in data.load(path, recipe.factors, side)]
        self.check = Check([data.load(each, recipe.factors[:1], side)[0] for each in held_out], recipe.damage, SCALE)

    @property
    def state_file(self) -> Path:
        return self.args.out / 'state.pt'

    def resume(self) -> None:
        if not self.state_file.exists():
            return
        state = torch.load(self.state_file, map_location=self.args.device)
        self.network.load_state_dict(state['network'])
        self.optimizer.load_state_dict(state['optimizer'])
        self.mean = state['mean']
        if self.critic:
            self.critic.load_state_dict(state['critic'])
        self.step, self.seconds, self.records = state['step'], state['seconds'], state['records']
        print(f'goes on after step {self.step}', flush=True)

    def save(self) -> None:
        state = {
            'network': self.network.state_dict(),
            'optimizer': self.optimizer.state_dict(),
            'mean': self.mean,
            'critic': self.critic.state_dict() if self.critic else None,
            'step': self.step,
            'seconds': self.seconds,
            'records': self.records,
        }
        partial = self.state_file.with_suffix('.partial')
        torch.save(state, partial)
        partial.replace(self.state_file)

    def progress(self) -> float:
        """0 at the start, 1 at the end, by steps or by time, whichever is further."""
        by_time = self.seconds / (self.args.minutes * 60) if self.args.minutes else 0.0
        return min(1.0, max(self.step / self.steps, by_time))

    def batches(self) -> DataLoader:
        # A seed of its own after each resumption, or the same patches would come again.
        seed = self.args.seed * 1_000_003 + self.step
        pairs = data.Pairs(self.pictures, self.args.patch, SCALE, self.recipe.damage, seed)
        workers = 12 if self.args.device != 'cpu' else 0
        return DataLoader(pairs, self.args.batch, num_workers=workers, pin_memory=workers > 0)

    def train(self) -> None:
        if self.step == 0:
            self.report()
        last_check = self.seconds
        began = time.monotonic() - self.seconds
        batches = iter(self.batches())
        while self.progress() < 1:
            rate = self.recipe.rate * (0.01 + 0.99 * (1 + math.cos(math.pi * self.progress())) / 2)
            rate *= min(1.0, (self.step + 1) / WARM_UP)
            small, sharp = (each.to(self.args.device, non_blocking=True) for each in next(batches))
            self.learn(small.contiguous(memory_format=torch.channels_last), sharp, rate)
            self.step += 1
            self.seconds = time.monotonic() - began
            if self.seconds - last_check >= self.args.check_every:
                self.report()
                last_check = self.seconds
                self.seconds = time.monotonic() - began
        self.report()

    def learn(self, small: torch.Tensor, sharp: torch.Tensor, rate: float) -> None:
        recipe = self.recipe
        for group in self.optimizer.param_groups:
            group['lr'] = rate
        with torch.autocast('cuda' if self.args.device != 'cpu' else 'cpu', dtype=torch.bfloat16):
            result = self.network(small)
        result = result.float()
        loss = F.l1_loss(result, sharp)
        if recipe.gradient:
            loss = loss + recipe.gradient * F.l1_loss(gradients(result), gradients(sharp))
        if recipe.spectrum:
            loss = loss + recipe.spectrum * F.l1_loss(spectra(result), spectra(sharp))
        if recipe.halo:
            loss = loss + recipe.halo * halo(result, sharp)
        if self.critic:
            loss = loss + recipe.critic * self.critic(result, sharp, rate)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        decay = min(MEAN_DECAY, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for mean, parameter in zip(self.mean, self.network.parameters()):
                mean.lerp_(parameter, 1 - decay)

    def report(self) -> None:
        """Checks the mean network on what is held out, saves everything and exports."""
        current = [each.detach().clone() for each in self.network.parameters()]
        put(self.network, self.mean)
        self.network.eval()
        record = {'step': self.step, 'seconds': round(self.seconds), **self.check(self.network, self.args.device)}
        origin = f'{self.args.recipe}: {self.step} steps of {self.args.batch} inputs of {self.args.patch}² pixels'
        onnx_file.save(self.network, self.recipe.start, self.args.out / f'{self.args.recipe}.onnx', origin)
        self.network.train()
        put(self.network, current)
        self.records.append(record)
        print(json.dumps(record), flush=True)
        self.save()
        about = {key: str(value) for key, value in vars(self.args).items() if not isinstance(value, Path)}
        (self.args.out / 'metrics.json').write_text(json.dumps({'run': about, 'checks': self.records}, indent=2) + '\n')


def put(network: torch.nn.Module, values: list) -> None:
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), values):
            parameter.copy_(value)


if __name__ == '__main__':
    np.seterr(all='raise', under='ignore')
    main()
