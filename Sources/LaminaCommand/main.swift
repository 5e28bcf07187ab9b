import Volumes
func bench() throws {
  let n = 256
  var v = try Volume<UInt16>(grid: Grid(size: SIMD3(n, n, n)))
  var m = v.mutableVoxels
  for z in 0..<n { for y in 0..<n { for x in 0..<n { let d = ((x & 31) - 16) * ((x & 31) - 16) + ((y & 31) - 16) * ((y & 31) - 16) + ((z & 31) - 16) * ((z & 31) - 16); m[(z * n + y) * n + x] = d < 121 ? 1000 : 100 } } }
  func time<T>(_ s: String, _ f: () throws -> T) rethrows -> T {
    var r: T? = nil; var best = Duration.seconds(100)
    for _ in 0..<5 { best = min(best, try ContinuousClock().measure { r = try f() }) }
    print(s, best); return r!
  }
  for t in [1, 2] {
    try Parallel.$threads.withValue(t) {
      let g = try time("gauss") { try v.gaussianBlurred(sigma: 2) }
      let h = time("hist") { g.histogram()! }
      let o = time("otsu") { h.otsuThreshold! }
      let mask = time("mask") { g.mask(above: Float(o)) }
      let f = time("fill") { mask.holesFilled() }
      let l = try time("cc") { try f.connectedComponents(minimumVoxelCount: 50) }
      let ob = time("objects") { l.objects() }
      let im = Image.uint16(v)
      let s = time("stat") { im.statistics() }
      let s2 = time("ostat") { ob.map { im.statistics(of: $0, in: l).mean } }
      print(o, mask.count, ob.count, s, s2[0])
    }
  }
}
try bench()
