"""Checks what Lamina measures of voxels against definitions written anew, and against MorphoLibJ's own test images.

    check_voxel_shape.py LAMINA SCRATCH [DATA]

Areas and mean breadth: Crofton's formula with the weights that MorphoLibJ and ITK publish for cubic voxels, and Lindblad's 14 cases by
the rotations and mirror images of one example each; the largest ball inside: scipy's distances; the local thickness by laying every ball; MorphoLibJ's
geodesic diameter and ball by scipy's shortest paths over its steps. MorphoLibJ's ellipsoids, where DATA/meshes has them: volume and area of
the ellipsoids that they are digitised from, and the radii that MorphoLibJ's tests ask for.
"""

import subprocess
import sys
from itertools import permutations, product
from pathlib import Path

import numpy as np
import tifffile
from scipy.ndimage import distance_transform_edt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.special import elliprg
from skimage.measure import euler_number

from comparisons import check, finish, first_row

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2])
DATA = Path(sys.argv[3]) / "meshes" if len(sys.argv) > 3 else None


def table(path, columns, *arguments):
    folder = SCRATCH / f"voxels-{Path(path).stem}-{columns}"
    return first_row(LAMINA, path, folder, "--labels", "--columns", columns, "--format", "none", *arguments)


def lindblad_weights():
    """By configuration; voxel (x, y, z) is bit x + 2 y + 4 z. One example of each case of up to four voxels."""
    examples = {
        (0,): 0.636, (0, 1): 0.669, (0, 3): 1.272, (0, 7): 1.272, (0, 1, 2): 0.554, (0, 1, 6): 1.305, (0, 3, 5): 1.908,
        (0, 1, 2, 3): 0.927, (0, 1, 2, 4): 0.422, (0, 1, 6, 7): 1.338, (0, 1, 3, 7): 1.573, (1, 2, 3, 4): 1.190,
        (0, 3, 5, 6): 2.544,
    }
    weights = {0: 0.0, 255: 0.0}
    for voxels, weight in examples.items():
        for axes, mirrored in product(permutations(range(3)), range(8)):
            turned = [sum((v >> a & 1) << b for a, b in enumerate(axes)) ^ mirrored for v in voxels]
            configuration = sum(1 << v for v in turned)
            weights[configuration] = weights[255 - configuration] = weight
    return np.array([weights[c] for c in range(256)])


def lindblad_area(mask):
    padded = np.pad(mask, 1).astype(int)
    nz, ny, nx = (n - 1 for n in padded.shape)
    cells = sum(padded[z:z + nz, y:y + ny, x:x + nx] << x + 2 * y + 4 * z for x, y, z in product((0, 1), repeat=3))
    return lindblad_weights()[cells].sum()


def crofton_area(mask):
    """13 directions; Legland, Kiêu & Devaux 2007; the weights of one of the two ways along each."""
    weights = {1: 0.04577789120476, 2: 0.03698062787608, 3: 0.03519563978232}
    padded = np.pad(mask, 1).astype(int)
    area = 0.0
    for step in product((-1, 0, 1), repeat=3):
        if step > (0, 0, 0):
            shifted = np.roll(padded, step, axis=(0, 1, 2))
            square = sum(abs(s) for s in step)
            area += 4 * 2 * weights[square] * np.abs(padded - shifted).sum() / 2 / np.sqrt(square)
    return area


