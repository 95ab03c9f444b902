extension Diagnosis.Cell {
    /// ρ(W_s), the largest magnitude of an eigenvalue; 0 for a layer without W_s.
    var spectralRadius: Double {
        eigenvalues.filter { $0.count == 2 }.map { ($0[0] * $0[0] + $0[1] * $0[1]).squareRoot() }.max() ?? 0
    }
}
