"""What simplification leaves of sharp edges, beside other programs, in one run.

    compare_edges.py LAMINA SCRATCH

Makes a box, an L, a wedge and a cylinder of 27,000 to 42,000 triangles whose edges are 1 unit long, without noise and with
noise of 0.02, 0.05 and 0.1 units along the normals, and simplifies them to 0.5, 0.1 and 0.02 of their triangles. Prints a
line per shape, noise, fraction and program: RMS and largest distance, both ways, between what is left and the exact shape
without noise; and RMS and largest distance of the points of its sharp edges from what is left. Distances are those of
MeshLab's Hausdorff filter. Programs that are not installed are left out:
pip install pymeshlab trimesh scipy fast-simplification vtk
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pymeshlab
import trimesh
from scipy.spatial import Delaunay

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2])
SAMPLES = 100_000
SCRATCH.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(1)


def cubes(*boxes):
    """The faces of unit cubes that fill boxes, with vertices moved at random where they stay on faces and edges."""
    size = np.max([high for _, high in boxes], 0)
    solid = np.zeros(size + 2, bool)
    for low, high in boxes:
        solid[tuple(slice(a + 1, b + 1) for a, b in zip(low, high))] = True
    quads = []
    for axis in range(3):
        along, across = np.eye(3, dtype=int)[[(axis + 1) % 3, (axis + 2) % 3]]
        step = np.eye(3, dtype=int)[axis]
        inside, beyond = solid, np.roll(solid, -1, axis)
        for faces, turned in [(inside & ~beyond, False), (~inside & beyond, True)]:
            corner = np.argwhere(faces) + step - 1
            ring = np.stack([corner, corner + along, corner + along + across, corner + across], 1)
            quads.append(ring[:, ::-1] if turned else ring)
    quads = np.concatenate(quads)
    vertices, index = np.unique(quads.reshape(-1, 3), axis=0, return_inverse=True)
    quads = index.reshape(-1, 4)
    swap = random.random(len(quads)) < 0.5
    quads[swap] = np.roll(quads[swap], 1, 1)
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    mesh = trimesh.Trimesh(vertices.astype(float), triangles, process=False)
    fixed = np.zeros((len(vertices), 3), bool)
    for corner in range(3):
        np.logical_or.at(fixed, triangles[:, corner], np.abs(mesh.face_normals) > 0.5)
    mesh.vertices = mesh.vertices + ~fixed * random.uniform(-0.25, 0.25, fixed.shape)
    return mesh


def prism(outline, height):
    """The exact solid over an outline, and its sharp edges as pairs of points."""
    polygon = np.array(outline, float)
    count = len(polygon)
    floor = np.column_stack([polygon, np.zeros(count)])
    roof = floor + [0, 0, height]
    around = np.roll(np.arange(count), -1)
    # An outline that starts at its only inner corner can be cut from there.
    fan = np.array([[0, i, i + 1] for i in range(1, count - 1)])
    here = np.arange(count)
    sides = np.concatenate([
        np.column_stack([here, around, around + count]),
        np.column_stack([here, around + count, here + count])])
    mesh = trimesh.Trimesh(
        np.concatenate([floor, roof]), np.concatenate([fan[:, ::-1], fan + count, sides]),
        process=False)
    edges = [(floor, floor[around]), (roof, roof[around]), (floor, roof)]
    return mesh, np.concatenate([np.stack(pair, 1) for pair in edges])


def cylinder(radius, height):
    """The mesh of a cylinder, the exact one, and its edges."""
    count, levels = round(2 * np.pi * radius), round(height)
    angles = 2 * np.pi * (np.arange(count) + random.uniform(-0.25, 0.25, count)) / count
    rim = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    inner = np.argwhere(np.ones((2 * radius + 1, 2 * radius + 1))) - float(radius)
    inner = inner[np.linalg.norm(inner, axis=1) < radius - 0.7]
    disc = np.concatenate([rim, inner + random.uniform(-0.25, 0.25, inner.shape)])
    cap = Delaunay(disc).simplices
    corners = disc[cap]
    turn = np.linalg.det(np.stack([corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]], 1))
    cap[turn < 0] = cap[turn < 0][:, ::-1]
    floor = np.column_stack([disc, np.zeros(len(disc))])
    walls = []
    for level in range(1, levels):
        turned = angles + 2 * np.pi * random.uniform(-0.25, 0.25, count) / count
        z = level + random.uniform(-0.25, 0.25, count)
        walls.append(np.column_stack([radius * np.cos(turned), radius * np.sin(turned), z]))
    vertices = np.concatenate([floor, floor + [0, 0, height], *walls])
    starts = [0] + [2 * len(disc) + i * count for i in range(levels - 1)] + [len(disc)]
    here, around = np.arange(count), np.roll(np.arange(count), -1)
    triangles = [cap[:, ::-1], cap + len(disc)]
    for low, high in zip(starts, starts[1:]):
        triangles.append(np.column_stack([low + here, low + around, high + around]))
        triangles.append(np.column_stack([low + here, high + around, high + here]))
    mesh = trimesh.Trimesh(vertices, np.concatenate(triangles), process=False)
    circle = np.linspace(0, 2 * np.pi, 3601)[:-1]
    exact, edges = prism(radius * np.column_stack([np.cos(circle), np.sin(circle)]), height)
    return mesh, exact, edges[: 2 * len(circle)]


def shapes():
    box = [(0, 0), (80, 0), (80, 60), (0, 60)]
    yield "box", cubes(((0, 0, 0), (80, 60, 40))), *prism(box, 40)
    ell = [(30, 30), (30, 60), (0, 60), (0, 0), (60, 0), (60, 30)]
    yield "L", cubes(((0, 0, 0), (60, 30, 40)), ((0, 0, 0), (30, 60, 40))), *prism(ell, 40)
    # Its edges turn by 45 degrees, 90 and 135.
    wedge = cubes(((0, 0, 0), (60, 60, 40)))
    exact, edges = prism([(0, 0), (60, 0), (60, 60), (0, 60)], 40)
    slope = np.array([[1, 0, 1], [0, 1, 0], [0, 0, 1]])
    for solid in [wedge, exact]:
        solid.vertices = solid.vertices @ slope.T
    yield "wedge", wedge, exact, edges @ slope.T
    yield "cylinder", *cylinder(25, 60)


def noisy(mesh, sigma):
    noise = random.normal(0, sigma, len(mesh.vertices)) if sigma else np.zeros(len(mesh.vertices))
    return trimesh.Trimesh(
        mesh.vertices + noise[:, None] * mesh.vertex_normals, mesh.faces, process=False)


def by_lamina(mesh, fraction, *more):
    before, after = SCRATCH / "before.ply", SCRATCH / "after.ply"
    mesh.export(before)
    subprocess.run(
        [LAMINA, "simplify", before, after, "--fraction", str(fraction), "--force", "-q", *more],
        check=True)
    left = trimesh.load(after, process=False)
    return left.vertices, left.faces


def by_fast_simplification(mesh, fraction):
    import fast_simplification

    return fast_simplification.simplify(
        mesh.vertices.astype(np.float32), mesh.faces.astype(np.int32),
        target_reduction=1 - fraction)


def by_vtk(mesh, fraction):
    import vtk
    from vtk.util.numpy_support import numpy_to_vtk, numpy_to_vtkIdTypeArray, vtk_to_numpy

    data, points, cells = vtk.vtkPolyData(), vtk.vtkPoints(), vtk.vtkCellArray()
    points.SetData(numpy_to_vtk(np.ascontiguousarray(mesh.vertices), deep=True))
    cells.SetData(3, numpy_to_vtkIdTypeArray(mesh.faces.ravel().astype(np.int64), deep=True))
    data.SetPoints(points)
    data.SetPolys(cells)
    step = vtk.vtkQuadricDecimation()
    step.SetTargetReduction(1 - fraction)
    step.SetInputData(data)
    step.Update()
    out = step.GetOutput()
    triangles = vtk_to_numpy(out.GetPolys().GetConnectivityArray()).reshape(-1, 3)
    return vtk_to_numpy(out.GetPoints().GetData()), triangles


def programs():
    yield "lamina", by_lamina
    yield "lamina --crease 50", lambda mesh, fraction: by_lamina(mesh, fraction, "--crease", "50")
    if importlib.util.find_spec("fast_simplification"):
        yield "fast-simplification", by_fast_simplification
    if importlib.util.find_spec("vtk"):
        yield "vtk quadric", by_vtk


def distances(left, exact, edges):
    """RMS and largest distance of the surfaces, both ways, and of the sharp edges from what is left."""
    meshes = pymeshlab.MeshSet()
    meshes.add_mesh(pymeshlab.Mesh(np.asarray(left[0], float), np.asarray(left[1], np.int32)))
    meshes.add_mesh(pymeshlab.Mesh(exact.vertices.astype(float), exact.faces.astype(np.int32)))
    steps = np.linspace(0, 1, max(2, 20_000 // len(edges)))[:, None, None]
    points = (edges[:, 0] + steps * (edges[:, 1] - edges[:, 0])).reshape(-1, 3)
    meshes.add_mesh(pymeshlab.Mesh(points))
    both = [
        meshes.get_hausdorff_distance(
            sampledmesh=a, targetmesh=b, samplenum=SAMPLES, samplevert=vertices,
            sampleface=not vertices, maxdist=pymeshlab.PercentageValue(100))
        for a, b, vertices in [(0, 1, False), (1, 0, False), (2, 0, True)]
    ]
    surface, edge = both[:2], both[2]
    rms = (sum(d["RMS"] ** 2 for d in surface) / 2) ** 0.5
    return rms, max(d["max"] for d in surface), edge["RMS"], edge["max"]


for name, clean, exact, edges in shapes():
    assert clean.is_watertight and exact.is_watertight and clean.volume > 0 and exact.volume > 0
    print(f"{name}: {len(clean.faces)} triangles")
    for sigma in [0, 0.02, 0.05, 0.1]:
        mesh = noisy(clean, sigma)
        for fraction in [1, 0.5, 0.1, 0.02]:
            ways = programs() if fraction < 1 else [("as it is", lambda m, _: (m.vertices, m.faces))]
            for program, simplify in ways:
                rms, largest, edge, farthest = distances(simplify(mesh, fraction), exact, edges)
                print(
                    f"{name:9} noise {sigma:4}  {fraction:4}  {program:20}  rms {rms:.4f}  max {largest:.3f}"
                    f"  edges rms {edge:.4f}  max {farthest:.3f}", flush=True)
