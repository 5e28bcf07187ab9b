"""Prints the expected values of GaussianFilterTests (needs scipy)."""
import numpy as np
from scipy.ndimage import gaussian_filter

z, y, x = np.meshgrid(range(3), range(4), range(5), indexing="ij")
volume = ((x * 37 + y * 53 + z * 71 + x * y * z * 7) % 101).astype(float)
blurred = gaussian_filter(volume, sigma=(0.5, 0.8, 1.2), mode="reflect", truncate=4)
print("enum GaussianReference {\n  static let values: [Double] = [")
for row in blurred.reshape(-1, 5):
    print("    " + ", ".join(f"{value:.6f}" for value in row) + ",")
print("  ]\n}")