def breadth(mask):
    """The same directions: Euler numbers of all sections with planes of the lattice, slice by slice."""
    weights = {1: 0.04577789120476, 2: 0.03698062787608, 3: 0.03519563978232}
    padded = np.pad(mask, 1 + max(mask.shape))
    total = 0.0
    for axis in range(3):
        sections = np.moveaxis(np.pad(mask, 1), axis, 0)
        total += 2 * weights[1] * sum(euler_number(section, connectivity=2) for section in sections)
        # Along this axis and a diagonal of the others: sheared, the diagonals are rows.
        for sign in (1, -1):
            sheared = np.moveaxis(padded, axis, 0)
            sheared = np.stack([np.roll(sheared[:, i], sign * i, axis=1) for i in range(sheared.shape[1])], axis=2)
            total += 2 * weights[2] / np.sqrt(2) * sum(
                euler_number(sheared[:, i], connectivity=2) for i in range(sheared.shape[1]))
    # Through three diagonals: vertices - edges + triangles of the flat triangular lattices.
    solid = np.pad(mask, 1).astype(int)
    for signs in [(1, 1, 1), (1, 1, -1), (1, -1, 1), (-1, 1, 1)]:
        flipped = solid[::signs[0], ::signs[1], ::signs[2]]
        at = lambda *step: np.roll(flipped, step, axis=(0, 1, 2))
        here, a, b, c = at(0, 0, 0), at(1, -1, 0), at(1, 0, -1), at(0, 1, -1)
        edges = here * a + here * b + here * c
        triangles = here * a * b + here * b * c
        total += 2 * weights[3] / np.sqrt(3) * (here - edges + triangles).sum()
    return total


def thickness(mask):
    """Every ball, the largest first, takes the voxels that it holds to half a voxel."""
    solid = np.pad(mask, 1)
    depth = distance_transform_edt(solid)
    found = np.zeros(solid.shape)
    places = np.argwhere(solid)
    for place in places[np.argsort(-depth[solid], kind="stable")]:
        radius = depth[tuple(place)]
        near = places[((places - place) ** 2).sum(axis=1) <= (radius + 0.5) ** 2]
        free = near[found[tuple(near.T)] == 0]
        found[tuple(free.T)] = 2 * radius
    return found[solid]


def steps(lengths):
    """By the square of their Euclidean length."""
    squares = {step: sum(s * s for s in step) for step in product(range(-2, 3), repeat=3)}
    return {step: lengths[square] for step, square in squares.items() if square in lengths}


def depths(mask, lengths):
    """The shortest way to a voxel that is not of the object, along a raster of all starts at once."""
    graph, _ = step_graph(np.ones_like(mask), lengths)
    return dijkstra(graph, indices=np.flatnonzero(~mask), min_only=True).reshape(mask.shape)


def step_graph(mask, lengths):
    solid = np.pad(mask, 2)
    number = np.full(solid.shape, -1)
    number[solid] = np.arange(solid.sum())
    starts, ends, weights = [], [], []
    for step, length in steps(lengths).items():
        there = np.roll(number, [-s for s in step], axis=(0, 1, 2))
        joined = (number >= 0) & (there >= 0)
        starts.append(number[joined])
        ends.append(there[joined])
        weights.append(np.full(joined.sum(), float(length)))
    size = solid.sum()
    return coo_matrix((np.concatenate(weights), (np.concatenate(starts), np.concatenate(ends))), (size, size)).tocsr(), number


def chamfer(mask):
    """Of MorphoLibJ: the geodesic diameter and the inscribed ball's radius, in voxels."""
    svensson, borgefors = {1: 3, 2: 4, 3: 5, 6: 7}, {1: 3, 2: 4, 3: 5}
    graph, _ = step_graph(mask, svensson)
    far = np.argmax(dijkstra(graph, indices=np.argmax(depths(mask, svensson)[mask])))
    return dijkstra(graph, indices=far).max() / 3 + np.sqrt(3), depths(mask, borgefors).max() / 3


