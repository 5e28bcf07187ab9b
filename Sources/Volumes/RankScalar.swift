/// Whole numbers that stand for voxels in rank filters, with what such filters do to vectors of them.
///
/// Written out per type: operators on vectors of a generic scalar work lane by lane, which was 20 times
/// slower.
public protocol RankScalar: FixedWidthInteger, SignedInteger, SIMDScalar, BitwiseCopyable, Codable,
  Sendable
{
  static func least(_ a: SIMD16<Self>, _ b: SIMD16<Self>) -> SIMD16<Self>
  static func greatest(_ a: SIMD16<Self>, _ b: SIMD16<Self>) -> SIMD16<Self>
  /// The means, rounded down.
  static func middle(_ a: SIMD16<Self>, _ b: SIMD16<Self>) -> SIMD16<Self>
  static func isAnyLess(_ a: SIMD16<Self>, than b: SIMD16<Self>) -> Bool
  /// Adds 1 where a value is not greater than a limit.
  static func count(
    _ values: SIMD16<Self>, notGreaterThan limit: SIMD16<Self>, in counts: inout SIMD16<Self>)
  /// The upper end of a range where a count is above a limit becomes its middle, and the lower end
  /// the value after that where it is not.
  static func halve(
    _ low: inout SIMD16<Self>, _ high: inout SIMD16<Self>, at middle: SIMD16<Self>,
    counts: SIMD16<Self>, above limit: SIMD16<Self>)
}

extension Int16: RankScalar {
  @inline(__always) public static func least(_ a: SIMD16<Int16>, _ b: SIMD16<Int16>) -> SIMD16<
    Int16
  > {
    a.replacing(with: b, where: b .< a)
  }
  @inline(__always) public static func greatest(_ a: SIMD16<Int16>, _ b: SIMD16<Int16>) -> SIMD16<
    Int16
  > {
    a.replacing(with: b, where: b .> a)
  }
  @inline(__always) public static func middle(_ a: SIMD16<Int16>, _ b: SIMD16<Int16>) -> SIMD16<
    Int16
  > {
    // Without overflow.
    (a & b) &+ ((a ^ b) &>> 1)
  }
  @inline(__always) public static func isAnyLess(_ a: SIMD16<Int16>, than b: SIMD16<Int16>) -> Bool
  { any(a .< b) }
  @inline(__always) public static func count(
    _ values: SIMD16<Int16>, notGreaterThan limit: SIMD16<Int16>, in counts: inout SIMD16<Int16>
  ) {
    counts.replace(with: counts &+ 1, where: values .<= limit)
  }
  @inline(__always) public static func halve(
    _ low: inout SIMD16<Int16>, _ high: inout SIMD16<Int16>, at middle: SIMD16<Int16>,
    counts: SIMD16<Int16>, above limit: SIMD16<Int16>
  ) {
    let isLow = counts .> limit
    high.replace(with: middle, where: isLow)
    low.replace(with: middle &+ 1, where: .!isLow)
  }
}

extension Int32: RankScalar {
  @inline(__always) public static func least(_ a: SIMD16<Int32>, _ b: SIMD16<Int32>) -> SIMD16<
    Int32
  > {
    a.replacing(with: b, where: b .< a)
  }
  @inline(__always) public static func greatest(_ a: SIMD16<Int32>, _ b: SIMD16<Int32>) -> SIMD16<
    Int32
  > {
    a.replacing(with: b, where: b .> a)
  }
  @inline(__always) public static func middle(_ a: SIMD16<Int32>, _ b: SIMD16<Int32>) -> SIMD16<
    Int32
  > {
    // Without overflow.
    (a & b) &+ ((a ^ b) &>> 1)
  }
  @inline(__always) public static func isAnyLess(_ a: SIMD16<Int32>, than b: SIMD16<Int32>) -> Bool
  { any(a .< b) }
  @inline(__always) public static func count(
    _ values: SIMD16<Int32>, notGreaterThan limit: SIMD16<Int32>, in counts: inout SIMD16<Int32>
  ) {
    counts.replace(with: counts &+ 1, where: values .<= limit)
  }
  @inline(__always) public static func halve(
    _ low: inout SIMD16<Int32>, _ high: inout SIMD16<Int32>, at middle: SIMD16<Int32>,
    counts: SIMD16<Int32>, above limit: SIMD16<Int32>
  ) {
    let isLow = counts .> limit
    high.replace(with: middle, where: isLow)
    low.replace(with: middle &+ 1, where: .!isLow)
  }
}

extension Int64: RankScalar {
  @inline(__always) public static func least(_ a: SIMD16<Int64>, _ b: SIMD16<Int64>) -> SIMD16<
    Int64
  > {
    a.replacing(with: b, where: b .< a)
  }
  @inline(__always) public static func greatest(_ a: SIMD16<Int64>, _ b: SIMD16<Int64>) -> SIMD16<
    Int64
  > {
    a.replacing(with: b, where: b .> a)
  }
  @inline(__always) public static func middle(_ a: SIMD16<Int64>, _ b: SIMD16<Int64>) -> SIMD16<
    Int64
  > {
    // Without overflow.
    (a & b) &+ ((a ^ b) &>> 1)
  }
  @inline(__always) public static func isAnyLess(_ a: SIMD16<Int64>, than b: SIMD16<Int64>) -> Bool
  { any(a .< b) }
  @inline(__always) public static func count(
    _ values: SIMD16<Int64>, notGreaterThan limit: SIMD16<Int64>, in counts: inout SIMD16<Int64>
  ) {
    counts.replace(with: counts &+ 1, where: values .<= limit)
  }
  @inline(__always) public static func halve(
    _ low: inout SIMD16<Int64>, _ high: inout SIMD16<Int64>, at middle: SIMD16<Int64>,
    counts: SIMD16<Int64>, above limit: SIMD16<Int64>
  ) {
    let isLow = counts .> limit
    high.replace(with: middle, where: isLow)
    low.replace(with: middle &+ 1, where: .!isLow)
  }
}
