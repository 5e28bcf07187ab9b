// Derives the values of MorphoLibJ in Tests/MorphometryTests/ChamferShapeTests.swift, by MorphoLibJ itself:
//
//     java -cp ij.jar:MORPHOLIBJ Tests/Reference/MorphoLibJDistances.java
//
// MORPHOLIBJ is its jar, or the folder into which its class MaxFeretDiameter3D and those two below are compiled.

import ij.ImageStack;
import ij.measure.Calibration;
import inra.ijpb.binary.distmap.ChamferMask3D;
import inra.ijpb.geometry.Sphere;
import inra.ijpb.measure.region3d.GeodesicDiameter3D;
import inra.ijpb.measure.region3d.LargestInscribedBall;
import inra.ijpb.measure.region3d.MaxFeretDiameter3D;

public class MorphoLibJDistances {
  interface Solid {
    boolean holds(int x, int y, int z);
  }

  static boolean box(int x, int y, int z, int x0, int x1, int y0, int y1, int z0, int z1) {
    return x0 <= x && x <= x1 && y0 <= y && y <= y1 && z0 <= z && z <= z1;
  }

  static void measure(String name, double side, Solid solid) {
    int size = 30;
    ImageStack image = ImageStack.create(size, size, size, 8);
    for (int z = 0; z < size; z++)
      for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) image.setVoxel(x, y, z, solid.holds(x, y, z) ? 1 : 0);
    Calibration unit = new Calibration();
    unit.pixelWidth = unit.pixelHeight = unit.pixelDepth = side;
    int[] labels = {1};
    double way = new GeodesicDiameter3D(ChamferMask3D.SVENSSON_3_4_5_7).analyzeRegions(image, labels, unit)[0].diameter;
    Sphere ball = new LargestInscribedBall().analyzeRegions(image, labels, unit)[0];
    double feret = new MaxFeretDiameter3D().analyzeRegions(image, labels, unit)[0].diameter();
    System.out.printf(
        "%s: way %.9f feret %.9f ball %.9f at %s %s %s%n", name, way, feret, ball.radius(), ball.center().getX(),
        ball.center().getY(), ball.center().getZ());
  }

  public static void main(String[] arguments) {
    measure("cube", 1, (x, y, z) -> box(x, y, z, 1, 9, 1, 9, 1, 9));
    measure("ball", 1, (x, y, z) -> (x - 10) * (x - 10) + (y - 11) * (y - 11) + (z - 12) * (z - 12) <= 70);
    // Along x, then y, then z, then back along x, two to four voxels thick.
    measure("snake", 0.5, (x, y, z) ->
        box(x, y, z, 2, 26, 3, 5, 3, 4) || box(x, y, z, 24, 26, 3, 25, 3, 4)
            || box(x, y, z, 24, 26, 22, 25, 3, 27) || box(x, y, z, 5, 26, 22, 25, 25, 27));
    measure("slanting slab", 1, (x, y, z) -> Math.abs(3 * x + 2 * y + z - 90) <= 14);
    measure("shell", 1, (x, y, z) -> {
      int square = (x - 14) * (x - 14) + (y - 14) * (y - 14) + (z - 14) * (z - 14);
      return 60 <= square && square <= 150;
    });
    measure("voxel", 1, (x, y, z) -> x == 4 && y == 5 && z == 6);
  }
}