def check_definitions(path, name):
    mask = tifffile.imread(path) > 0
    mlj, everything = table(path, "morpholibj", "--spacing", "1"), table(path, "all", "--spacing", "1")
    area = crofton_area(mask)
    check(f"{name} Lindblad's area", float(everything["surface_area_lindblad"]), lindblad_area(mask), 1e-9)
    depth = distance_transform_edt(np.pad(mask, 1)).max()
    check(f"{name} inscribed_radius", float(everything["inscribed_radius"]), depth, 1e-6)
    check(f"{name} Volume", float(mlj["Volume"]), mask.sum(), 1e-9)
    check(f"{name} SurfaceArea", float(mlj["SurfaceArea"]), area, 1e-8)
    check(f"{name} Sphericity", float(mlj["Sphericity"]), 36 * np.pi * mask.sum() ** 2 / area ** 3, 1e-8)
    check(f"{name} MeanBreadth", float(mlj["MeanBreadth"]), breadth(mask), 1e-8)
    check(f"{name} EulerNumber", 10 + float(mlj["EulerNumber"]), 10 + euler_number(mask, connectivity=1), 1e-9)
    places = np.argwhere(mask)[:, ::-1]
    # MorphoLibJ counts from the outer corner of the first voxel.
    for axis, letter in enumerate("XYZ"):
        check(f"{name} Centroid.{letter}", float(mlj[f"Centroid.{letter}"]), places[:, axis].mean() + 0.5, 1e-8)
        check(f"{name} Box.{letter}.Min", 1 + float(mlj[f"Box.{letter}.Min"]), 1 + places[:, axis].min(), 1e-9)
        check(f"{name} Box.{letter}.Max", float(mlj[f"Box.{letter}.Max"]), places[:, axis].max() + 1, 1e-9)
    return mlj, everything


def check_distances(path, name):
    mask = tifffile.imread(path) > 0
    found = table(path, "morpholibj", "--spacing", "1")
    way, ball = chamfer(mask)
    check(f"{name} GeodesicDiameter", float(found["GeodesicDiameter"]), way, 1e-8)
    check(f"{name} InscrBall.Radius", float(found["InscrBall.Radius"]), ball, 1e-6)
    found, local = table(path, "slow", "--spacing", "1"), thickness(mask)
    # Balls that reach less than half a voxel beyond others are not laid.
    check(f"{name} thickness_mean", float(found["thickness_mean"]), local.mean(), 2e-3)
    check(f"{name} thickness_max", float(found["thickness_max"]), local.max(), 1e-6)


def check_ellipsoid(file, semi_axes):
    path = DATA / file
    mlj, everything = check_definitions(path, file)
    a, b, c = semi_axes
    volume = 4 / 3 * np.pi * a * b * c
    area = 4 * np.pi * a * b * c * elliprg(1 / a ** 2, 1 / b ** 2, 1 / c ** 2)
    for name, truth in [("volume", volume), ("surface_area", area)]:
        # The digitisation is one of many: within three standard uncertainties.
        check(f"{file} {name}", float(everything[name]), truth, 3 * float(everything[f"{name}_u"]) / truth)
    check(f"{file} Volume", float(mlj["Volume"]), volume, 2e-3)
    check(f"{file} SurfaceArea", float(mlj["SurfaceArea"]), area, 1e-2)
    check(f"{file} Lindblad's area", float(everything["surface_area_lindblad"]), area, 5e-3)
    radii = [float(mlj[f"Elli.R{i}"]) for i in (1, 2, 3)]
    check(f"{file} radii", radii, semi_axes, 2e-3)


def main():
    for seed in (1, 2, 3):
        path = SCRATCH / f"voxels-{seed}.tif"
        command = [LAMINA, "phantom", "nucleus", path, "--radius", "8", "--seed", str(seed), "--rotation", "random"]
        subprocess.run(command + ["--mask", "--quiet", "--force"], check=True)
        check_definitions(path, f"nucleus {seed}")
        check_distances(path, f"nucleus {seed}")
    if DATA and DATA.is_dir():
        check_ellipsoid("mlj_ellipsoid_A30_B20_C10_T00_P00.tif", (30, 20, 10))
        check_ellipsoid("mlj_ellipsoid_A45_B35_C25_T30_P20_R10.tif", (45, 35, 25))
    finish("voxels with published definitions")


main()
