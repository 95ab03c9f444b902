import Recurrent

/// A network whose outputs are its inputs, so that a loss can be judged by itself, with the gradient by the inputs as its
/// gradient.
func readThrough(width: Int, _ output: OutputFunction) -> RecurrentNetwork<Double> {
    let configuration = NetworkConfiguration(
        inputWidth: width, stateWidth: width, outputWidth: width, cell: .elman(.identity), output: output,
        stateBias: false, outputBias: false, recurrent: false)
    var parameters = Parameters<Double>(layout: ParameterLayout(configuration))
    parameters[.inputWeights] = .identity(width)
    parameters[.outputWeights] = .identity(width)
    return RecurrentNetwork(configuration, parameters: parameters)
}
