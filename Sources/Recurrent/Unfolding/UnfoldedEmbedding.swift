import RecurrentLinearAlgebra

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
    private let cells: [LayerCell]
    private let width: Int
    /// U
    private(set) var tokens = 0
    private var distinct: [Int32] = []
    private let memory = Workspace<S>()
    private let counted = Workspace<S>()
    private var rowPiece = Workspace<S>.Piece()
    private var rowGradientPiece = Workspace<S>.Piece()
    private var productPieces: [Workspace<S>.Piece]
    private var gradientPieces: [Workspace<S>.Piece]

    init(_ configuration: NetworkConfiguration) {
        cells = configuration.cells.filter { $0.layer == 0 }
        width = configuration.embeddingWidth ?? 0
        productPieces = cells.map { _ in Workspace.Piece() }
        gradientPieces = productPieces
    }

    /// W_e[distinct], U × the embedding's width.
    private var rows: MutableMatrixView<S> { rowPiece.view(rows: tokens, columns: width) }

    /// P of one direction, U × H.
    func products(_ direction: Int) -> MutableMatrixView<S> {
        productPieces[direction].view(rows: tokens, columns: cells[direction].width)
    }

    /// G of one direction, U × H.
    func gradients(_ direction: Int) -> MutableMatrixView<S> {
        gradientPieces[direction].view(rows: tokens, columns: cells[direction].width)
    }

    /// The elements that the tokens of a batch take. Nothing is allocated for it.
    func elements(_ batch: TokenRows, backward: Bool) -> Int {
        counted.begin()
        take(batch.distinct.count, backward: backward, of: counted)
        return counted.taken
    }

    private func take(_ tokens: Int, backward: Bool, of memory: Workspace<S>) {
        rowPiece = memory.take(tokens * width)
        if backward { rowGradientPiece = memory.take(tokens * width) }
        for direction in cells.indices {
            productPieces[direction] = memory.take(tokens * cells[direction].width)
            if backward { gradientPieces[direction] = memory.take(tokens * cells[direction].width) }
        }
    }

    /// Makes room for a batch and takes up its tokens.
    func prepare(_ pass: UnfoldingPass<S>, _ batch: TokenRows, backward: Bool) {
        tokens = batch.distinct.count
        distinct = batch.distinct
        memory.begin(room: elements(batch, backward: backward))
        take(tokens, backward: backward, of: memory)
        if backward { for direction in cells.indices { gradients(direction).fill(0) } }
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
        let rowGradients = rowGradientPiece.view(rows: tokens, columns: width)
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
