"""`python3 -m unittest discover -s models/training`: the recipe on pictures made here, small enough for a minute."""

import json
import subprocess
import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

import onnx_file
from data import held_out, pictures_in
from degrade import Damage, shrink
from losses import spectra
from recipes import GENERAL, RECIPES

HERE = Path(__file__).resolve().parent
CLEAN = Damage(clean=1.0, blur=(0, 0), noise=(0, 0), jpeg=(90, 90))


def noise(side: int, seed: int) -> Image.Image:
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 256, (side // 8, side // 8, 3), dtype=np.uint8))
    return coarse.resize((side, side), Image.BICUBIC)


class Degrading(unittest.TestCase):
    def test_the_same_seed_makes_the_same_input(self):
        damage = replace(CLEAN, clean=0.0, blur=(0.5, 2), noise=(2, 10), jpeg=(40, 90))
        first, second = (np.asarray(shrink(noise(96, 1), 4, damage, np.random.default_rng(5))) for _ in range(2))
        np.testing.assert_array_equal(first, second)
        self.assertEqual(first.shape, (24, 24, 3))

    def test_a_clean_input_is_the_bicubic_one(self):
        sharp = noise(96, 2)
        made = shrink(sharp, 4, CLEAN, np.random.default_rng(1))
        np.testing.assert_array_equal(np.asarray(made), np.asarray(sharp.resize((24, 24), Image.BICUBIC)))

    def test_noise_has_the_strength_asked_for(self):
        gray = Image.new('RGB', (512, 512), (128, 128, 128))
        damage = replace(CLEAN, clean=0.0, noise=(10, 10), noisy=1.0, compressed=0.0, twice=0.0)
        made = np.asarray(shrink(gray, 4, damage, np.random.default_rng(3)), dtype=float)
        self.assertAlmostEqual(made.std(), 10, delta=0.5)


class Weights(unittest.TestCase):
    def test_what_is_written_is_what_is_read(self):
        network = onnx_file.load(GENERAL)
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.mul_(1.25)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'x.onnx'
            onnx_file.save(network, GENERAL, path, 'test')
            again = onnx_file.load(path)
        for one, other in zip(network.parameters(), again.parameters()):
            torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-6)

    def test_every_recipe_starts_from_a_file_that_is_there(self):
        for recipe in RECIPES.values():
            onnx_file.load(recipe.start)
            if recipe.blend:
                onnx_file.load(recipe.blend)


class Losses(unittest.TestCase):
    def test_the_spectrum_tells_a_blurred_texture_from_a_shifted_one(self):
        sharp = torch.rand(1, 3, 64, 64)
        shifted = sharp.roll(1, 3)
        blurred = torch.nn.functional.avg_pool2d(sharp, 3, 1, 1)
        to = spectra(sharp)
        self.assertLess((spectra(shifted) - to).abs().mean(), 0.7 * (spectra(blurred) - to).abs().mean())


class Training(unittest.TestCase):
    def run_it(self, out: Path, data: Path, steps: int) -> None:
        command = [sys.executable, str(HERE / 'train.py'), 'face-detailed', '--data', str(data), '--out', str(out)]
        options = ['--steps', str(steps), '--batch', '2', '--patch', '16', '--device', 'cpu']
        subprocess.run([*command, *options], check=True, capture_output=True)

    def test_a_stopped_run_goes_on_and_leaves_a_network_and_its_metrics(self):
        with tempfile.TemporaryDirectory() as folder:
            data, out = Path(folder) / 'data', Path(folder) / 'out'
            (data / 'portraits').mkdir(parents=True)
            for seed in range(24):
                noise(160, seed).save(data / 'portraits' / f'{seed}.png')
            training, kept = pictures_in([data / 'portraits'])
            self.assertTrue(training and kept and all(held_out(each) for each in kept))
            self.run_it(out, data, 2)
            self.run_it(out, data, 4)
            steps = [each['step'] for each in json.loads((out / 'metrics.json').read_text())['checks']]
            self.assertEqual(steps, [0, 2, 4])
            onnx_file.load(out / 'face-detailed.onnx')


if __name__ == '__main__':
    unittest.main()
