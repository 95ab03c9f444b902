import Foundation

/// The growth or decay of the gradient on its way back in time through a layer.
struct GradientFlow {
    enum Verdict { case vanishes, explodes, keepsItsSize, isNotFinite, isZero }

    let verdict: Verdict
    /// The factor by which the norm changes with each step back: e to the slope of the regression line through its
    /// logarithms.
    let factor: Double
    /// The number of steps back after which the norm is below a hundredth of its first value, or nil.
    let reach: Int?
    /// The number of steps from the first norm that is not zero to the last.
    let steps: Int

    /// - Parameters:
    ///   - norms: ‖∂E/∂s_t‖ for t = 1…T.
    ///   - isReverse: true if the layer reads from the last step to the first, so that gradients flow forwards.
    init(_ norms: [Double], isReverse: Bool) {
        let back = isReverse ? norms : norms.reversed()
        let begin = back.firstIndex { $0 != 0 } ?? 0
        let path = Array(back.dropFirst(begin))
        steps = max(path.count - 1, 0)
        reach = path.first.flatMap { first in path.firstIndex { $0 < first / 100 } }
        let slope = Self.slope(path.map { log($0) })
        factor = exp(slope)
        let change = slope * Double(steps)
        verdict =
            norms.contains { !$0.isFinite }
            ? .isNotFinite
            : norms.allSatisfy { $0 == 0 }
                ? .isZero
                : change < -log(100.0) || path.last == 0
                    ? .vanishes : change > log(100.0) ? .explodes : .keepsItsSize
    }

    /// The slope of the regression line through the finite values at 0, 1, 2 ….
    private static func slope(_ values: [Double]) -> Double {
        let points = values.enumerated().filter { $0.element.isFinite }.map {
            (Double($0.offset), $0.element)
        }
        guard points.count > 1 else { return 0 }
        let x = points.reduce(0) { $0 + $1.0 } / Double(points.count)
        let y = points.reduce(0) { $0 + $1.1 } / Double(points.count)
        let above = points.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) }
        return above / points.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
    }

    var headline: String {
        switch verdict {
        case .isNotFinite: "The gradient has overflowed."
        case .isZero: "No gradient reaches these states."
        case .vanishes: "The gradient vanishes."
        case .explodes: "The gradient explodes."
        case .keepsItsSize: "The gradient neither vanishes nor explodes."
        }
    }

    var words: String {
        let change = "With each step back it is multiplied by about \(number(factor))"
        return switch verdict {
        case .isNotFinite: "It is not a finite number at some steps."
        case .isZero: "No error depends on them."
        case .vanishes, .keepsItsSize: "\(change). \(remains)"
        case .explodes: "\(change), over \(grouped(steps)) steps by \(number(pow(factor, Double(steps))))."
        }
    }

    private var remains: String {
        guard let reach else {
            return "Over all \(grouped(steps)) steps more than 1 % of it remains."
        }
        return "After \(grouped(reach)) \(reach == 1 ? "step" : "steps") less than 1 % of it is left."
    }
}
