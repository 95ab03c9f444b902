import LinearAlgebra

/// The embedding of a batch's tokens, x_t = row of W_e.
///
/// x_t W_x depends on the token alone, so the product is made once for each of the U distinct tokens of a batch and its
/// rows are gathered; on the way back δz_t is summed up for each token first:
///
///     P = W_e[distinct] W_x                         z_t = row of P + …
///     G = Σ_t δz_t in the row of its token
///     ∂E/∂W_x = W_e[distinct]ᵀ G                    ∂E/∂W_e[distinct] = G W_xᵀ
///
/// No x_t is ever formed. With two cells in the first layer each has its own P and G.
final class UnfoldedEmbedding<S: Scalar> {
    private let cells: [Cell]
    private let width: Int
    /// U
    private(set) var tokens = 0
    private var distinct: [Int32] = []
    private var rowBuffer = AlignedBuffer<S>(count: 0)
    private var rowGradientBuffer = AlignedBuffer<S>(count: 0)
    private var productBuffers: [AlignedBuffer<S>]
    private var gradientBuffers: [AlignedBuffer<S>]

    init(_ configuration: ElmanConfiguration) {
        cells = configuration.cells.filter { $0.layer == 0 }
        width = configuration.embeddingWidth ?? 0
        productBuffers = cells.map { _ in AlignedBuffer(count: 0) }
        gradientBuffers = cells.map { _ in AlignedBuffer(count: 0) }
    }

    /// The elements that the tokens of a batch take.
    static func elements(
        for tokens: TokenRows, _ configuration: ElmanConfiguration, backward: Bool
    ) -> Int {
        let states = configuration.cells(of: 0).reduce(0) { $0 + configuration.cells[$1].width }
        return tokens.distinct.count * ((configuration.embeddingWidth ?? 0) + states) * (backward ? 2 : 1)
    }

    /// W_e[distinct], U × the embedding's width.
    private var rows: MutableMatrixView<S> { rowBuffer.view(rows: tokens, columns: width) }

    /// P of one direction, U × H.
    func products(_ direction: Int) -> MutableMatrixView<S> {
        productBuffers[direction].view(rows: tokens, columns: cells[direction].width)
    }

    /// G of one direction, U × H.
    func gradients(_ direction: Int) -> MutableMatrixView<S> {
        gradientBuffers[direction].view(rows: tokens, columns: cells[direction].width)
    }

    /// Makes room for a batch and takes up its tokens.
    func prepare(_ pass: UnfoldingPass<S>, _ batch: TokenRows, backward: Bool) {
        tokens = batch.distinct.count
        distinct = batch.distinct
        reserve(&rowBuffer, tokens * width)
        for (direction, cell) in cells.enumerated() {
            reserve(&productBuffers[direction], tokens * cell.width)
            guard backward else { continue }
            reserve(&gradientBuffers[direction], tokens * cell.width)
            gradients(direction).fill(0)
        }
        if backward { reserve(&rowGradientBuffer, tokens * width) }
        rows.gatherRows(distinct[...], of: pass.network.parameters.view(.embedding))
    }

    /// How many items of work P is: so many tokens at a time.
    var items: Int { (tokens + itemSize - 1) / itemSize }
    private let itemSize = 128

    /// P of some tokens.
    func multiply(_ item: Int, _ pass: UnfoldingPass<S>) {
        let range = item * itemSize..<min((item + 1) * itemSize, tokens)
        for direction in cells.indices {
            let cell = cells[direction]
            gemm(
                rows.rows(range).readOnly, pass.network.parameters.view(cell.name(.inputWeights)),
                into: products(direction).rows(range))
        }
    }

    /// From G the gradients of W_x and W_e, which are zero so far.
    func finish(
        _ pass: UnfoldingPass<S>, into gradient: MutableVectorView<S>, _ layout: ParameterLayout
    ) {
        let rowGradients = rowGradientBuffer.view(rows: tokens, columns: width)
        for (direction, cell) in cells.enumerated() {
            let G = gradients(direction).readOnly
            let name = cell.name(.inputWeights)
            guard let part = layout[name] else { continue }
            gemm(
                rows.readOnly.transposed, G,
                into: gradient.matrix(at: part.offset, rows: part.rows, columns: part.columns))
            gemm(
                G, pass.network.parameters.view(name).transposed, beta: direction == 0 ? 0 : 1,
                into: rowGradients)
        }
        guard let part = layout[.embedding] else { return }
        gradient.matrix(at: part.offset, rows: part.rows, columns: part.columns).scatterAdd(
            rowGradients.readOnly, at: distinct[...], columns: 0..<width)
    }
}
