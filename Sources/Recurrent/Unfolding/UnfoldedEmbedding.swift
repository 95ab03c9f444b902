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
    /// U × the embedding's width: W_e[distinct].
    private var rows = Workspace<S>.Allocation()
    /// U × the embedding's width: ∂E/∂W_e[distinct].
    private var rowGradients = Workspace<S>.Allocation()
    /// P of each direction, U × G·H.
    private var products: [Workspace<S>.Allocation]
    /// G of each direction, U × G·H.
    private var gradients: [Workspace<S>.Allocation]

    init(_ configuration: NetworkConfiguration) {
        cells = configuration.cells.filter { $0.layer == 0 }
        width = configuration.embeddingWidth ?? 0
        products = cells.map { _ in Workspace.Allocation() }
        gradients = products
    }

    /// P of one direction, U × G·H.
    func products(_ direction: Int) -> MutableMatrixView<S> { products[direction].first(tokens) }

    /// G of one direction, U × G·H.
    func gradients(_ direction: Int) -> MutableMatrixView<S> { gradients[direction].first(tokens) }

    /// The number of elements that the tokens of a batch take. Nothing is allocated for it.
    func countElements(_ batch: TokenRows, backward: Bool) -> Int {
        counted.empty()
        allocate(batch.distinct.count, backward: backward, in: counted)
        return counted.count
    }

    private func allocate(_ tokens: Int, backward: Bool, in memory: Workspace<S>) {
        rows = memory.allocate(rows: tokens, columns: width)
        if backward { rowGradients = memory.allocate(rows: tokens, columns: width) }
        for direction in cells.indices {
            let gateWidth = cells[direction].gateWidth
            products[direction] = memory.allocate(rows: tokens, columns: gateWidth)
            if backward { gradients[direction] = memory.allocate(rows: tokens, columns: gateWidth) }
        }
    }

    /// Makes room for the tokens of a batch, and gathers their rows of W_e.
    func load(_ batch: TokenRows, _ pass: UnfoldingPass<S>, backward: Bool) {
        tokens = batch.distinct.count
        distinct = batch.distinct
        memory.empty(room: countElements(batch, backward: backward))
        allocate(tokens, backward: backward, in: memory)
        if backward { for direction in cells.indices { gradients(direction).fill(0) } }
        rows.first(tokens).gatherRows(distinct[...], of: pass.parameters.view(.embedding))
    }

    /// The number of items of work that P is.
    var items: Int { (tokens + Tuning.embeddedTokens - 1) / Tuning.embeddedTokens }

    /// P of some tokens.
    func multiply(_ item: Int, _ pass: UnfoldingPass<S>) {
        let first = item * Tuning.embeddedTokens
        let range = first..<min(first + Tuning.embeddedTokens, tokens)
        for direction in cells.indices {
            let cell = cells[direction]
            gemm(
                rows[range].readOnly, pass.parameters.view(cell.name(.inputWeights)),
                into: products(direction).rows(range))
        }
    }

    /// The gradients of W_x and W_e, which are zero so far, from G.
    func accumulate(_ work: PassAtWork<S>) {
        let (rows, rowGradients) = (rows.first(tokens), rowGradients.first(tokens))
        for (direction, cell) in cells.enumerated() {
            let G = gradients(direction).readOnly
            let name = cell.name(.inputWeights)
            guard let part = work.layout[name] else { continue }
            gemm(rows.readOnly.transposed, G, into: work.gradient(of: part))
            gemm(
                G, work.pass.parameters.view(name).transposed, beta: direction == 0 ? 0 : 1,
                into: rowGradients)
        }
        guard let part = work.layout[.embedding] else { return }
        work.gradient(of: part).scatterAdd(
            rowGradients.readOnly, at: distinct[...], columns: 0..<width)
    }
}
