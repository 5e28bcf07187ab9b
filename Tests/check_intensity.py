"""Checks grey values inside and around objects against numpy, scipy and scikit-image.

    check_intensity.py LAMINA SCRATCH

Two blurred, noisy blocks of two brightnesses on a slanted background, with voxels of three sizes, by their labels.
"""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import tifffile
from scipy.ndimage import distance_transform_edt, gaussian_filter
from scipy.stats import skew
from skimage.measure import regionprops

from comparisons import check, finish

LAMINA, SCRATCH = sys.argv[1], Path(sys.argv[2])


def image_and_labels(seed):
    random = np.random.default_rng(seed)
    z, y, x = np.indices((40, 60, 64))
    labels = np.zeros(z.shape, np.uint8)
    labels[12:26, 14:32, 10:28] = 1
    labels[15:30, 25:40, 36:55] = 2
    grey = 200 + 3.0 * x + 900 * (labels == 1) * (1 + 0.03 * (y - 20)) + 1500 * (labels == 2)
    grey = gaussian_filter(grey, 1.2) + random.normal(0, 20, z.shape)
    return grey.clip(0).astype(np.uint16), labels


def rows(image, labels, spacing):
    paths = [SCRATCH / f"grey-{name}.tif" for name in ("image", "labels")]
    tifffile.imwrite(paths[0], image)
    tifffile.imwrite(paths[1], labels)
    folder = SCRATCH / "grey-out"
    subprocess.run(
        [LAMINA, "measure", paths[0], "--objects", paths[1], "--surface", "mask", "--columns", "all",
         "--spacing", ",".join(map(str, spacing)), "--format", "none", "--quiet", "--force", "-o", folder], check=True)
    with open(folder / "measurements.csv", newline="") as table:
        return list(csv.DictReader(table))


def background(image, labels, spacing, box):
    """Three longest sides from any object, within six of the box of this one."""
    longest = max(spacing)
    away = distance_transform_edt(labels == 0, sampling=spacing[::-1])
    near = np.zeros(labels.shape, bool)
    reach = [int(6 * longest / side + 1e-9) for side in spacing[::-1]]
    near[tuple(slice(max(b.start - r, 0), b.stop + r) for b, r in zip(box, reach))] = True
    around = np.sort(image[near & (away > 3 * longest * (1 + 1e-9))])
    return float(around[len(around) // 2])


def shells(image, mask, spacing):
    """A thousandth of a quarter at a time, layers of equal depth with their mean."""
    depth = np.round(distance_transform_edt(np.pad(mask, 1), sampling=spacing[::-1])[1:-1, 1:-1, 1:-1][mask], 4)
    grey = image[mask].astype(float)
    for layer in np.unique(depth):
        grey[depth == layer] = grey[depth == layer].mean()
    return np.repeat(grey[np.argsort(depth, kind="stable")], 4).reshape(4, -1).mean(axis=1)


def check_objects(seed, spacing):
    image, labels = image_and_labels(seed)
    for row, region in zip(rows(image, labels, spacing), regionprops(labels, image, spacing=spacing[::-1])):
        where = f"spacing {spacing}, object {region.label}:"
        number = lambda name: float(row[name])
        inside = image[labels == region.label].astype(float)
        for percent in (5, 25, 50, 75, 95):
            name = "intensity_median" if percent == 50 else f"intensity_p{percent:02}"
            check(f"{where} {name}", number(name), np.percentile(inside, percent))
        check(f"{where} skewness", number("intensity_skewness"), skew(inside))
        check(f"{where} sum", number("intensity_sum"), inside.sum())
        center = [number(f"intensity_centroid_{axis}") for axis in "zyx"]
        check(f"{where} weighted centroid", center, region.centroid_weighted)
        offset = np.linalg.norm(np.subtract(region.centroid_weighted, region.centroid))
        check(f"{where} offset", number("intensity_offset"), offset)
        found = [number(f"intensity_shell_{shell}") for shell in (1, 2, 3, 4)]
        check(f"{where} shells", found, shells(image, labels == region.label, spacing))
        around = background(image, labels, spacing, region.slice)
        check(f"{where} background", number("intensity_background"), around)
        check(f"{where} corrected mean", number("intensity_mean_corrected"), inside.mean() - around)
        check(f"{where} corrected sum", number("intensity_sum_corrected"), inside.sum() - len(inside) * around)


for seed, spacing in enumerate([(1.0, 1.0, 1.0), (0.5, 0.7, 1.1), (1.0, 1.0, 3.0)]):
    check_objects(seed, spacing)
finish("grey values with numpy, scipy and scikit-image")
