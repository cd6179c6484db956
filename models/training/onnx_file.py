"""
Weights out of an ONNX file of this repository and back into it.

A trained network is exported by putting its weights in the graph that `models/convert` wrote: both ends of the
detail control then have the same bytes but for the weights, which is what lets the plugin interpolate them.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from network import Compact


def tensors_of(model: onnx.ModelProto) -> list:
    """The weight, bias and slope of each layer, in the order of the graph; half floats lie behind a Cast."""
    stored = {each.output[0]: each.input[0] for each in model.graph.node if each.op_type == 'Cast'}
    by_name = {each.name: each for each in model.graph.initializer}
    layers = [each for each in model.graph.node if each.op_type in ('Conv', 'PRelu')]
    return [by_name[stored.get(name, name)] for layer in layers for name in layer.input[1:]]


def load(path: Path) -> Compact:
    """The network whose weights the file holds. Raises ValueError if it is not a Compact."""
    arrays = [numpy_helper.to_array(each) for each in tensors_of(onnx.load(str(path)))]
    kernels = [each for each in arrays if each.ndim == 4]
    scale = round((kernels[-1].shape[0] / 3) ** 0.5)
    network = Compact(kernels[0].shape[0], len(kernels), scale)
    parameters = list(network.parameters())
    if len(parameters) != len(arrays):
        raise ValueError(f'{path} has {len(arrays)} tensors, a Compact has {len(parameters)}')
    with torch.no_grad():
        for parameter, array in zip(parameters, arrays):
            parameter.copy_(torch.from_numpy(np.array(array, dtype=np.float32)).reshape(parameter.shape))
    return network


def save(network: Compact, graph: Path, path: Path, origin: str) -> None:
    """Writes the weights in the graph of the file `graph`, each in the precision it has there."""
    model = onnx.load(str(graph))
    model.graph.name = path.stem
    model.doc_string = origin
    for tensor, parameter in zip(tensors_of(model), network.parameters()):
        half = tensor.data_type == onnx.TensorProto.FLOAT16
        array = parameter.detach().cpu().numpy().astype(np.float16 if half else np.float32)
        tensor.raw_data = array.reshape(tuple(tensor.dims)).tobytes()
    onnx.save(model, str(path))
