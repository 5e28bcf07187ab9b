"""Compares surfaces with those of scikit-image (Lewiner's marching cubes 33) and VTK (flying edges).

    check_surfaces.py LAMINA SCRATCH

Isosurfaces of the same smooth fields, well inside of the image: the same topology, area and volume, within
1e-4. On rough noise, which is printed only, they differ: VTK joins across ambiguous faces by a fixed rule, and
every program cuts the polygons of a cube into triangles in its own way.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import scipy.ndimage as ndi
import tifffile
import trimesh
import vtk
from skimage.measure import marching_cubes
from vtkmodules.util.numpy_support import numpy_to_vtk, vtk_to_numpy

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2])
failures, comparisons = 0, 0


def ours(field, level, spacing, name):
    stack, mesh = SCRATCH / f"{name}.tif", SCRATCH / f"{name}.ply"
    tifffile.imwrite(stack, field)
    subprocess.run(
        [LAMINA, "mesh", stack, "-o", mesh, f"--isosurface={level}", "--sigma", "0",
         "--spacing", ",".join(map(str, spacing)), "--quiet", "--force"], check=True)
    return trimesh.load(mesh, process=False)


def lewiner(field, level, spacing):
    vertices, faces, _, _ = marching_cubes(field, level, spacing=spacing[::-1])
    return trimesh.Trimesh(vertices[:, ::-1], faces, process=True)


def flying_edges(field, level, spacing):
    image = vtk.vtkImageData()
    image.SetDimensions(*field.shape[::-1])
    image.SetSpacing(*spacing)
    image.GetPointData().SetScalars(numpy_to_vtk(field.ravel()))
    surface = vtk.vtkFlyingEdges3D()
    surface.SetInputData(image)
    surface.SetValue(0, level)
    surface.Update()
    found = surface.GetOutput()
    faces = vtk_to_numpy(found.GetPolys().GetConnectivityArray()).reshape(-1, 3)
    return trimesh.Trimesh(vtk_to_numpy(found.GetPoints().GetData()), faces, process=True)


def compare(name, field, level, spacing, must_agree):
    global failures, comparisons
    mesh = ours(field, level, spacing, name)
    for peer, other in [("scikit-image", lewiner), ("VTK", flying_edges)]:
        other = other(field, level, spacing)
        comparisons += 1
        same = mesh.euler_number == other.euler_number
        area = mesh.area / other.area - 1
        volume = abs(mesh.volume) / abs(other.volume) - 1
        right = not must_agree or (same and abs(area) < 1e-4 and abs(volume) < 1e-4)
        failures += not right
        print(f"{'ok' if right else 'FAILED':7}{name:22}{peer:14}Euler {mesh.euler_number:6} {other.euler_number:6}"
              f"   area {area:+.1e}   volume {volume:+.1e}")


def smooth_noise(seed, shape, sigma):
    field = ndi.gaussian_filter(np.random.default_rng(seed).normal(size=shape), sigma, mode="constant")
    # Smoothly down to 0 at the border, so that nothing is inside there.
    window = np.ones(shape)
    for axis, n in enumerate(shape):
        profile = np.abs(np.sin(np.pi * np.arange(n) / (n - 1))) ** 0.5
        window *= profile.reshape([-1 if i == axis else 1 for i in range(3)])
    return ((field / field.std() + 2) * window).astype(np.float32)


grid = np.stack(np.meshgrid(*[np.arange(n) for n in (48, 80, 88)], indexing="ij"), -1).astype(np.float32)
ball = 20 - np.linalg.norm(grid - [23.3, 37.6, 41.2], axis=-1)
compare("ball", ball.astype(np.float32), 0.25, (1, 1, 1), True)
ring = grid - [23.7, 39.2, 43.9]
torus = 14 - np.hypot(np.hypot(ring[..., 1], ring[..., 2]) - 22, ring[..., 0])
compare("torus", torus.astype(np.float32), 0.1, (0.6, 0.7, 1), True)
for seed in range(3):
    compare(f"smooth_noise_{seed}", smooth_noise(seed, (84, 90, 96), 8), 2.7, (1, 0.8, 1.2), True)
for seed in range(2):
    compare(f"rough_noise_{seed}", smooth_noise(seed, (24, 28, 32), 0.6), 2.7, (1, 1, 1), False)

print(f"{comparisons} comparisons, {failures} failed")
sys.exit(failures > 0)
