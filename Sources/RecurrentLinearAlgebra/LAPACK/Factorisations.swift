/// Why a factorisation gave no result.
public enum FactorisationError: Error, Equatable, CustomStringConvertible {
    /// The matrix contains NaN or an infinity.
    case notFinite
    /// The iteration of this routine did not converge.
    case noConvergence(routine: String)
    /// LAPACKE could not run this routine; −1010 and −1011 mean that it found no memory.
    case notRun(routine: String, info: Int)

    public var description: String {
        switch self {
        case .notFinite: "the matrix contains NaN or an infinity; remove it before factorising"
        case .notRun(let routine, let info):
            "LAPACK's \(routine) could not run (\(info)); -1010 and -1011 mean that there is too little memory"
        case .noConvergence(let routine): "LAPACK's \(routine) did not converge on this matrix"
        }
    }

    static func check(_ info: Int32, _ routine: String) throws(FactorisationError) {
        if info < 0 { throw .notRun(routine: routine, info: Int(info)) }
        if info > 0 { throw .noConvergence(routine: routine) }
    }
}

/// An eigenvalue, a complex number.
public struct Eigenvalue<Element: Scalar>: Equatable, Sendable {
    public let real: Element
    public let imaginary: Element
    /// |λ|, without overflow on the way.
    public var magnitude: Element {
        let (small, large) = (min(abs(real), abs(imaginary)), max(abs(real), abs(imaginary)))
        return large == 0 ? 0 : large * (1 + (small / large) * (small / large)).squareRoot()
    }
}

extension Matrix {
    /// A = Q R with k = min(m, n): Q (m × k) has orthonormal columns and R (k × n) is upper
    /// triangular. Signs are LAPACK's; R's diagonal may be negative. Cost: O(m n k).
    ///
    /// - Throws: `FactorisationError.notFinite`.
    public func qr() throws(FactorisationError) -> (q: Matrix, r: Matrix) {
        let k = min(rows, columns)
        guard k > 0 else { return (Matrix(rows: rows, columns: 0), Matrix(rows: 0, columns: columns)) }
        try requireFinite()
        let tau = AlignedBuffer<Element>(count: k)
        var reflectors = self
        let (m, n, small) = (blasInt(rows), blasInt(columns), blasInt(k))
        let factored = reflectors.withMutableView { a in
            unsafe Element.lapackGeqrf(m, n, a.base, n, tau.pointer)
        }
        try FactorisationError.check(factored, "geqrf")
        let r = Matrix(rows: k, columns: columns) { $0 <= $1 ? reflectors[$0, $1] : 0 }
        var q = Matrix(rows: rows, columns: k) { reflectors[$0, $1] }
        let formed = q.withMutableView { q in
            unsafe Element.lapackOrgqr(m, small, small, q.base, small, tau.pointer)
        }
        try FactorisationError.check(formed, "orgqr")
        return (q, r)
    }

    /// A = U diag(σ) Vᵀ with k = min(m, n): U is m × k, Vᵀ is k × n, and the singular values stand
    /// in descending order. Cost: O(m n k).
    ///
    /// - Throws: `FactorisationError`.
    public func svd() throws(FactorisationError) -> (
        u: Matrix, singularValues: [Element], vTransposed: Matrix
    ) {
        let k = min(rows, columns)
        var u = Matrix(rows: rows, columns: k)
        var vTransposed = Matrix(rows: k, columns: columns)
        guard k > 0 else { return (u, [], vTransposed) }
        try requireFinite()
        var overwritten = self
        let values = AlignedBuffer<Element>(count: k)
        let (m, n, small) = (blasInt(rows), blasInt(columns), blasInt(k))
        let info = overwritten.withMutableView { a in
            u.withMutableView { u in
                vTransposed.withMutableView { vt in
                    unsafe Element.lapackGesdd(
                        m, n, a.base, n, values.pointer, u.base, small, vt.base, n)
                }
            }
        }
        try FactorisationError.check(info, "gesdd")
        return (u, values.elements, vTransposed)
    }

    /// The largest singular value, ‖A‖₂. 0 for a matrix without elements.
    ///
    /// - Throws: `FactorisationError`.
    public func spectralNorm() throws(FactorisationError) -> Element {
        try svd().singularValues.first ?? 0
    }

    /// The eigenvalues of a square matrix, in LAPACK's order. Cost: O(n³).
    ///
    /// - Precondition: the matrix is square.
    /// - Throws: `FactorisationError`.
    public func eigenvalues() throws(FactorisationError) -> [Eigenvalue<Element>] {
        requireSameShape((rows, columns), (columns, rows), "eigenvalues")
        guard rows > 0 else { return [] }
        try requireFinite()
        var overwritten = self
        let real = AlignedBuffer<Element>(count: rows)
        let imaginary = AlignedBuffer<Element>(count: rows)
        let n = blasInt(rows)
        let info = overwritten.withMutableView { a in
            unsafe Element.lapackGeev(n, a.base, n, real.pointer, imaginary.pointer)
        }
        try FactorisationError.check(info, "geev")
        return zip(real.elements, imaginary.elements).map { Eigenvalue(real: $0, imaginary: $1) }
    }

    func requireFinite() throws(FactorisationError) {
        if !withView({ $0.isFinite }) { throw .notFinite }
    }
}
