internal import CRecurrentKernels

/// ℓ(y, d), the loss of an output y against a value d.
public enum ValueLoss<Element: Scalar>: Sendable {
    /// (y − d)²
    case squared
    /// |y − d|; its derivative at 0 is taken to be 0.
    case absolute
    /// ½ e² for e = y − d up to the threshold δ, from there on δ (|e| − ½ δ).
    case huber(Element)
    /// τ (d − y) for y below d, (1 − τ) (y − d) above, with an output for each level τ.
    case quantile([Element])
    /// e^y − d y, y being the logarithm of the rate.
    case poisson
    /// −d log σ(y) − (1 − d) log(1 − σ(y)) of the sigmoid σ.
    case binaryCrossEntropy
    /// ½ (s + (d − μ)² e^−s), with the outputs μ of all values before the outputs s.
    case gaussian
    /// −d log softmax(y); takes no weights of values.
    case softCrossEntropy

    /// The number of outputs for a value.
    var levels: Int {
        switch self {
        case .quantile(let levels): levels.count
        case .gaussian: 2
        default: 1
        }
    }

    /// The number in C.
    fileprivate var number: Int {
        switch self {
        case .squared: RECURRENT_LOSS_SQUARED
        case .absolute: RECURRENT_LOSS_ABSOLUTE
        case .huber: RECURRENT_LOSS_HUBER
        case .quantile: RECURRENT_LOSS_QUANTILE
        case .poisson: RECURRENT_LOSS_POISSON
        case .binaryCrossEntropy: RECURRENT_LOSS_BINARY_CROSS_ENTROPY
        case .gaussian: RECURRENT_LOSS_GAUSSIAN
        case .softCrossEntropy: RECURRENT_LOSS_SOFT_CROSS_ENTROPY
        }
    }

    fileprivate var parameters: [Element] {
        switch self {
        case .huber(let threshold): [threshold]
        case .quantile(let levels): levels
        default: [0]
        }
    }
}

extension MutableMatrixView {
    /// E_r = Σ_i v_i ℓ(y_ri, d_ri), from outputs y = σ(a), which ∂E/∂a replaces as in the other losses of rows.
    ///
    /// - Parameters:
    ///   - loss: ℓ.
    ///   - targets: d, a row for each place; its width is this view's divided by the number of outputs for a value.
    ///   - targetWeights: v, of the targets' shape; 1 if nil. A value of weight 0 is not read.
    ///   - places: the index of the target of each row.
    ///   - weights: one number for each row.
    ///   - factor: of all losses.
    ///   - output: σ, linear where the loss is computed from a.
    /// - Precondition: shapes fit and rows are tight.
    public func loss(
        _ loss: ValueLoss<Element>, from targets: MatrixView<Element>,
        targetWeights: MatrixView<Element>? = nil, at places: ArraySlice<Int32>,
        weights: VectorView<Element>, factor: Element = 1, through output: RowOutput = .linear
    ) -> Double {
        requireValueLoss(self, targets: targets, targetWeights, places, weights: weights, levels: loss.levels)
        let outputFunction =
            switch output {
            case .linear: RECURRENT_OUTPUT_LINEAR
            case .sigmoid: RECURRENT_OUTPUT_SIGMOID
            case .softmax: RECURRENT_OUTPUT_SOFTMAX
            }
        return unsafe places.withUnsafeBufferPointer { places in
            unsafe loss.parameters.withUnsafeBufferPointer { parameters in
                guard let p = places.baseAddress, let parameters = parameters.baseAddress else { return 0 }
                return unsafe Element._lossOfValues(
                    Int32(loss.number), Int32(outputFunction), base, targets.base, targetWeights?.base, p,
                    weights.base, rows, targets.columns, loss.levels, factor, parameters)
            }
        }
    }

    /// E_r = −Σ_j p_j log softmax(a_r)_j with p_j = `smoothing` / O, and 1 − `smoothing` more for the row's class.
    ///
    /// - Precondition: as of `crossEntropy`.
    public func smoothedCrossEntropy(
        classes: [Int32], at places: ArraySlice<Int32>, weights: VectorView<Element>, smoothing: Element
    ) -> Double {
        requireRowLoss(self, classes: classes, places, weights: weights)
        return unsafe classes.withUnsafeBufferPointer { classes in
            unsafe places.withUnsafeBufferPointer { places in
                guard let classes = classes.baseAddress, let p = places.baseAddress else { return 0 }
                return unsafe Element._lossSmoothedCrossEntropy(
                    base, classes, p, weights.base, rows, columns, smoothing)
            }
        }
    }
}
