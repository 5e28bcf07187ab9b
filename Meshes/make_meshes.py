"""Makes the analytic reference meshes and prints their rows of README.md. Needs Python alone.

Vertices lie on the surface, so the meshes are inscribed: a little smaller than the solid itself. Both
measures are printed: those of the polyhedron, which a program has to reproduce to rounding, and those of
the solid, which the polyhedron approximates.
"""

import math
import struct
from pathlib import Path

HERE = Path(__file__).parent


def icosphere(subdivisions):
    t = (1 + math.sqrt(5)) / 2
    points = [(-1, t, 0), (1, t, 0), (-1, -t, 0), (1, -t, 0), (0, -1, t), (0, 1, t), (0, -1, -t),
              (0, 1, -t), (t, 0, -1), (t, 0, 1), (-t, 0, -1), (-t, 0, 1)]
    faces = [(0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4),
             (11, 10, 2), (10, 7, 6), (7, 1, 8), (3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9),
             (4, 9, 5), (2, 4, 11), (6, 2, 10), (8, 6, 7), (9, 8, 1)]
    for _ in range(subdivisions):
        middles, cut = {}, []

        def middle(a, b):
            key = (min(a, b), max(a, b))
            if key not in middles:
                points.append(tuple((p + q) / 2 for p, q in zip(points[a], points[b])))
                middles[key] = len(points) - 1
            return middles[key]

        for a, b, c in faces:
            ab, bc, ca = middle(a, b), middle(b, c), middle(c, a)
            cut += [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
        faces = cut
    norm = lambda p: math.sqrt(sum(x * x for x in p))
    return [tuple(x / norm(p) for x in p) for p in points], faces


def ellipsoid(axes, subdivisions):
    points, faces = icosphere(subdivisions)
    return [tuple(x * a for x, a in zip(p, axes)) for p in points], faces


def torus(major, minor, around, along):
    points, faces = [], []
    for i in range(around):
        for j in range(along):
            u, v = 2 * math.pi * i / around, 2 * math.pi * j / along
            d = major + minor * math.cos(v)
            points.append((d * math.cos(u), d * math.sin(u), minor * math.sin(v)))
    at = lambda i, j: i % around * along + j % along
    for i in range(around):
        for j in range(along):
            a, b, c, d = at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)
            faces += [(a, b, c), (a, c, d)]
    return points, faces


def cube(side):
    points = [(side * (i & 1), side * (i >> 1 & 1), side * (i >> 2)) for i in range(8)]
    quads = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    return points, [f for a, b, c, d in quads for f in ((a, b, c), (a, c, d))]


def as_float32(points):
    return [struct.unpack("<3f", struct.pack("<3f", *p)) for p in points]


def measures(points, faces):
    cross = lambda a, b: (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    minus = lambda a, b: tuple(x - y for x, y in zip(a, b))
    areas, volumes, edges = [], [], set()
    for a, b, c in faces:
        p, q, r = points[a], points[b], points[c]
        n = cross(minus(q, p), minus(r, p))
        areas.append(math.sqrt(sum(x * x for x in n)) / 2)
        volumes.append(sum(x * y for x, y in zip(p, cross(q, r))) / 6)
        edges |= {frozenset(e) for e in ((a, b), (b, c), (c, a))}
    return math.fsum(areas), math.fsum(volumes), len(points) - len(edges) + len(faces)


def ellipsoid_area(a, b, c, steps=1000):
    """By Simpson's rule over z of the unit sphere and the mean over the azimuth."""

    def ring(z):
        stretch = ((1 - z * z) * ((b * c * math.cos(t)) ** 2 + (a * c * math.sin(t)) ** 2) + (a * b * z) ** 2
                   for t in (2 * math.pi * k / 64 for k in range(64)))
        return math.fsum(map(math.sqrt, stretch)) * 2 * math.pi / 64

    weights = [1] + [4, 2] * (steps // 2 - 1) + [4, 1]
    return math.fsum(w * ring(-1 + 2 * i / steps) for i, w in enumerate(weights)) * 2 / steps / 3


def write_ply(path, points, faces, comment):
    head = ["ply", "format binary_little_endian 1.0", f"comment {comment}", f"element vertex {len(points)}",
            "property float x", "property float y", "property float z", f"element face {len(faces)}",
            "property list uchar int vertex_indices", "end_header"]
    body = b"".join(struct.pack("<3f", *p) for p in points)
    body += b"".join(struct.pack("<B3i", 3, *f) for f in faces)
    path.write_bytes("\n".join(head).encode() + b"\n" + body)


def main():
    pi = math.pi
    meshes = [
        ("sphere", "sphere of radius 10", icosphere(4), 400 * pi, 4000 * pi / 3),
        ("ellipsoid", "ellipsoid of semi-axes 20, 14, 9", ellipsoid((20, 14, 9), 4),
         ellipsoid_area(20, 14, 9), 4 * pi / 3 * 20 * 14 * 9),
        ("torus", "torus of radii 16 and 6", torus(16, 6, 96, 48), 4 * pi**2 * 96, 2 * pi**2 * 16 * 36),
        ("cube", "cube of side 10", cube(10), 600.0, 1000.0),
    ]
    for name, what, (points, faces), area, volume in meshes:
        if name == "sphere":
            points = [tuple(10 * x for x in p) for p in points]
        points = as_float32(points)
        mesh_area, mesh_volume, euler = measures(points, faces)
        write_ply(HERE / f"{name}.ply", points, faces, f"{what}, made by make_meshes.py")
        print(f"| {name}.ply | {what} | {len(points)} | {len(faces)} | {area:.6f} | {volume:.6f} "
              f"| {mesh_area:.6f} | {mesh_volume:.6f} | {euler} |")


main()
