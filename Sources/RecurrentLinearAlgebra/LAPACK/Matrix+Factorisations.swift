extension Matrix {
    /// A = Q R with k = min(m, n): Q (m × k) has orthonormal columns and R (k × n) is upper triangular. The signs
    /// are LAPACK's; the diagonal of R may be negative. Cost: O(m n k).
    ///
    /// - Throws: `FactorisationError`.
    public func qr() throws(FactorisationError) -> (q: Matrix, r: Matrix) {
        let k = min(rows, columns)
        guard k > 0 else { return (Matrix(rows: rows, columns: 0), Matrix(rows: 0, columns: columns)) }
        try requireFinite()
        let tau = AlignedBuffer<Element>(count: k)
        var reflectors = self
        let (m, n, small) = (blasInt(rows), blasInt(columns), blasInt(k))
        let factored = reflectors.withMutableView { a in
            unsafe Element._geqrf(m, n, a.base, n, tau.pointer)
        }
        try FactorisationError.check(factored, "geqrf")
        let r = Matrix(rows: k, columns: columns) { $0 <= $1 ? reflectors[$0, $1] : 0 }
        var q = Matrix(rows: rows, columns: k) { reflectors[$0, $1] }
        let formed = q.withMutableView { q in
            unsafe Element._orgqr(m, small, small, q.base, small, tau.pointer)
        }
        try FactorisationError.check(formed, "orgqr")
        return (q, r)
    }

    /// A = U diag(σ) Vᵀ with k = min(m, n): U is m × k, Vᵀ is k × n, and the singular values are in descending
    /// order. Cost: O(m n k).
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
                    unsafe Element._gesdd(
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
            unsafe Element._geev(n, a.base, n, real.pointer, imaginary.pointer)
        }
        try FactorisationError.check(info, "geev")
        return zip(real.elements, imaginary.elements).map { Eigenvalue(real: $0, imaginary: $1) }
    }

    /// - Throws: `FactorisationError.notFinite` if an element is NaN or infinite.
    func requireFinite() throws(FactorisationError) {
        if !withView({ $0.isFinite }) { throw .notFinite }
    }
}
