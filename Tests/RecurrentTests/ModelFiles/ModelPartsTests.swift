import Recurrent
import SampleProblems
import Testing

@Suite struct ModelPartsTests {
    /// Names of the recurrent part with its dot, of the read-out and of the embedding.
    static let names = [
        ["rnn.", "readout", "embedding"], ["model.rnn.", "model.readout", "model.embedding"],
        ["model.encoder.gru.", "head", "tokens"], ["", "fc", "embed"], ["net.1.", "net.2", "net.0"],
    ]

    @Test(arguments: names)
    func partsAreFoundWhateverTheirNames(names: [String]) throws {
        for (width, outputBias) in [(4, true), (4, false), (5, true)] {
            let problem = Problem(
                cell: .gru(), outputBias: outputBias, layers: 2, embeddingWidth: width, I: 9)
            let foreign = try ForeignFile(
                problem, names: ["rnn.": names[0], "readout": names[1], "embedding": names[2]])
            #expect(try foreign.read() == foreign.network, "\(width) \(outputBias)")
        }
        let foreign = try ForeignFile(Problem(cell: .lstm), names: ["rnn.": names[0], "readout": names[1]])
        #expect(try foreign.read() == foreign.network)
    }

    @Test func initialStatesStandBesideTheRecurrentPart() throws {
        let foreign = try ForeignFile(
            Problem(cell: .lstm, directions: .bidirectional, learnsInitialState: true),
            names: ["": "model."])
        #expect(foreign.file["model.initial_cell_state_l0_reverse"] != nil)
        #expect(try foreign.read() == foreign.network)
    }

    @Test func ofTwoRecurrentPartsOneMustBeNamed() throws {
        var foreign = try ForeignFile(Problem(cell: .gru()), names: ["rnn.": "encoder."])
        foreign.file.tensors += try ForeignFile(Problem(cell: .lstm), names: ["rnn": "decoder"]).file.tensors
            .filter { $0.name.hasPrefix("decoder") }
        let error = try #require(throws: ModelError.self) { try foreign.read() }
        let candidates = ["encoder", "decoder"]
        #expect(
            error == .ambiguous(part: "recurrent part", candidates: candidates, argument: "recurrent"))
        let words = "may be 'encoder', 'decoder'; say which with ModelParts(recurrent:)"
        #expect(error.description.contains(words), "\(error)")

        let others = try #require(throws: ModelError.self) {
            try foreign.read(ModelParts(recurrent: "encoder"))
        }
        #expect(others.description.contains("does not have: decoder.weight_ih_l0, decoder.weight_hh_l0"))
        #expect(others.description.contains("ignoresOthers: true"))
        let parts = ModelParts(recurrent: "encoder", ignoresOthers: true)
        #expect(try foreign.read(parts) == foreign.network)
    }

    @Test func othersAreIgnoredOnlyOutsideTheNetworksParts() throws {
        var foreign = try ForeignFile(Problem(cell: .gru()), names: ["rnn": "encoder"])
        foreign.add("encoder.weight_ih_l7", 15, 5)
        let error = try #require(throws: ModelError.self) {
            try foreign.read(ModelParts(ignoresOthers: true))
        }
        #expect(error.description.contains("does not have: encoder.weight_ih_l7;"), "\(error)")
    }

    @Test func readOutsThatFitAlikeMustBeNamed() throws {
        var foreign = try ForeignFile(
            Problem(cell: .lstm, outputBias: false), names: ["rnn": "lstm", "readout": "policy"])
        foreign.add("value.weight", 1, 5)
        let error = try #require(throws: ModelError.self) { try foreign.read() }
        #expect(
            error == .ambiguous(part: "read-out", candidates: ["policy", "value"], argument: "readOut"))
        let parts = ModelParts(readOut: "policy", ignoresOthers: true)
        #expect(try foreign.read(parts) == foreign.network)
        let other = try foreign.read(ModelParts(readOut: "value", ignoresOthers: true))
        #expect(other.configuration.outputWidth == 1)
    }

    @Test func embeddingsThatFitAlikeMustBeNamed() throws {
        var foreign = try ForeignFile(
            Problem(cell: .lstm, embeddingWidth: 4, I: 9), names: ["readout": "fc", "embedding": "words"])
        foreign.add("places.weight", 7, 4)
        let error = try #require(throws: ModelError.self) { try foreign.read() }
        #expect(
            error == .ambiguous(part: "embedding", candidates: ["words", "places"], argument: "embedding"))
        let parts = ModelParts(embedding: "words", ignoresOthers: true)
        #expect(try foreign.read(parts) == foreign.network)
    }

    @Test func aMatrixMayBeEmbeddingAndReadOut() throws {
        var foreign = try ForeignFile(
            Problem(cell: .lstm, outputBias: false, embeddingWidth: 5, I: 9, O: 9),
            names: ["embedding": "words"])
        foreign.remove("readout.weight")
        let network = try foreign.read(ModelParts(readOut: "words", embedding: "words"))
        #expect(network.parameters[.embedding] == foreign.network.parameters[.embedding])
        #expect(network.parameters[.outputWeights] == foreign.network.parameters[.embedding]?.transposed)
    }

    @Test func namesThatDoNotStandInTheFileAreMissing() throws {
        let foreign = try ForeignFile(
            Problem(cell: .gru(), layers: 4), names: ["rnn": "gru", "readout": "fc"])
        func missing(_ parts: ModelParts) throws -> String {
            try #require(throws: ModelError.self) { try foreign.read(parts) }.description
        }
        let recurrent = try missing(ModelParts(recurrent: "lstm"))
        #expect(recurrent.hasPrefix("tensor 'lstm.weight_ih_l0' is missing; there are "), "\(recurrent)")
        // Four for each layer and two of the read-out; a dozen are listed.
        #expect(
            recurrent.contains(" and 6 others;") && recurrent.contains("gru.weight_ih_l0"), "\(recurrent)")
        #expect(try missing(ModelParts(readOut: "head")).hasPrefix("tensor 'head.weight' is missing"))
        #expect(try missing(ModelParts(embedding: "e")).hasPrefix("tensor 'e.weight' is missing"))
    }
}
