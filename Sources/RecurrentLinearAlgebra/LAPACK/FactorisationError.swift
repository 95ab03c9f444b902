/// The reason why a factorisation has no result.
public enum FactorisationError: Error, Equatable, CustomStringConvertible {
    /// The matrix contains NaN or an infinity.
    case notFinite
    /// The iteration of LAPACK's routine did not converge.
    case noConvergence(routine: String)
    /// LAPACKE could not run the routine; −1010 and −1011 mean that there was too little memory.
    case notRun(routine: String, info: Int)

    public var description: String {
        switch self {
        case .notFinite: "the matrix contains NaN or an infinity; remove it before factorising"
        case .notRun(let routine, let info):
            "LAPACK's \(routine) could not run (\(info)); -1010 and -1011 mean that there is too little memory"
        case .noConvergence(let routine): "LAPACK's \(routine) did not converge on this matrix"
        }
    }

    /// Throws if LAPACK's `info` of a routine tells of a failure.
    static func check(_ info: Int32, _ routine: String) throws(FactorisationError) {
        if info < 0 { throw .notRun(routine: routine, info: Int(info)) }
        if info > 0 { throw .noConvergence(routine: routine) }
    }
}
