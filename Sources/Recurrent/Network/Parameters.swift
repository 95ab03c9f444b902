import RecurrentLinearAlgebra

/// All parameters of a network in one flat buffer: also the form of gradients and of moments.
///
/// A value: copies are independent, and memory is copied only when one of them is written.
public struct Parameters<S: Scalar>: Sendable, Equatable {
    public let layout: ParameterLayout
    private var buffer: AlignedBuffer<S>

    /// Zeros.
    public init(layout: ParameterLayout) {
        self.layout = layout
        buffer = AlignedBuffer(count: layout.count)
    }

    /// The number of parameters.
    public var count: Int { layout.count }

    /// The part of this name: W_x is I × G·H, W_s H × G·H, W_y H × O, b_s 1 × G·H, b_y 1 × O, with G gates of the
    /// cell; the columns of one gate, H of them, where the name has one. nil if the network has no such part or gate.
    /// Cost: one copy.
    ///
    /// - Precondition: a part that is set exists and has this shape.
    public subscript(_ name: ParameterName) -> Matrix<S>? {
        get { view(of: name).map { Matrix($0) } }
        set {
            guard let newValue, let part = mutableView(of: name) else {
                unreachable("\(name) cannot be set: the network or the value lacks it")
            }
            newValue.withView { part.copy(from: $0) }
        }
    }

    /// True if no parameter is NaN or infinite.
    public var isFinite: Bool { buffer.view(rows: 1, columns: count).readOnly.isFinite }

    /// The largest magnitude of a parameter, ignoring NaN.
    var largestMagnitudeIgnoringNaN: S {
        buffer.view(rows: 1, columns: count).readOnly.largestMagnitudeIgnoringNaN
    }

    /// The first part with a parameter that is NaN or infinite, or nil.
    public var firstPartNotFinite: ParameterName? {
        isFinite ? nil : layout.parts.first { !view($0.name).isFinite }?.name
    }

    /// Adds the elements of another value of the same layout, times a factor.
    mutating func addElements(of other: Parameters, scaledBy factor: S = 1) {
        makeUnique()
        axpy(factor, other.vector, into: buffer.vector)
    }

    /// Every parameter of some ranges of the buffer ← value.
    mutating func fill(_ ranges: [Range<Int>], with value: S) {
        makeUnique()
        for range in ranges { buffer.vector.elements(range).fill(value) }
    }

    /// Every parameter of some ranges of the buffer ← that of another value of the same layout.
    mutating func copy(_ ranges: [Range<Int>], from other: Parameters) {
        makeUnique()
        for range in ranges { buffer.vector.elements(range).copy(from: other.vector.elements(range)) }
    }

    /// Every parameter ← max(−limit, min(limit, parameter)).
    mutating func clamp(to limit: S) {
        makeUnique()
        buffer.view(rows: 1, columns: count).clamp(to: limit)
    }

    /// The Euclidean norm over all parameters, without overflow on the way.
    public var norm: S { vector.norm }

    /// All parameters as one row, in the order of `layout`.
    public var elements: [S] { buffer.elements }

    public static func == (left: Parameters, right: Parameters) -> Bool {
        left.layout == right.layout && left.elements == right.elements
    }
}

// Views for the engine. They are valid while this value lives and is not written elsewhere.
extension Parameters {
    var vector: VectorView<S> { buffer.vector.readOnly }

    var mutableVector: MutableVectorView<S> {
        mutating get {
            makeUnique()
            return buffer.vector
        }
    }

    @specialized(where S == Double)
    @specialized(where S == Float)
    func view(of name: ParameterName) -> MatrixView<S>? { sharedView(of: name)?.readOnly }

    mutating func mutableView(of name: ParameterName) -> MutableMatrixView<S>? {
        makeUnique()
        return sharedView(of: name)
    }

    private func sharedView(of name: ParameterName) -> MutableMatrixView<S>? {
        guard let part = layout[name] else { return nil }
        let whole = sharedView(part)
        guard let gate = name.gate else { return whole }
        return part.columns(of: gate).map { whole.columns($0) }
    }

    private func sharedView(_ part: ParameterLayout.Part) -> MutableMatrixView<S> {
        buffer.view(at: part.offset, rows: part.rows, columns: part.columns)
    }

    /// A part of `layout`.
    @inline(__always)
    func view(_ part: ParameterLayout.Part) -> MatrixView<S> { sharedView(part).readOnly }

    /// A part that the network is known to have.
    @specialized(where S == Double)
    @specialized(where S == Float)
    func view(_ name: ParameterName) -> MatrixView<S> {
        guard let view = view(of: name) else { unreachable("\(name) is missing") }
        return view
    }

    /// A copy of a part that the network is known to have. It outlives this value, as a view would not.
    func matrix(_ name: ParameterName) -> Matrix<S> { Matrix(view(name)) }

    private mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&buffer) { buffer = AlignedBuffer(copying: buffer) }
    }
}
