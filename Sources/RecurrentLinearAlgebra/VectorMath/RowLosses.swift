// Losses over the rows of an output matrix, and their gradients in its place.
//
// Every function returns E = factor · Σ_r weight_r E_r, summed in Double in the order of the rows,
// and turns the outputs into ∂E/∂a, a being what went into the output function. A row of weight 0
// adds exactly nothing and gets a gradient of exactly zero, whatever it holds. The targets are read where they
// stand: `places` says which of them each row has.

/// How outputs follow from a, for losses whose gradient needs its derivative.
public enum RowOutput: Sendable {
    case linear, softmax, sigmoid
}

extension MutableMatrixView {
    /// E_r = ‖d_r − y_r‖² for outputs y that have been through their output function.
    ///
    /// - Precondition: `targets` has this view's width, `places` a row of it for each row, `weights` one number a
    ///   row; rows are tight.
    public func squaredError(
        from targets: MatrixView<Element>, at places: ArraySlice<Int32>, weights: VectorView<Element>,
        factor: Element, through output: RowOutput
    ) -> Double {
        requireRowLoss(self, targets: targets, places, weights: weights)
        let (y, d, w) = unsafe (base, targets.base, weights.base)
        return unsafe places.withUnsafeBufferPointer { places in
            guard let p = places.baseAddress else { return 0 }
            return switch output {
            case .linear: unsafe Element.lossSquaredLinear(y, d, p, w, rows, columns, factor)
            case .softmax: unsafe Element.lossSquaredSoftmax(y, d, p, w, rows, columns, factor)
            case .sigmoid: unsafe Element.lossSquaredSigmoid(y, d, p, w, rows, columns, factor)
            }
        }
    }

    /// E_r = −log softmax(a_r)[class_r], from a before softmax.
    ///
    /// - Precondition: `places` has an index of `classes` for each row, `weights` one number; classes of rows whose
    ///   weight is not 0 are less than the number of columns; rows are tight.
    public func crossEntropy(
        classes: [Int32], at places: ArraySlice<Int32>, weights: VectorView<Element>, factor: Element
    ) -> Double {
        requireRowLoss(self, classes: classes, places, weights: weights)
        return unsafe classes.withUnsafeBufferPointer { classes in
            unsafe places.withUnsafeBufferPointer { places in
                guard let classes = classes.baseAddress, let p = places.baseAddress else { return 0 }
                return unsafe Element.lossCrossEntropy(
                    base, classes, p, weights.base, rows, columns, factor)
            }
        }
    }

    /// E_r = −Σ d log y + (1 − d) log(1 − y) with y = sigmoid(a_r), from a before the sigmoid.
    ///
    /// - Precondition: `targets` has this view's width, `places` a row of it for each row, `weights` one number a
    ///   row; rows are tight.
    public func binaryCrossEntropy(
        from targets: MatrixView<Element>, at places: ArraySlice<Int32>, weights: VectorView<Element>,
        factor: Element
    ) -> Double {
        requireRowLoss(self, targets: targets, places, weights: weights)
        return unsafe places.withUnsafeBufferPointer { places in
            guard let p = places.baseAddress else { return 0 }
            return unsafe Element.lossBinaryCrossEntropy(
                base, targets.base, p, weights.base, rows, columns, factor)
        }
    }
}
