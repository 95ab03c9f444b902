// Losses over the rows of an output matrix, which they replace by their gradients.
//
// Every function returns E = factor · Σ_r weight_r E_r, summed in Double in the order of the rows, and replaces
// the outputs by ∂E/∂a, with a the input of the output function. A row of weight 0 adds exactly nothing and gets
// a gradient of exactly zero, whatever it contains. Targets are not copied: `places` has the index of each row's
// target.

extension MutableMatrixView {
    /// E_r = ‖d_r − y_r‖², from outputs y, the values of the output function.
    ///
    /// - Precondition: `targets` has this view's width; `places` has the index of one of its rows for each row, and
    ///   `weights` one number for each row; rows are tight.
    public func squaredError(
        from targets: MatrixView<Element>, at places: ArraySlice<Int32>, weights: VectorView<Element>,
        factor: Element, through output: RowOutput
    ) -> Double {
        requireRowLoss(self, targets: targets, places, weights: weights)
        let (y, d, w) = unsafe (base, targets.base, weights.base)
        return unsafe places.withUnsafeBufferPointer { places in
            guard let p = places.baseAddress else { return 0 }
            return switch output {
            case .linear: unsafe Element._lossSquaredLinear(y, d, p, w, rows, columns, factor)
            case .softmax: unsafe Element._lossSquaredSoftmax(y, d, p, w, rows, columns, factor)
            case .sigmoid: unsafe Element._lossSquaredSigmoid(y, d, p, w, rows, columns, factor)
            }
        }
    }

    /// E_r = −log softmax(a_r)[class_r], from a before softmax.
    ///
    /// - Precondition: `places` has an index into `classes` for each row, and `weights` one number for each row;
    ///   the classes of rows with a weight other than 0 are columns; rows are tight.
    public func crossEntropy(
        classes: [Int32], at places: ArraySlice<Int32>, weights: VectorView<Element>, factor: Element
    ) -> Double {
        requireRowLoss(self, classes: classes, places, weights: weights)
        return unsafe classes.withUnsafeBufferPointer { classes in
            unsafe places.withUnsafeBufferPointer { places in
                guard let classes = classes.baseAddress, let p = places.baseAddress else { return 0 }
                return unsafe Element._lossCrossEntropy(
                    base, classes, p, weights.base, rows, columns, factor)
            }
        }
    }

    /// E_r = −Σ d log y + (1 − d) log(1 − y) with y = sigmoid(a_r), from a before the sigmoid.
    ///
    /// - Precondition: `targets` has this view's width; `places` has the index of one of its rows for each row, and
    ///   `weights` one number for each row; rows are tight.
    public func binaryCrossEntropy(
        from targets: MatrixView<Element>, at places: ArraySlice<Int32>, weights: VectorView<Element>,
        factor: Element
    ) -> Double {
        requireRowLoss(self, targets: targets, places, weights: weights)
        return unsafe places.withUnsafeBufferPointer { places in
            guard let p = places.baseAddress else { return 0 }
            return unsafe Element._lossBinaryCrossEntropy(
                base, targets.base, p, weights.base, rows, columns, factor)
        }
    }
}
