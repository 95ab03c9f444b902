import RecurrentLinearAlgebra

/// The pass at work: its inputs, how it is cut, and the places of its results.
///
/// An unfolding has one, and every block, cell and itinerary knows it from the beginning. It is set before the workers
/// begin and emptied when they are done, so that no inputs and no parameters are held on to; meanwhile it is only read.
final class PassAtWork<S: Scalar> {
    let configuration: NetworkConfiguration
    let layout: ParameterLayout
    let weights: UnfoldingWeights<S>
    private(set) var pass: UnfoldingPass<S>
    private(set) var plan: UnfoldingPlan
    /// The gradient of all parameters; no elements in a pass without one.
    private(set) var gradient: MutableVectorView<S>
    /// ∂E/∂x_t of the batch's rows, where it is wanted.
    private(set) var inputGradient: MutableMatrixView<S>?
    /// States and outputs, where they are wanted.
    private(set) var results: ForwardPass<S>.Views?

    private let noPass: UnfoldingPass<S>
    private let noElements = AlignedBuffer<S>(count: 0)

    init(_ configuration: NetworkConfiguration) {
        self.configuration = configuration
        layout = ParameterLayout(configuration)
        weights = UnfoldingWeights(configuration)
        let noBatch = BatchLayout(steps: 1, lengths: [1])
        noPass = UnfoldingPass(
            parameters: Parameters(layout: .empty),
            batch: SequenceBatch(layout: noBatch, width: 0, rows: .values(Matrix(rows: 1, columns: 0))))
        pass = noPass
        plan = UnfoldingPlan(noBatch, configuration, backward: false)
        gradient = noElements.vector
    }

    /// The pass to come; its results have no places yet.
    func set(_ pass: UnfoldingPass<S>, _ plan: UnfoldingPlan) { (self.pass, self.plan) = (pass, plan) }

    /// The places of the results of a pass with gradients.
    func setResults(gradient: MutableVectorView<S>, inputGradient: MutableMatrixView<S>?) {
        (self.gradient, self.inputGradient) = (gradient, inputGradient)
    }

    /// The places of the results of a forward pass.
    func setResults(_ results: ForwardPass<S>.Views?) { self.results = results }

    func empty() {
        (pass, gradient, inputGradient, results) = (noPass, noElements.vector, nil, nil)
    }

    /// A part of the gradient.
    func gradient(of part: ParameterLayout.Part) -> MutableMatrixView<S> {
        gradient.matrix(at: part.offset, rows: part.rows, columns: part.columns)
    }
}
