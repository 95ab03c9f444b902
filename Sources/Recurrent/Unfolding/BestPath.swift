import RecurrentLinearAlgebra

extension ForwardPass {
    /// The labels of the most probable path of one sequence: the class with the largest output at every step, equal ones in
    /// a row as one, without blanks. They are a good guess at the most probable labels, which may be others.
    ///
    /// - Parameters:
    ///   - sequence: its index in the batch.
    ///   - steps: the number of its valid steps.
    ///   - blank: the class that stands for no label; 0 by default.
    /// - Precondition: there is an output for every step, and the sequence has these steps.
    public func labels(ofSequence sequence: Int, steps: Int, blank: Int = 0) -> [Int] {
        var (labels, before) = ([Int](), blank)
        for step in 1...max(1, steps) {
            let outputs = output(step: step, sequence: sequence)
            let best = outputs.indices.max { outputs[$0] < outputs[$1] } ?? blank
            if best != before && best != blank { labels.append(best) }
            before = best
        }
        return labels
    }
}
