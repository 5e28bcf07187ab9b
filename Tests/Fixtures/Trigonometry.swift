internal import LibC

public func cosine(_ angle: Double) -> Double { cos(angle) }
public func sine(_ angle: Double) -> Double { sin(angle) }
public func tangent(_ angle: Double) -> Double { tan(angle) }
