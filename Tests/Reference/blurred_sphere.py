"""What size the sphere of neubias_spheres_known.tif has, and how it was blurred.

    python blurred_sphere.py ../../../shared/data/stacks/neubias_spheres_known.tif

Least squares over all voxels: a sphere of any centre and radius, a Gaussian as wide along x as along y, contrast and
background. Nothing of Lamina is in it. The fit leaves 0.15 grey values of 255 (rounding alone leaves 0.29 on slopes), so
that the edge is that of a sharp sphere seen through a Gaussian. The integral of the intensity over the contrast, which
needs no model of the blur, has the volume of a sphere of 64.370 µm.
"""

import sys

import numpy as np
import tifffile
from scipy.ndimage import gaussian_filter
from scipy.optimize import least_squares

SPACING = np.array([8.0, 4.0, 4.0])
PARTS = 5


def coverage(shape, centre, radius):
    """The part of every voxel inside of a sphere, from PARTS³ points with a soft edge of 1 µm."""
    axes = [(np.arange(n * PARTS) + 0.5) / PARTS - 0.5 for n in shape]
    z, y, x = (((axis - c) * h) ** 2 for axis, c, h in zip(axes, centre, SPACING))
    covered = np.zeros(shape)
    for plane in range(shape[0]):
        part = slice(plane * PARTS, (plane + 1) * PARTS)
        distance = np.sqrt(z[part, None, None] + y[None, :, None] + x[None, None, :])
        inside = np.clip(radius - distance + 0.5, 0, 1).mean(0)
        covered[plane] = inside.reshape(shape[1], PARTS, shape[2], PARTS).mean((1, 3))
    return covered


def model(p, shape):
    # Coverage is the mean over a voxel already.
    sigma = np.sqrt(np.maximum(np.array([p[4], p[5], p[5]]) ** 2 - 1 / 12, 0.01))
    return p[6] * gaussian_filter(coverage(shape, p[:3], p[3]), sigma, truncate=6) + p[7]


image = tifffile.imread(sys.argv[1]).astype(float)
contrast = image.max() - image.min()
volume = (image - image.min()).sum() / contrast * SPACING.prod()
low = np.array([10, 30, 30])
box = image[10:54, 30:98, 30:98]
start = np.array([*(np.array([31.6, 63.7, 63.7]) - low), 64, 1.3, 1.3, contrast, 0])
fit = least_squares(lambda p: (model(p, box.shape) - box).ravel(), start, diff_step=1e-3, max_nfev=15)
radius, along, across = fit.x[3], fit.x[4] * SPACING[0], fit.x[5] * SPACING[1]
print(f"radius {radius:.3f}, sigma {across:.2f}, {across:.2f}, {along:.2f}, left {np.sqrt(2 * fit.cost / box.size):.2f}")
print(f"radius by the integral {(3 * volume / (4 * np.pi)) ** (1 / 3):.3f}")
