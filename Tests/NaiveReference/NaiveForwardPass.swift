/// The forward pass of one sequence, with all intermediate values.
struct NaiveForwardPass {
    let sequence: NaiveSequence
    /// By layer and direction: the steps in the order in which the cell reads them.
    var steps: [[[NaiveStep]]] = []
    /// The inputs of the read-out, for each output.
    var read: [[Double]] = []
    var a: [[Double]] = []
    var y: [[Double]] = []
    private let layers: [[NaiveCell]]

    init(_ network: NaiveNetwork, _ sequence: NaiveSequence) {
        self.sequence = sequence
        layers = network.layers
        let N = sequence.x.count
        var inputs = sequence.x
        if let embedding = network.embedding {
            inputs = inputs.map { row in
                embedding[0].indices.map { e in
                    embedding.indices.reduce(0.0) { $0 + row[$1] * embedding[$1][e] }
                }
            }
        }
        for (l, layer) in layers.enumerated() {
            steps.append(layer.map { _ in [] })
            let width = network.addsDirections ? layer[0].H : layer.reduce(0) { $0 + $1.H }
            var outputs = [[Double]](repeating: [Double](repeating: 0, count: width), count: N)
            for (direction, cell) in layer.enumerated() {
                var (s, c) = initialState(l, direction)
                for t in order(cell) {
                    var step = NaiveStep(cell, x: inputs[t], s: s, c: c, mask: mask(l, direction))
                    network.forward(cell, &step)
                    (s, c) = (step.s, step.c)
                    steps[l][direction].append(step)
                    for (h, column) in network.columns(direction, of: cell).enumerated() {
                        outputs[t][column] += s[h]
                    }
                }
            }
            if l < layers.count - 1, !sequence.outputMask.isEmpty {
                for t in 0..<N { for h in 0..<width { outputs[t][h] *= sequence.outputMask[l][t][h] } }
            }
            inputs = outputs
        }
        switch network.readOut {
        case .everyStep: read = inputs
        case .meanOverSteps:
            read = [inputs[0].indices.map { h in inputs.reduce(0.0) { $0 + $1[h] } / Double(N) }]
        case .lastStep:
            read = [[Double](repeating: 0, count: inputs[0].count)]
            for (direction, cell) in layers[layers.count - 1].enumerated() {
                for (h, column) in network.columns(direction, of: cell).enumerated() {
                    read[0][column] += steps[layers.count - 1][direction][N - 1].s[h]
                }
            }
        }
        read = sequence.readOutMasked(read)
        a = read.map { row in
            network.by.indices.map { o in
                row.indices.reduce(network.by[o]) { $0 + row[$1] * network.Wy[$1][o] }
            }
        }
        y = a.map { network.sigma($0) }
    }

    /// The steps in the order in which a cell reads them.
    func order(_ cell: NaiveCell) -> [Int] {
        let steps = Array(sequence.x.indices)
        return cell.isReverse ? steps.reversed() : steps
    }

    /// s_0 and c_0 of a cell.
    private func initialState(_ l: Int, _ direction: Int) -> (s: [Double], c: [Double]) {
        let (cell, s) = (layers[l][direction], sequence.s0[l][direction])
        if !cell.hasC { return (s, []) }
        return (s, sequence.c0.isEmpty ? s.map { _ in 0 } : sequence.c0[l][direction])
    }

    /// The factors of a cell's s₋.
    private func mask(_ l: Int, _ direction: Int) -> [Double] {
        sequence.stateMask.isEmpty ? layers[l][direction].Ws.map { _ in 1 } : sequence.stateMask[l][direction]
    }

    /// A cell's values in the order of the steps.
    func inOrder(_ l: Int, _ direction: Int) -> [NaiveStep] {
        let read = steps[l][direction]
        return layers[l][direction].isReverse ? read.reversed() : read
    }
}
