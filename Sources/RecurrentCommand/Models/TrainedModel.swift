import RecurrentLinearAlgebra
import Recurrent

/// A network with everything needed to use it on raw data: columns and units, symbols, classes.
protocol TrainedModel: SendableMetatype {
    associatedtype Element: Scalar
    /// Data whose answers are known.
    associatedtype TestData

    var network: RecurrentNetwork<Element> { get }
    /// The contents of a model file beside the weights.
    var metadata: [String: String] { get }

    /// Reads a model from its file; nil if the file holds another kind.
    init?(_ file: Safetensors, path: String) throws

    /// Reads the user's own data.
    func testData(_ options: DataOptions) throws -> TestData
    func evaluate(_ data: TestData) throws -> Evaluation
    /// The predictions of the network for the user's own data, or for texts.
    func predict(_ options: DataOptions, texts: [String]) throws -> Table
}
