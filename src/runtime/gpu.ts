/** The GPU of this machine, as WebGPU shows it to a worker. */
import { because, LoupeError } from '../errors.ts';

export interface Gpu {
  readonly device: GPUDevice;
  /** For the user: its own description, or the maker and the generation, as far as the browser tells. */
  readonly name: string;
}

/** What ONNX Runtime's kernels make use of. */
const USEFUL: readonly GPUFeatureName[] = ['shader-f16', 'subgroups'];

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|warp|basic render/i;

/**
 * The fastest adapter's device, with the adapter's own limits: the default ones hold a storage buffer to 128 MiB.
 * Rejects with `backend-unavailable` if there is none, or if it is a CPU in disguise and `allowSoftware` is false.
 */
export async function requestGpu(allowSoftware: boolean): Promise<Gpu> {
  // Typed as always there; it is missing in older WebViews and in insecure contexts.
  const gpu = navigator.gpu as GPU | undefined;
  if (!gpu) throw new LoupeError('backend-unavailable', because('no-webgpu'));
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new LoupeError('backend-unavailable', because('no-gpu'));
  if (isSoftware(adapter) && !allowSoftware) {
    throw new LoupeError('backend-unavailable', because('software-gpu'));
  }
  const { limits } = adapter;
  const device = await adapter
    .requestDevice({
      requiredFeatures: USEFUL.filter((feature) => adapter.features.has(feature)),
      requiredLimits: {
        maxBufferSize: limits.maxBufferSize,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeWorkgroupSizeY: limits.maxComputeWorkgroupSizeY,
        maxComputeWorkgroupSizeZ: limits.maxComputeWorkgroupSizeZ,
        maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
      },
    })
    .catch((thrown: unknown) => {
      throw new LoupeError('backend-unavailable', because('gpu-not-opened'), { cause: thrown });
    });
  return { device, name: nameOf(adapter.info) };
}

function isSoftware(adapter: GPUAdapter): boolean {
  const { architecture, description, device, isFallbackAdapter } = adapter.info;
  return isFallbackAdapter || [architecture, description, device].some((words) => SOFTWARE.test(words));
}

const MAKERS: Readonly<Record<string, string>> = {
  amd: 'AMD',
  apple: 'Apple',
  arm: 'Arm',
  intel: 'Intel',
  nvidia: 'NVIDIA',
  qualcomm: 'Qualcomm',
};

/** Browsers mask most of it: Chrome tells `nvidia` and `ampere`, and no more. */
export function nameOf({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const itself = description || device;
  const maker = MAKERS[vendor] ?? vendor;
  if (itself) return itself.toLowerCase().includes(vendor) ? itself : `${maker} ${itself}`;
  if (!maker) return 'GPU';
  return architecture ? `${maker} GPU (${architecture})` : `${maker} GPU`;
}
