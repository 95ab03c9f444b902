import Foundation
import RecurrentLinearAlgebra
import Recurrent
import TestSupport

/// The runs of PyTorch's optimisers that it recorded; see Tests/Fixtures/make_optimisers.py.
struct RecordedOptimisers: Decodable {
    struct Run: Decodable {
        let name: String
        /// The parameters after each step along the fixed gradients.
        let path: [[Double]]
        /// The parameters at the end of a descent on ½ Σ c θ².
        let quadratic: [Double]
    }
    struct Plateaus: Decodable {
        let losses: [Double?]
        let rates: [String: [Double]]
    }
    struct Path: Decodable {
        let start: [Double]
        let path: [[Double]]
        let evaluations: Int
    }

    let start: [Double]
    let gradients: [[Double]]
    let curvatures: [Double]
    let rules: [Run]
    let schedules: [String: [Double]]
    let plateaus: Plateaus
    let rosenbrock: [Path]

    static func read() throws -> RecordedOptimisers {
        let data = try Data(contentsOf: Fixtures.folder.appendingPathComponent("optimisers.json"))
        return try JSONDecoder().decode(Self.self, from: data)
    }
}

extension Parameters {
    /// Numbers as the parameters of a network of one state and one output, without biases.
    init(_ numbers: [Double]) {
        let configuration = NetworkConfiguration(
            inputWidth: numbers.count - 1, stateWidth: 1, outputWidth: 1, stateBias: false,
            outputBias: false, recurrent: false)
        self.init(layout: ParameterLayout(configuration))
        set(numbers)
    }

    mutating func set(_ numbers: [Double]) {
        self[.inputWeights] = Matrix(rows: numbers.count - 1, columns: 1) { row, _ in S(numbers[row]) }
        self[.outputWeights] = [[S(numbers[numbers.count - 1])]]
    }

    var numbers: [Double] { elements.map { Double($0) } }
}
