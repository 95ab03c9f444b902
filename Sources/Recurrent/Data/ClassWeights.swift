import RecurrentLinearAlgebra

/// The factors of the losses of a class.
public enum ClassWeights<S: Scalar>: Sendable {
    /// One for each class, from class 0 on.
    case given([S])
    /// N / (C · N_c) for a class with N_c of the N targets and C classes that occur: all classes weigh the same
    /// together, and the mean over all targets is 1. Targets whose other weights are 0 do not count.
    case balanced

    /// The weight of each class.
    ///
    /// - Parameters:
    ///   - classes: of all targets.
    ///   - counts: true for the targets that count.
    func weights(of classes: [Int32], where counts: (Int) -> Bool) -> [S] {
        switch self {
        case .given(let weights): return weights
        case .balanced:
            var found = [Int](repeating: 0, count: Int(classes.max() ?? -1) + 1)
            for (row, index) in classes.enumerated() where index >= 0 && counts(row) {
                found[Int(index)] += 1
            }
            let all = Double(found.reduce(0, +))
            let occurring = Double(found.count { $0 > 0 })
            return found.map { $0 == 0 ? 0 : S(all / (occurring * Double($0))) }
        }
    }
}
