import RecurrentFormats

/// The search for the parts of a network among the tensors of a file, as `ModelParts` describes it.
struct PartSearch {
    private let file: Safetensors
    private let parts: ModelParts
    /// What is known so far: at first the recurrent part only.
    private(set) var names: TensorNames

    /// - Throws: `ModelError` if there are several recurrent parts.
    init(_ file: Safetensors, _ parts: ModelParts) throws(ModelError) {
        self.file = file
        self.parts = parts
        let found = file.tensors.compactMap { TensorNames.part(of: $0.name, having: "weight_ih_l0") }
        if let name = parts.recurrent {
            names = TensorNames(besideRecurrent: name)
        } else if found.count > 1, ModelMetadata(file).describesNetwork,
            found.contains(TensorNames().recurrent)
        {
            // A file written here, such as a checkpoint, which has moments of the same names.
            names = TensorNames()
        } else {
            let name = try Self.only(found, "recurrent part", "recurrent")
            names = TensorNames(besideRecurrent: name ?? TensorNames().recurrent)
        }
    }

    /// Finds the read-out and the embedding.
    ///
    /// - Parameters:
    ///   - inputWidth: the columns of the first layer's W_x.
    ///   - layer: the last layer.
    /// - Throws: `ModelError` if several tensors fit, or a name that was given does not stand in the file.
    mutating func findOthers(inputWidth: Int, last layer: RecurrentLayer) throws(ModelError) {
        let hasEmbedding = try settle(\.embedding, parts.embedding)
        if try !settle(\.readOut, parts.readOut) {
            let name = try readOut(of: layer, except: hasEmbedding ? names.embedding : nil)
            names.readOut = name ?? names.readOut
        }
        if !hasEmbedding {
            let others = matrices(columns: inputWidth).filter { $0 != names.readOut && !hasBias($0) }
            names.embedding = try Self.only(others, "embedding", "embedding") ?? names.embedding
        }
    }

    /// True if a part has its name already: the one given, or the one of files written here.
    private mutating func settle(
        _ part: WritableKeyPath<TensorNames, String>, _ given: String?
    ) throws(ModelError) -> Bool {
        names[keyPath: part] = given ?? names[keyPath: part]
        let weights = TensorNames.join(names[keyPath: part], "weight")
        if file[weights] != nil { return true }
        if given != nil { throw .missing(tensor: weights, present: file.tensors.map(\.name)) }
        return false
    }

    /// Of both directions side by side or, if there is none, of their sum.
    private func readOut(of layer: RecurrentLayer, except embedding: String?) throws(ModelError) -> String? {
        for width in [layer.outputWidth, layer.stateWidth] {
            let fitting = matrices(columns: width).filter { $0 != embedding }
            let biased = fitting.filter(hasBias)
            let name = try Self.only(biased.isEmpty ? fitting : biased, "read-out", "readOut")
            if let name { return name }
        }
        return nil
    }

    private func matrices(columns: Int) -> [String] {
        file.tensors.filter { $0.shape.count == 2 && $0.shape[1] == columns }
            .compactMap { TensorNames.part(of: $0.name, having: "weight") }
    }

    private func hasBias(_ part: String) -> Bool { file[TensorNames.join(part, "bias")] != nil }

    private static func only(
        _ candidates: [String], _ part: String, _ argument: String
    ) throws(ModelError) -> String? {
        guard candidates.count > 1 else { return candidates.first }
        throw .ambiguous(part: part, candidates: candidates, argument: argument)
    }
}
