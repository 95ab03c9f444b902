// All checks of shapes in linear algebra, one function for each kind of operation. A shape that does not fit is the
// programmer's error: it stops the program, with a message that has the numbers.

@inline(__always)
func requireIndex(_ index: Int, below count: Int, _ what: StaticString) {
    if index < 0 || index >= count { stop(index: index, below: count, what) }
}

@inline(__always)
func requireRange(_ range: Range<Int>, within count: Int, _ what: StaticString) {
    if range.lowerBound < 0 || range.upperBound > count { stop(range: range, within: count, what) }
}

@inline(__always)
func requireStride(_ stride: Int, holds columns: Int) {
    if stride < max(columns, 1) { stop(stride: stride, holds: columns) }
}

func requireRowLength(_ length: Int, _ columns: Int, row: Int) {
    require(length == columns, "row \(row) has \(length) elements where row 0 has \(columns)")
}

@inline(__always)
func requireSameShape(_ left: (Int, Int), _ right: (Int, Int), _ operation: StaticString) {
    if left != right { stop(shape: left, right, operation) }
}

@inline(__always)
func requireSameCount(_ left: Int, _ right: Int, _ operation: StaticString) {
    if left != right { stop(count: left, right, operation) }
}

/// C (m × n) ← op(A) (m × k) · op(B) (k × n).
@inline(__always)
func requireProduct<S>(_ a: MatrixView<S>, _ b: MatrixView<S>, _ c: MutableMatrixView<S>) {
    if a.columns != b.rows || c.rows != a.rows || c.columns != b.columns {
        stop(product: (a.rows, a.columns), (b.rows, b.columns), (c.rows, c.columns))
    }
}

/// y (m) ← A (m × n) · x (n).
func requireProduct<S>(_ a: MatrixView<S>, _ x: VectorView<S>, _ y: MutableVectorView<S>) {
    require(
        a.columns == x.count && y.count == a.rows,
        "product: (\(a.rows) × \(a.columns)) · (\(x.count)) does not give (\(y.count))")
}

/// A (m × n) ← x (m) · yᵀ (n).
func requireOuterProduct<S>(_ x: VectorView<S>, _ y: VectorView<S>, _ a: MutableMatrixView<S>) {
    require(
        a.rows == x.count && a.columns == y.count,
        "outer product: (\(x.count)) · (\(y.count))ᵀ does not give (\(a.rows) × \(a.columns))")
}

/// The number of elements of a matrix. Stops the program if it is negative or overflows.
func elementCount(rows: Int, columns: Int) -> Int {
    require(rows >= 0 && columns >= 0, "a matrix cannot be \(rows) × \(columns)")
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    require(!overflow, "a matrix of \(rows) × \(columns) does not fit in memory")
    return count
}

func requireAddressable<S>(_ count: Int, of type: S.Type) {
    let (_, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<S>.stride)
    require(count >= 0 && !overflow, "\(count) elements do not fit in memory")
}

/// A dimension in the integer type of BLAS and LAPACK.
@inline(__always)
func blasInt(_ dimension: Int) -> Int32 {
    if dimension < 0 || dimension > Int(Int32.max) { stop(dimension: dimension) }
    return Int32(truncatingIfNeeded: dimension)
}

/// Row-wise C functions need rows without gaps between them.
@inline(__always)
func requireTight(_ stride: Int, _ columns: Int) {
    if stride != max(columns, 1) { stop(tight: stride, columns) }
}

@inline(__always)
func requireStoredByRows<S>(_ view: MatrixView<S>) {
    if view.isTransposed { stopTransposed() }
}

@inline(__always)
func requireRowBias<S>(_ x: MutableMatrixView<S>, _ bias: MatrixView<S>) {
    requireSameShape((1, x.columns), (bias.rows, bias.columns), "row bias")
    requireStoredByRows(bias)
}

@inline(__always)
func requireOperands<S>(_ x: MutableMatrixView<S>, _ a: MatrixView<S>, _ b: MatrixView<S>) {
    requireSameShape((x.rows, x.columns), (a.rows, a.columns), "elementwise product")
    requireSameShape((x.rows, x.columns), (b.rows, b.columns), "elementwise product")
    requireStoredByRows(a)
    requireStoredByRows(b)
}

/// Gates are four blocks, each with a column for every unit.
///
/// - Returns: the columns from one block to the next; more than there are units where some of a layer's are given.
@inline(__always)
func requireGates<S>(
    _ gates: MutableMatrixView<S>, _ bias: MatrixView<S>?, _ units: MatrixView<S>
) -> Int {
    let distance = (gates.columns - units.columns) / 3
    require(
        gates.columns == 3 * distance + units.columns && distance >= units.columns
            && gates.rows == units.rows,
        "gates of \(gates.rows) × \(gates.columns) do not belong to units of \(units.rows) × \(units.columns)"
    )
    requireStoredByRows(units)
    guard let bias else { return distance }
    require(bias.rows == 1 && bias.columns >= units.columns, "the bias of gates is not one row")
    requireStoredByRows(bias)
    return distance
}

