/// The forward pass of one sequence, with all intermediate values.
struct NaiveForwardPass {
    let sequence: NaiveSequence
    /// The inputs of each layer, by layer and step.
    var x: [[[Double]]] = []
    /// By layer, direction and step.
    var z: [[[[Double]]]] = []
    /// By layer and direction: s_0, then a state for each step, in the order in which the cell reads.
    var s: [[[[Double]]]] = []
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
            x.append(inputs)
            z.append(layer.map { _ in [[Double]](repeating: [], count: N) })
            s.append(layer.indices.map { [sequence.s0[l][$0]] })
            let width = network.addsDirections ? layer[0].bs.count : layer.reduce(0) { $0 + $1.bs.count }
            var outputs = [[Double]](repeating: [Double](repeating: 0, count: width), count: N)
            for (c, cell) in layer.enumerated() {
                for (place, t) in order(cell).enumerated() {
                    let before = before(l, c, place)
                    z[l][c][t] = cell.bs.indices.map { h in
                        var sum = cell.bs[h]
                        for i in inputs[t].indices { sum += inputs[t][i] * cell.Wx[i][h] }
                        for g in before.indices { sum += before[g] * cell.Ws[g][h] }
                        return sum
                    }
                    s[l][c].append(z[l][c][t].map { network.phi(cell.activation, $0) })
                    for (h, column) in network.columns(c, of: cell).enumerated() {
                        outputs[t][column] += s[l][c][place + 1][h]
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
            for (c, cell) in layers[layers.count - 1].enumerated() {
                for (h, column) in network.columns(c, of: cell).enumerated() {
                    read[0][column] += s[layers.count - 1][c][N][h]
                }
            }
        }
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

    /// The state before a place in that order, with elements dropped.
    func before(_ l: Int, _ c: Int, _ place: Int) -> [Double] {
        s[l][c][place].indices.map { s[l][c][place][$0] * stateFactor(l, c, $0) }
    }

    func stateFactor(_ l: Int, _ c: Int, _ unit: Int) -> Double {
        sequence.stateMask.isEmpty ? 1 : sequence.stateMask[l][c][unit]
    }

    /// A cell's state at every step, in the order of the steps.
    func states(_ l: Int, _ c: Int) -> [[Double]] {
        let read = Array(s[l][c].dropFirst())
        return layers[l][c].isReverse ? read.reversed() : read
    }
}
