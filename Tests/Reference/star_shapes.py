"""Derives the frozen measures of star-shaped phantoms in Tests/PhantomsTests/StarShapeTests.swift.

The shapes are written as polynomials here, not as sums around axes, and integrated through the first and second
fundamental forms by differences in the angles, not through an implicit function. Radius of the sphere of
equal volume: 1.
"""
import numpy as np

DENT = np.array([0.6, 0.3, 0.742])
SHAPES = {
    "bumpy": lambda x, y, z: 1 + 0.1 * (35 * z**4 - 30 * z**2 + 3) / 8
    + 0.09 * (x**3 - 3 * x * y**2) + 0.3 * x * y * z,
    "lobed": lambda x, y, z: 1 + 0.12 * (x**3 - 3 * x * y**2) + 0.1 * (3 * z**2 - 1) / 2
    - 0.38 * np.exp(-7 * (1 - np.tensordot(DENT / np.linalg.norm(DENT), [x, y, z], 1))),
}
nodes, weights = np.polynomial.legendre.leggauss(400)
theta, phi = np.meshgrid(np.arccos(nodes), np.arange(800) * np.pi / 400, indexing="ij")
solid_angle = np.broadcast_to(weights[:, None] * np.pi / 400, theta.shape)
dot = lambda a, b: np.einsum("i...,i...", a, b)

for name, radius in SHAPES.items():
    def at(i, j, h=1e-3):
        t, p = theta + i * h, phi + j * h
        d = np.array([np.sin(t) * np.cos(p), np.sin(t) * np.sin(p), np.cos(t)])
        return d * radius(*d), d

    def first(f, h=1e-3):
        return (8 * (f(1) - f(-1)) - (f(2) - f(-2))) / (12 * h)

    def second(f, h=1e-3):
        return (16 * (f(1) + f(-1)) - (f(2) + f(-2)) - 30 * f(0)) / (12 * h * h)

    x, d = at(0, 0)
    t, p = first(lambda k: at(k, 0)[0]), first(lambda k: at(0, k)[0])
    tt, pp = second(lambda k: at(k, 0)[0]), second(lambda k: at(0, k)[0])
    tp = first(lambda j: first(lambda i: at(i, j)[0]))
    normal = np.cross(t, p, axis=0)
    element = np.sqrt(dot(normal, normal))
    normal /= element
    E, F, G, L, M, N = (dot(*q) for q in ((t, t), (t, p), (p, p), (tt, normal), (tp, normal), (pp, normal)))
    H = -(E * N - 2 * F * M + G * L) / (2 * (E * G - F * F))
    dA = element / np.sin(theta) * solid_angle
    r = np.sqrt(dot(x, x))
    V = (r**3 / 3 * solid_angle).sum()
    k = (V * 3 / 4 / np.pi) ** (1 / 3)
    c = (r**4 / 4 * d * solid_angle).sum((1, 2)) / V / k
    print(name, "area %.9f" % (dA.sum() / k**2), "integral of H %.8f" % ((H * dA).sum() / k),
          "of H² %.7f" % (H * H * dA).sum(),
          "H %.3f ... %.3f" % (H.min() * k, H.max() * k), "centroid", c.round(8))
