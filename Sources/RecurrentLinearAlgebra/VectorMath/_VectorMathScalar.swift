/// The elementwise and row-wise C functions of one number type, over tight row-major memory. Nothing is checked;
/// the methods of `MatrixView` and `MutableMatrixView` in this folder are the checked callers.
public protocol _VectorMathScalar {
    // MARK: Elementwise

    /// x ← e^x.
    static func _vectorExp(_ x: UnsafeMutablePointer<Self>, _ count: Int)

    /// x ← tanh x.
    static func _vectorTanh(_ x: UnsafeMutablePointer<Self>, _ count: Int)

    /// x ← 1 / (1 + e^−x).
    static func _vectorSigmoid(_ x: UnsafeMutablePointer<Self>, _ count: Int)

    /// x ← max(x, 0).
    static func _vectorRelu(_ x: UnsafeMutablePointer<Self>, _ count: Int)

    /// δ ← δ ⊙ (1 − s²), for s = tanh z.
    static func _vectorTanhBackward(
        _ delta: UnsafeMutablePointer<Self>, _ s: UnsafePointer<Self>, _ count: Int
    )

    /// δ ← δ ⊙ s (1 − s), for s = sigmoid z.
    static func _vectorSigmoidBackward(
        _ delta: UnsafeMutablePointer<Self>, _ s: UnsafePointer<Self>, _ count: Int
    )

    /// δ ← δ ⊙ [s > 0], for s = max(z, 0).
    static func _vectorReluBackward(
        _ delta: UnsafeMutablePointer<Self>, _ s: UnsafePointer<Self>, _ count: Int
    )

    /// x ← a ⊙ b.
    static func _vectorMultiply(
        _ x: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ count: Int
    )

    /// x ← x + a ⊙ b.
    static func _vectorMultiplyAdd(
        _ x: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ count: Int
    )

    /// x_i ← 0 with probability threshold / 2⁵³, otherwise scale · x_i; `key` and i alone decide.
    static func _vectorDropout(
        _ x: UnsafeMutablePointer<Self>, _ count: Int, _ key: UInt64, _ threshold: UInt64, _ scale: Self
    )

    /// x ← max(−limit, min(limit, x)); NaN stays NaN.
    static func _vectorClamp(_ x: UnsafeMutablePointer<Self>, _ count: Int, _ limit: Self)

    // MARK: Over all elements

    /// max |x| over the elements that are numbers; 0 if there are none.
    static func _vectorLargestMagnitude(_ x: UnsafePointer<Self>, _ count: Int) -> Self

    /// Σ x², in Double and in an order that depends on `count` only.
    static func _vectorSumOfSquares(_ x: UnsafePointer<Self>, _ count: Int) -> Double

    /// Σ [x < low or x > high]; NaN is not counted.
    static func _vectorCountOutside(
        _ x: UnsafePointer<Self>, _ count: Int, _ low: Self, _ high: Self
    ) -> Int

    /// True if −∞ < x < ∞ for every element.
    static func _vectorIsFinite(_ x: UnsafePointer<Self>, _ count: Int) -> Bool

    // MARK: By rows

    /// x_r ← x_r + b.
    static func _rowsAdd(
        _ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int, _ bias: UnsafePointer<Self>
    )

    /// x_r ← tanh(x_r + b).
    static func _rowsTanh(
        _ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int, _ bias: UnsafePointer<Self>
    )

    /// x_r ← 1 / (1 + e^−(x_r + b)).
    static func _rowsSigmoid(
        _ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int, _ bias: UnsafePointer<Self>
    )

    /// x_r ← max(x_r + b, 0).
    static func _rowsRelu(
        _ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int, _ bias: UnsafePointer<Self>
    )

    /// x_r ← table_index[r].
    static func _rowsGather(
        _ x: UnsafeMutablePointer<Self>, _ index: UnsafePointer<Int32>, _ rows: Int, _ columns: Int,
        _ table: UnsafePointer<Self>
    )

    /// table_index[r] ← table_index[r] + x_r, one row after the other; rows are `stride` apart on both sides.
    static func _rowsScatterAdd(
        _ x: UnsafePointer<Self>, _ index: UnsafePointer<Int32>, _ rows: Int, _ columns: Int,
        _ stride: Int, _ table: UnsafeMutablePointer<Self>
    )

    /// sum ← sum + Σ_r x_r, one row after the other.
    static func _rowsSum(
        _ x: UnsafePointer<Self>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ sum: UnsafeMutablePointer<Self>
    )

    /// result ← xᵀ.
    static func _rowsTranspose(
        _ x: UnsafePointer<Self>, _ rows: Int, _ columns: Int, _ stride: Int,
        _ result: UnsafeMutablePointer<Self>, _ resultStride: Int
    )

    /// x_r ← softmax x_r = e^(x_r − max x_r) / Σ e^(x_r − max x_r).
    static func _rowsSoftmax(_ x: UnsafeMutablePointer<Self>, _ rows: Int, _ columns: Int)

    /// δ_r ← y_r ⊙ (δ_r − ⟨δ_r, y_r⟩), for y = softmax a.
    static func _rowsSoftmaxBackward(
        _ delta: UnsafeMutablePointer<Self>, _ y: UnsafePointer<Self>, _ rows: Int, _ columns: Int
    )

    /// result_r ← log Σ e^x_r, without overflow.
    static func _rowsLogSumExp(
        _ x: UnsafePointer<Self>, _ rows: Int, _ columns: Int, _ result: UnsafeMutablePointer<Self>
    )

    // MARK: Losses
    //
    // Each returns E = factor · Σ_r weight_r E_r and replaces the outputs by ∂E/∂a. The target of row r is row
    // `place[r]` of `target`. A row of weight 0 adds nothing and gets a gradient of zeros.

    /// E_r = ‖d_r − y_r‖², for y = a.
    static func _lossSquaredLinear(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Self>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double

    /// E_r = ‖d_r − y_r‖², for y = sigmoid a.
    static func _lossSquaredSigmoid(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Self>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double

    /// E_r = ‖d_r − y_r‖², for y = softmax a.
    static func _lossSquaredSoftmax(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Self>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double

    /// E_r = −log softmax(a_r)[d_r], for a class index d_r.
    static func _lossCrossEntropy(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Int32>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double

    /// E_r = −Σ d_r log y_r + (1 − d_r) log(1 − y_r), for y = sigmoid a.
    static func _lossBinaryCrossEntropy(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Self>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ factor: Self
    ) -> Double

    /// A loss of values, by its number in C, with weights of the values unless nil; see `ValueLoss`.
    static func _lossOfValues(
        _ loss: Int32, _ outputFunction: Int32, _ output: UnsafeMutablePointer<Self>,
        _ target: UnsafePointer<Self>, _ targetWeight: UnsafePointer<Self>?, _ place: UnsafePointer<Int32>,
        _ weight: UnsafePointer<Self>, _ rows: Int, _ values: Int, _ levels: Int, _ factor: Self,
        _ parameters: UnsafePointer<Self>
    ) -> Double

    /// E_r = −Σ_j p_j log softmax(a_r)_j, p being `smoothing` shared by all classes and the rest for class d_r.
    static func _lossSmoothedCrossEntropy(
        _ output: UnsafeMutablePointer<Self>, _ target: UnsafePointer<Int32>,
        _ place: UnsafePointer<Int32>, _ weight: UnsafePointer<Self>, _ rows: Int, _ columns: Int,
        _ smoothing: Self
    ) -> Double
}
