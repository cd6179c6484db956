"""
The weights between two networks of the same architecture:
`python3 models/training/mix.py FIRST.onnx SECOND.onnx SHARE OUT.onnx`, SHARE being that of the second.
"""

import sys
from pathlib import Path

import torch

import onnx_file


def mix(network: torch.nn.Module, other: torch.nn.Module, share: float) -> None:
    """Moves the weights of `network` towards those of `other`, by `share`."""
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), other.parameters()):
            parameter.lerp_(value, share)


if __name__ == '__main__':
    first, second, share, out = sys.argv[1:]
    network = onnx_file.load(Path(first))
    mix(network, onnx_file.load(Path(second)), float(share))
    onnx_file.save(network, Path(first), Path(out), f'{1 - float(share):g} of {first}, {share} of {second}')