/// Operands of a gated cell have a row of units for each sequence.
@inline(__always)
func requireUnits<S>(_ units: MatrixView<S>, _ a: MatrixView<S>, _ b: MatrixView<S>? = nil) {
    requireSameShape((units.rows, units.columns), (a.rows, a.columns), "gated cell")
    requireStoredByRows(a)
    guard let b else { return }
    requireSameShape((units.rows, units.columns), (b.rows, b.columns), "gated cell")
    requireStoredByRows(b)
}

func requireProbability(_ probability: Double) {
    require(probability >= 0 && probability < 1, "a probability of \(number: probability) is not in 0..<1")
}

/// One index for each row, that of a row of the table.
func requireRowIndices(_ indices: ArraySlice<Int32>, rows: Int, of tableRows: Int) {
    requireSameCount(indices.count, rows, "indices and rows")
    require(
        indices.allSatisfy { $0 >= 0 && Int($0) < tableRows },
        "an index is outside the table's rows 0..<\(tableRows)")
}

func requireNotEmpty(_ columns: Int, _ operation: StaticString) {
    require(columns > 0, "\(operation): the rows are empty")
}

/// A step needs parameters, a gradient and up to two moments of the same length and with an increment of 1.
func requireStep<S>(
    _ x: MutableVectorView<S>, _ gradient: VectorView<S>, _ first: MutableVectorView<S>? = nil,
    _ second: MutableVectorView<S>? = nil
) {
    let (first, second) = (first ?? x, second ?? x)
    requireSameCount(gradient.count, x.count, "optimiser: gradient and parameters")
    requireSameCount(first.count, x.count, "optimiser: moment and parameters")
    requireSameCount(second.count, x.count, "optimiser: moment and parameters")
    require(
        (x.increment, gradient.increment, first.increment, second.increment) == (1, 1, 1, 1),
        "optimiser: elements must stand next to each other")
}

/// A loss needs a target and a weight for each row of outputs.
func requireRowLoss<S>(
    _ outputs: MutableMatrixView<S>, targets: MatrixView<S>, _ places: ArraySlice<Int32>,
    weights: VectorView<S>
) {
    requireSameShape((outputs.rows, outputs.columns), (outputs.rows, targets.columns), "loss")
    requireRowIndices(places, rows: outputs.rows, of: targets.rows)
    requireStoredByRows(targets)
    requireTight(outputs.stride, outputs.columns)
    requireTight(targets.stride, targets.columns)
    requireRowWeights(weights, rows: outputs.rows)
}

/// The same where a target has one value for several outputs, and values may have weights.
func requireValueLoss<S>(
    _ outputs: MutableMatrixView<S>, targets: MatrixView<S>, _ targetWeights: MatrixView<S>?,
    _ places: ArraySlice<Int32>, weights: VectorView<S>, levels: Int
) {
    requireSameShape((outputs.rows, outputs.columns), (outputs.rows, targets.columns * levels), "loss")
    requireRowIndices(places, rows: outputs.rows, of: targets.rows)
    requireTight(outputs.stride, outputs.columns)
    requireRowWeights(weights, rows: outputs.rows)
    for matrix in [targets, targetWeights ?? targets] {
        requireSameShape((matrix.rows, matrix.columns), (targets.rows, targets.columns), "weights of targets")
        requireStoredByRows(matrix)
        requireTight(matrix.stride, matrix.columns)
    }
}

@specialized(where S == Double)
@specialized(where S == Float)
func requireRowLoss<S: Scalar>(
    _ outputs: MutableMatrixView<S>, classes: [Int32], _ places: ArraySlice<Int32>, weights: VectorView<S>
) {
    requireTight(outputs.stride, outputs.columns)
    requireRowWeights(weights, rows: outputs.rows)
    requireRowIndices(places, rows: outputs.rows, of: classes.count)
    for (row, place) in places.enumerated() where weights[row] != 0 {
        let index = classes[Int(place)]
        require(
            index >= 0 && Int(index) < outputs.columns,
            "loss: class \(index) in row \(row) is outside 0..<\(outputs.columns)")
    }
}

private func requireRowWeights<S>(_ weights: VectorView<S>, rows: Int) {
    requireSameCount(weights.count, rows, "loss: weights and rows")
    require(weights.increment == 1, "loss: weights must stand next to each other")
}
