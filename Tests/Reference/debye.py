"""Derives the widths of widefield point-spread functions in Tests/LaminaTests/PointSpreadTests.swift (needs mpmath).

The scalar integral of Debye with the aplanatic factor sqrt(cos), integrated numerically next to the focus: the Gaussian of
the same value there. In wavelengths.
"""
from mpmath import asin, besselj, cos, exp, log, mp, mpf, nstr, pi, quad, sin, sqrt

mp.dps = 40


def width(aperture, index, wave):
    """Of the intensity, from how it falls over a thousandth of a wavelength."""
    angle, step = asin(mpf(aperture) / index), mpf("0.001")
    field = lambda x: quad(lambda t: sqrt(cos(t)) * sin(t) * wave(2 * pi * index * x, t), [0, angle])
    return sqrt(-step**2 / 2 / log(abs(field(step) / field(0)) ** 2))


for aperture, index in [(0.8, 1), (1.2, 1.333), (1.4, 1.515)]:
    lateral = width(aperture, index, lambda x, t: besselj(0, x * sin(t)))
    axial = width(aperture, index, lambda x, t: exp(1j * x * cos(t)))
    print(aperture, index, nstr(lateral, 8), nstr(axial, 8))
