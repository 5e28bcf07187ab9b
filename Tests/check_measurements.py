"""Checks Lamina's measurements against programs that are not its own.

    check_measurements.py LAMINA SCRATCH

Meshes: trimesh and scipy (inertia, convex hull, caliper widths) and karambola's Python version (Minkowski
tensors). Voxels: scikit-image, ITK and, where it is installed, pyradiomics, on label images of random nuclei with
voxels of three sizes, column by column under their own names.
"""

import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pykarambola
import SimpleITK as sitk
import trimesh
from scipy.spatial import ConvexHull
from skimage.io import imread, imsave
from skimage.measure import regionprops, regionprops_table

from comparisons import check, finish, first_row

try:
    from radiomics import shape as radiomics_shape
except ImportError:
    radiomics_shape = None

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2])


def table(path, columns, *arguments):
    folder = SCRATCH / f"measured-{Path(path).stem}-{columns}"
    return first_row(LAMINA, path, folder, "--columns", columns, *arguments)


def smallest_width(points):
    """Over all face normals and all pairs of edges of the hull: slow and plain."""
    hull = ConvexHull(points)
    corners = points[hull.vertices]
    edges = np.unique(np.sort(np.vstack([hull.simplices[:, p] for p in ([0, 1], [1, 2], [2, 0])])), axis=0)
    edges = points[edges[:, 0]] - points[edges[:, 1]]
    directions = [hull.equations[:, :3]]
    for start in range(0, len(edges), 200):
        cross = np.cross(edges[start:start + 200, None], edges[None]).reshape(-1, 3)
        norm = np.linalg.norm(cross, axis=1)
        directions.append(cross[norm > 1e-9] / norm[norm > 1e-9, None])
    return min(np.ptp(corners @ d.T, axis=0).min() for part in directions for d in np.array_split(part, 1 + len(part) // 20000))


def check_mesh(path):
    row = table(path, "all")
    number = lambda name: float(row[name])
    mesh = trimesh.load(path, process=False)
    name = Path(path).stem
    check(f"{name} volume", number("volume"), mesh.volume)
    check(f"{name} area", number("surface_area"), mesh.area)
    # Inertia about the centre of mass: trace - covariance, times volume.
    inertia = mesh.moment_inertia / mesh.volume
    eigen = np.linalg.eigvalsh(np.eye(3) * np.trace(inertia) / 2 - inertia)[::-1]
    check(f"{name} semi-axes", [number(f"semi_axis_{i}") for i in (1, 2, 3)], np.sqrt(5 * eigen))
    axes = np.array([[number(f"axis_{i}_{c}") for c in "xyz"] for i in (1, 2, 3)])
    check(f"{name} axes are a right-handed frame", axes @ np.cross(axes[1], axes[2]), [1, 0, 0])
    covariance = axes.T @ np.diag(eigen) @ axes
    check(f"{name} axes", covariance, np.eye(3) * np.trace(inertia) / 2 - inertia)
    hull = mesh.convex_hull
    check(f"{name} hull volume", number("hull_volume"), hull.volume)
    check(f"{name} hull area", number("hull_area"), hull.area)
    check(f"{name} solidity", number("solidity"), mesh.volume / hull.volume)
    corners = hull.vertices
    far = max(np.linalg.norm(corners - corner, axis=1).max() for corner in corners)
    check(f"{name} feret_max", number("feret_max"), far)
    if len(corners) < 400:
        check(f"{name} feret_min", number("feret_min"), smallest_width(corners))
    tensors = pykarambola.minkowski_tensors(mesh.vertices, mesh.faces, center="centroid_mesh")
    for ours, theirs in [("w0", "w000"), ("w1", "w100"), ("w2", "w200")]:
        check(f"{name} {ours}", number(f"minkowski_{ours}"), tensors[theirs], 2e-6)
    # The torus has W3 = 0.
    check(f"{name} w3", 1 + number("minkowski_w3"), 1 + tensors["w300"])
    for ours in ["w0_20", "w1_20", "w2_20", "w1_02", "w2_02"]:
        theirs = np.array(tensors[ours.replace("_", "")])
        tensor = lambda c: number(f"minkowski_{ours}_{''.join(sorted(c))}")
        check(f"{name} {ours}", [[tensor(a + b) for b in "xyz"] for a in "xyz"], theirs, 2e-6)
        sizes = np.abs(np.linalg.eigvalsh(theirs))
        check(f"{name} {ours} beta", number(f"minkowski_{ours}_beta"), sizes.min() / sizes.max(), 1e-5)


def check_nucleus(seed, spacing):
    path = SCRATCH / f"nucleus-{seed}.tif"
    text = ",".join(map(str, spacing))
    command = [LAMINA, "phantom", "nucleus", path, "--radius", "8", "--seed", str(seed), "--rotation", "random"]
    subprocess.run(command + ["--spacing", text, "--mask", "--quiet", "--force"], check=True)
    check_voxels(path, spacing, f"nucleus {seed}")


def check_flat(size, spacing):
    """A block that is one voxel thick or wide."""
    path = SCRATCH / f"block-{size}.tif"
    labels = np.zeros((7, 8, 9), np.uint8)
    labels[2:2 + size[2], 3:3 + size[1], 1:1 + size[0]] = 1
    imsave(path, labels, check_contrast=False)
    check_voxels(path, spacing, f"block {size}")


def check_voxels(path, spacing, name):
    labels = imread(path)
    text = ",".join(map(str, spacing))
    arguments = ["--labels", "--format", "none", "--spacing", text]
    ours = {kind: table(path, kind, *arguments) for kind in ["skimage", "itk", "morpholibj", "pyradiomics"]}
    where = f"{name}, spacing {text}:"

    theirs = regionprops_table(
        labels, spacing=spacing[::-1],
        properties=["bbox", "centroid", "num_pixels", "area", "area_bbox", "extent", "equivalent_diameter_area",
                    "axis_major_length", "axis_minor_length", "inertia_tensor_eigvals", "euler_number"])
    for name, value in theirs.items():
        check(f"{where} skimage {name}", float(ours["skimage"][name]), value[0])

    # Of a flat object it finds no hull.
    if min(np.ptp(np.argwhere(labels), axis=0)) > 0:
        theirs = regionprops(labels, spacing=spacing[::-1])[0]
        for name in ["area_convex", "solidity", "feret_diameter_max"]:
            check(f"{where} skimage {name}", float(ours["skimage"][name]), theirs[name])

    image = sitk.GetImageFromArray(labels)
    image.SetSpacing(spacing)
    shape = sitk.LabelShapeStatisticsImageFilter()
    shape.ComputeFeretDiameterOn()
    shape.ComputeOrientedBoundingBoxOn()
    shape.Execute(image)
    for name in {column.split("-")[0] for column in ours["itk"]} - {"label"}:
        value = np.atleast_1d(getattr(shape, f"Get{name}")(1))
        columns = [c for c in ours["itk"] if c.split("-")[0] == name]
        # Where voxels are no cubes its weights of the directions are others, and roundness exceeds 1.
        if name in ["Perimeter", "Roundness"] and len(set(spacing)) > 1:
            continue
        found = [float(ours["itk"][c]) for c in columns]
        # Axes of equal moments are in no particular order.
        if name == "OrientedBoundingBoxSize":
            found, value = np.sort(found), np.sort(value)
        check(f"{where} ITK {name}", found, value)

    # MorphoLibJ's definitions, from numpy: covariance of the voxels as boxes.
    points = np.argwhere(labels)[:, ::-1] * np.array(spacing)
    eigen = np.linalg.eigvalsh(np.cov(points.T, bias=True) + np.diag(np.square(spacing)) / 12)[::-1]
    radii = [float(ours["morpholibj"][f"Elli.R{i}"]) for i in (1, 2, 3)]
    check(f"{where} MorphoLibJ radii", radii, np.sqrt(5 * eigen))

    # It wants more than one voxel.
    if radiomics_shape is None or len(points) < 2:
        return
    features = radiomics_shape.RadiomicsShape(image, sitk.Cast(image, sitk.sitkInt32), label=1)
    for name in ["VoxelVolume", "MajorAxisLength", "MinorAxisLength", "LeastAxisLength", "Elongation", "Flatness"]:
        theirs = getattr(features, f"get{name}FeatureValue")()
        check(f"{where} pyradiomics {name}", float(ours["pyradiomics"][f"original_shape_{name}"]), theirs)


def main():
    for mesh in ["sphere", "ellipsoid", "torus", "cube", "nucleus"]:
        check_mesh(f"Meshes/{mesh}.ply")
    for seed, spacing in product([1, 2, 3], [(1.0, 1.0, 1.0), (0.5, 0.7, 1.1), (1.0, 1.0, 3.0)]):
        check_nucleus(seed, spacing)
    for size in [(1, 1, 1), (5, 1, 1), (4, 1, 3), (2, 3, 4)]:
        check_flat(size, (0.5, 0.7, 1.1))
    finish("shapes and voxels with other programs")


main()
