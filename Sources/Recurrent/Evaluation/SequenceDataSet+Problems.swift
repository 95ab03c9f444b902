extension SequenceDataSet {
    /// The reason why a network cannot read the sequences, in words for people, or nil.
    func inputProblem(_ configuration: NetworkConfiguration) -> String? {
        if width != configuration.inputWidth {
            return "the data have inputs of width \(width), the network takes \(configuration.inputWidth)"
        }
        if !isTokens, configuration.embeddingWidth != nil {
            return "the network embeds tokens; the data are values"
        }
        return nil
    }

    /// The reason why the outputs of a network have no such metrics, in words for people, or nil.
    func problem(with metrics: [Metric], _ configuration: NetworkConfiguration) -> String? {
        if let problem = inputProblem(configuration) { return problem }
        if hasTargetPerSequence != configuration.isPooled {
            return configuration.isPooled
                ? "the network has one output a sequence; give one target a sequence"
                : "the network has an output for every step; give a target for every step"
        }
        switch targets {
        case .labels: return "labels without alignment have no metric; read them with ForwardPass.labels"
        case .values(let values):
            return metrics.lazy.compactMap { $0.problem(configuration, targets: values.columns) }.first
        case .classes(let classes):
            let range = 0..<configuration.outputWidth
            let wrong = classes.indices.first { !range.contains(Int(classes[$0])) && weights.row($0) != 0 }
            if let wrong { return "a target is class \(classes[wrong]), which is not in \(range)" }
            return metrics.lazy.compactMap { $0.problem(configuration, targets: nil) }.first
        }
    }
}
