import Recurrent

/// The network of a file in words, or the reason why it holds none.
struct NetworkWords {
    let text: String

    init(_ file: Safetensors) {
        do throws(ModelError) {
            text = try Self.words(file)
        } catch {
            text =
                "\(counted(file.tensors.count, "tensor")), not a recurrent network: "
                + error.description.shortened(to: 120).printable
        }
    }

    /// A file saved by PyTorch does not name its functions; those of its `RNN` and `Linear` are assumed.
    private static func words(_ file: Safetensors) throws(ModelError) -> String {
        do throws(ModelError) {
            return words(try RecurrentNetwork<Double>(file).configuration)
        } catch .metadata(_, found: nil, _) {
            let assumed = AssumedFunctions(output: .linear)
            let configuration = try RecurrentNetwork<Double>(file, assuming: assumed).configuration
            let activation = configuration.layers.contains { !$0.cell.kind.isGated } ? "tanh, " : ""
            return words(configuration)
                + "\nThe file does not name all functions; \(activation)linear outputs and an output for every step stand in."
        }
    }

    private static func words(_ configuration: NetworkConfiguration) -> String {
        "\(configuration.words); \(counted(ParameterLayout(configuration).count, "parameter"))"
    }
}
