import RecurrentLinearAlgebra
import Recurrent

/// A network, a sequence and a loss at its last step, with all the results that an explanation shows.
struct ExplainedCase {
    let network: RecurrentNetwork<Double>
    /// The origin of the network, in words.
    let source: String
    let inputs: Matrix<Double>
    /// d_N: O values, or a class.
    let target: Target
    let loss: Loss
    let pass: ForwardPass<Double>
    let gradient: UnfoldedGradient<Double>
    /// The gradient by backpropagation through time.
    let backpropagated: Parameters<Double>
    let backpropagatedInitialState: Matrix<Double>
    let spectrum: RecurrenceSpectrum
    let decay: JacobianDecay

    enum Target: Equatable {
        case values([Double])
        case classIndex(Int)
    }

    var N: Int { gradient.steps }
    var configuration: NetworkConfiguration { network.configuration }

    /// - Throws: `DataError`, `PassError`, `FactorisationError`, or `CommandFailure` if numbers overflow.
    init(
        _ network: RecurrentNetwork<Double>, from source: String, on inputs: [[Double]], target: Target,
        loss: Loss
    ) throws {
        let batch = try SequenceBatch([inputs])
        let targets: Targets<Double> =
            switch target {
            case .values(let values): try batch.targets(lastStep: [values])
            case .classIndex(let index): try batch.targets(lastStep: [index])
            }
        let objective = try Objective(loss, targets, on: batch, for: network, at: .last)
        gradient = try UnfoldedGradient(of: network, on: batch, objective)
        let unfolding = Unfolding(for: network, workers: 1)
        let E = try unfolding.lossAndGradient(of: network, on: batch, objective)
        backpropagated = unfolding.gradient
        backpropagatedInitialState = unfolding.initialStateGradient!
        do {
            guard E.isFinite, backpropagated.isFinite, gradient.isFinite,
                let spectrum = try RecurrenceSpectrum(of: network)
            else { throw FactorisationError.notFinite }
            self.spectrum = spectrum
            decay = try JacobianDecay(of: gradient, spectrum)
        } catch FactorisationError.notFinite {
            throw CommandFailure(
                "the numbers grow beyond what Double holds (E is \(E)); use smaller inputs, targets or weights"
            )
        }
        pass = try network.forward(batch)
        self.inputs = Matrix(inputs)
        (self.network, self.source, self.target, self.loss) = (network, source, target, loss)
    }

    /// The worked example of the documentation: N = 3 steps of one number, one tanh state, one linear output.
    static let example = RecurrentNetwork<Double>.example
    static let exampleSequence: [[Double]] = [[1], [-1], [2]]
    static let exampleTarget = "0.25"
}

extension RecurrentNetwork<Double> {
    fileprivate static let example: RecurrentNetwork<Double> = {
        let configuration = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, stateBias: false, outputBias: false)
        var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
        parameters[.inputWeights] = [[0.5]]
        parameters[.stateWeights] = [[0.8]]
        parameters[.outputWeights] = [[1]]
        return RecurrentNetwork(configuration, parameters: parameters)
    }()
}

extension UnfoldedGradient {
    /// True if every term and every Jacobian is finite.
    fileprivate var isFinite: Bool {
        terms.allSatisfy { term in
            [term.stateJacobian, term.stateWeights, term.inputWeights, term.stateBias]
                .allSatisfy { $0.elements.allSatisfy(\.isFinite) }
        }
    }
}
