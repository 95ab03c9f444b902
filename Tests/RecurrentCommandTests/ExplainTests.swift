import Foundation
import RecurrentLinearAlgebra
import Recurrent
import Testing

@Suite struct ExplainTests {
    /// The members of `--format json` that these tests read.
    private struct Explained: Decodable {
        struct Quantity: Decodable {
            let section, label, name: String
            let rows: [[Double]]
        }
        struct Origin: Decodable {
            struct Part: Decodable {
                let norm, share: Double
            }
            let stepsBack: Int
            let jacobianNorm, slopeBound, bound: Double
            let stateWeights, inputWeights: Part
        }
        struct Spectrum: Decodable {
            let spectralNorm, growthLimit: Double
            let prospect: String
        }
        let quantities: [Quantity]
        let origin: [Origin]
        let spectrum: Spectrum
        let verdict: [String]

        func matrix(_ name: String, _ label: String = "") throws -> Matrix<Double> {
            Matrix<Double>(try #require(quantities.first { $0.name == name && $0.label == label }).rows)
        }
    }

    private func explained(_ arguments: [String] = [], input: [String: Data] = [:]) throws -> Explained {
        let command = try Command.run(["explain", "--format", "json"] + arguments, input: input)
        try #require(command.status == 0, "\(command.errors)")
        return try JSONDecoder().decode(Explained.self, from: Data(command.output.utf8))
    }

    private static func network(
        _ configuration: NetworkConfiguration, _ change: (inout Parameters<Double>) -> Void = { _ in }
    ) -> Data {
        var generator = RandomGenerator(seed: 3)
        var network = RecurrentNetwork<Double>(configuration, using: &generator)
        change(&network.parameters)
        return network.safetensors().data
    }

    private static let small = NetworkConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 2)
    private static let ownNetwork = ["m": network(small)]
    private static let own = ["m", "--sequence", "-0.5,1; 0.3,-1;1,1", "--target", "-1,0.5"]

    @Test func theDefaultIsTheDocumentedExample() throws {
        let explained = try explained()
        let documented = [
            ("∂E_3/∂y_3", "", 0.464512), ("∂y_3/∂s_3", "", 1), ("∂s_3/∂s_2", "", 0.391579),
            ("∂s_3/∂s_1", "i = 1", 0.308003), ("∂E_3/∂s_3 · ∂⁺s_3/∂W_s", "i = 3", -0.029461),
            ("∂E_3/∂s_2 · ∂⁺s_2/∂W_s", "i = 2", 0.082645), ("∂E_3/∂s_1 · ∂⁺s_1/∂W_s", "i = 1", 0),
            ("∂E_3/∂s_1 · ∂⁺s_1/∂W_x", "i = 1", 0.112518), ("∂E_3/∂W_s", "sum", 0.053184),
            ("∂E_3/∂W_x", "BPTT", 0.388411), ("∂E_3/∂W_y", "sum", 0.331899),
        ]
        for (name, label, value) in documented {
            #expect(abs(try explained.matrix(name, label)[0, 0] - value) < 5e-7, "\(name)")
        }
        #expect(explained.spectrum.prospect == "vanishes" && explained.spectrum.spectralNorm == 0.8)
        #expect(explained.origin.map(\.stepsBack) == [0, 1, 2])
        #expect(abs(explained.origin[2].bound - 0.64) < 1e-15)
        #expect(explained.verdict.joined().contains("must vanish"))
    }

    @Test(arguments: ["W_s", "W_x", "W_y", "b_s", "b_y", "s_0"])
    func termsSumToBackpropagationThroughTime(letter: String) throws {
        let explained = try explained(Self.own, input: Self.ownNetwork)
        let sum = try explained.matrix("∂E_3/∂\(letter)", "sum")
        let backpropagated = try explained.matrix("∂E_3/∂\(letter)", "BPTT")
        #expect((sum - backpropagated).largestMagnitude < 1e-13 * sum.largestMagnitude)
        #expect(try explained.matrix("∂E_3/∂\(letter)", "difference") == backpropagated - sum)
        #expect(sum.largestMagnitude > 0)
        let terms = explained.quantities.filter {
            $0.name.hasSuffix("/∂\(letter)") && $0.label.hasPrefix("i = ")
        }
        guard ["W_s", "W_x"].contains(letter) else { return }
        #expect(terms.count == 3)
        var added = Matrix<Double>(rows: sum.rows, columns: sum.columns)
        for term in terms { added = added + Matrix<Double>(term.rows) }
        #expect((added - sum).largestMagnitude < 1e-15)
        let shares = explained.origin.map { (letter == "W_s" ? $0.stateWeights : $0.inputWeights).share }
        let whole = shares.reduce(0, +)
        #expect(abs(whole - 1) < 1e-13)
    }

    /// The numbers with a decimal point in a text, sorted, with ASCII minus signs.
    private func numbers(_ text: String) -> [String] {
        text.replacing("−", with: "-").replacing("$-$", with: "-").matches(of: /-?[0-9]+\.[0-9]+/)
            .map { String($0.output) }.sorted()
    }

    private func removing(_ pattern: String, from text: String) -> String {
        text.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
    }

    @Test func allFormatsHaveTheSameNumbers() throws {
        func run(_ format: String) throws -> String {
            let command = try Command.run(["explain", "--format", format] + Self.own, input: Self.ownNetwork)
            #expect(command.status == 0 && command.errors.isEmpty, "\(command.errors)")
            return command.output
        }
        let (table, markdown, latex) = (try run("table"), try run("markdown"), try run("latex"))
        let html = removing("(?s)<svg.*?</svg>|<style>.*?</style>|<mspace[^>]*>", from: try run("html"))
        let expected = numbers(latex)
        #expect(expected.count > 150)
        #expect(numbers(table) == expected)
        #expect(numbers(markdown) == expected)
        #expect(numbers(html) == expected)

        // The numbers shown are those of JSON, rounded.
        let explained = try explained(Self.own, input: Self.ownNetwork)
        let shown = Set(expected.compactMap { Double($0) })
        for quantity in explained.quantities where quantity.name == "W_s" || quantity.name == "∂E_3/∂W_s" {
            for value in quantity.rows.joined() {
                #expect(shown.contains { abs($0 - value) <= 5.1e-7 }, "\(value)")
            }
        }
        let csv = try run("csv").split(separator: "\n")
        #expect(csv[0] == "section,label,name,row,column,value")
        #expect(csv.count - 1 == explained.quantities.reduce(0) { $0 + $1.rows.joined().count })
        #expect(try #require(csv.last).hasPrefix("The other gradients,difference,∂E_3/∂s_0,1,3,"))
    }

    @Test func documentsAreWholeAndWellFormed() throws {
        let arguments = Self.own + ["--picture", "p.svg", "--output", "out"]
        let formats: [(String, String, String)] = [
            ("latex", "\\documentclass", "\\end{document}\n"), ("html", "<!DOCTYPE html>", "</html>\n"),
            ("markdown", "# The gradient of $E_{3}$", "\n"), ("table", "The gradient of E_3", "\n"),
        ]
        for (format, start, end) in formats {
            let command = try Command.run(
                ["explain", "--format", format] + arguments, input: Self.ownNetwork
            ) { _, folder in
                let text = try String(contentsOf: folder.appendingPathComponent("out"), encoding: .utf8)
                #expect(text.hasPrefix(start) && text.hasSuffix(end) && !text.contains("nan"))
                if format == "latex" { #expect(text.utf8.allSatisfy { $0 < 128 }) }
                if format == "markdown" { #expect(text.contains("](<p.svg>)") && !text.contains("\\\\")) }
                if format == "html" {
                    #expect(text.contains("<svg") && !text.contains("http://www.w3.org/1999/xlink"))
                    // Every element that is opened is closed.
                    let opened = text.matches(of: /<[a-zA-Z]/).count - text.matches(of: /\/>|<meta/).count
                    #expect(opened == text.matches(of: /<\/[a-zA-Z]/).count)
                }
                let svg = try String(contentsOf: folder.appendingPathComponent("p.svg"), encoding: .utf8)
                #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n") && svg.contains("∂E"))
            }
            #expect(command.status == 0 && command.output.isEmpty && command.files == ["out", "p.svg"])
        }
    }

    @Test func longSequencesAreDrawnWithAnEllipsis() throws {
        let sequence = (0..<20).map { "\($0 % 3 - 1)" }.joined(separator: ";")
        for (steps, boxes) in [("8", 8), ("9", 7), ("20", 7)] {
            let arguments = ["explain", "--sequence", sequence, "--steps", steps, "--picture", "p"]
            _ = try Command.run(arguments) { command, folder in
                try #require(command.status == 0, "\(command.errors)")
                let svg = try String(contentsOf: folder.appendingPathComponent("p"), encoding: .utf8)
                #expect(svg.components(separatedBy: "box area line green").count - 1 == boxes)
                #expect(svg.contains("· · ·") == (steps != "8"))
            }
        }
    }

    @Test func sequencesComeFromFilesToo() throws {
        let csv = Data("a,b,t\n-0.5,1,x\n0.3,-1,y\n1,1,z\n0,0,w\n".utf8)
        let input = Self.ownNetwork.merging(["s.csv": csv]) { $1 }
        let arguments = [
            "explain", "m", "--data", "s.csv", "--columns", "a, b", "--steps", "3", "--target",
            "-1,0.5",
        ]
        let fromFile = try Command.run(arguments, input: input)
        #expect(fromFile.output == (try Command.run(["explain"] + Self.own, input: input).output))
        #expect(fromFile.status == 0)
    }

    @Test func networksOfOtherKindsAreExplained() throws {
        let classes = NetworkConfiguration(
            inputWidth: 1, stateWidth: 2, outputWidth: 3, cell: .elman(.relu), output: .softmax,
            readOut: .lastStep, learnsInitialState: true)
        let byClass = try explained(
            ["m", "--sequence", "1;0.5", "--target", "2"], input: ["m": Self.network(classes)])
        #expect(try byClass.matrix("∂E_2/∂a_2").columns == 3)
        let sigmoid = NetworkConfiguration(
            inputWidth: 1, stateWidth: 1, outputWidth: 1, cell: .elman(.sigmoid), output: .sigmoid)
        let saturated = Self.network(sigmoid) { $0[.outputBias] = [[800]] }
        let command = try Command.run(
            ["explain", "m", "--sequence", "1", "--target", "0"], input: ["m": saturated])
        #expect(command.status == 0 && command.output.contains("∂E_1/∂y_1 = ∞"), "\(command.errors)")
    }

    @Test func theVerdictIsRightAtTheEdges() throws {
        func verdict(_ arguments: [String], _ change: (inout Parameters<Double>) -> Void) throws -> String {
            let plain = NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1, outputBias: false)
            let input = ["m": Self.network(plain, change)]
            return try explained(["m"] + arguments, input: input).verdict.joined(separator: "\n")
        }
        let two = ["--sequence", "1;1", "--target", "0"]
        #expect(try verdict(two) { $0[.stateWeights] = [[0]] }.contains("W_s is zero and no state depends"))
        #expect(try verdict(two) { $0[.stateWeights] = [[1]] }.contains("does not make the gradient vanish"))
        #expect(try verdict(two) { $0[.stateWeights] = [[3]] }.contains("can explode"))
        #expect(try verdict(two) { $0[.outputWeights] = [[0]] }.contains("exactly the target"))
        let wrong = ["--sequence", "1;1", "--target", "5"]
        #expect(try verdict(wrong) { $0[.outputWeights] = [[0]] }.contains("W_y passes nothing back"))
        #expect(try verdict(wrong) { $0[.stateBias] = [[100]] }.contains("slopes of the states"))
        #expect(try verdict(two) { $0[.stateWeights] = [[1 - 1e-7]] }.contains("1 − 1.0e−7 is below 1"))
        let saturated = NetworkConfiguration(inputWidth: 1, stateWidth: 1, outputWidth: 1, output: .sigmoid)
        let input = ["m": Self.network(saturated) { $0[.outputBias] = [[800]] }]
        let flat = try explained(
            ["m", "--sequence", "1", "--target", "0", "--loss", "squaredError"], input: input)
        #expect(flat.verdict[0].contains("slope of the output function is zero"))
        let one = try verdict(["--sequence", "1", "--target", "5"]) { _ in }
        #expect(one.contains("∂E_1/∂W_s is zero: s_0, the only state"))
        #expect(
            one.contains("All of ∂E_1/∂W_x comes from the only step") && !one.contains("On this sequence"))
    }

    private static let wide = NetworkConfiguration(inputWidth: 2, stateWidth: 24, outputWidth: 2)
    private static let deep = NetworkConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 2, layers: 2)
    private static let bothWays = NetworkConfiguration(
        inputWidth: 2, stateWidth: 3, outputWidth: 2, directions: .bidirectional)
    private static let feedforward = NetworkConfiguration(
        inputWidth: 2, stateWidth: 3, outputWidth: 2, recurrent: false)

    /// Files, arguments, and words that the one line of the error must contain.
    private static let refused: [(files: [String: Data], arguments: [String], words: [String])] = {
        let sequence = ["--sequence", "1,2;3,4", "--target", "0,0"]
        let model = ["m"] + sequence
        let nan = network(small) { $0[.stateWeights]?[1, 1] = .nan }
        let huge = network(small) { $0[.outputWeights]?[1, 1] = 1e200 }
        let steep = network(
            NetworkConfiguration(inputWidth: 2, stateWidth: 3, outputWidth: 2, stateBias: false)
        ) {
            $0[.stateWeights]?[0, 0] = 1e200
        }
        let long = Array(repeating: "1,1", count: 33).joined(separator: ";")
        return [
            ([:], model, ["m: there is no such file"]),
            (["m": Data("no".utf8)], model, ["m:"]),
            (["m": network(wide)], model, ["24 states", "8"]),
            (["m": network(deep)], model, ["2 layers"]),
            (["m": network(bothWays)], model, ["both ways"]),
            (["m": network(feedforward)], model, ["no W_s"]),
            (["m": nan], model, ["m: tensor", "has NaN"]),
            (["m": huge], model, ["beyond what Double holds"]),
            (
                ["m": steep], ["m", "--sequence", "0,0;0,0", "--target", "1,1"],
                ["beyond what Double"]
            ),
            (
                ownNetwork, ["m", "--sequence", "1,2;3", "--target", "0,0"],
                ["step 2", "1 values", "takes 2"]
            ),
            (
                ownNetwork, ["m", "--sequence", "1,2;3,nan", "--target", "0,0"],
                ["step 2", "'nan'"]
            ),
            (ownNetwork, ["m", "--sequence", "1,2;", "--target", "0,0"], ["step 2", "''"]),
            (ownNetwork, ["m", "--sequence", long, "--target", "0,0"], ["33 steps", "--steps"]),
            (ownNetwork, ["m", "--sequence", "1,2", "--target", "0"], ["1 values", "2 outputs"]),
            (ownNetwork, ["m", "--sequence", "1,2", "--target", "0,inf"], ["--target", "'inf'"]),
            (ownNetwork, model + ["--loss", "crossEntropy"], ["crossEntropy", "linear"]),
            (ownNetwork, model + ["--steps", "3"], ["--steps 3", "only 2"]),
            (ownNetwork, model + ["--output", "/proc/none/o"], ["/proc/none"]),
            (ownNetwork, model + ["--output", "m"], ["different files"]),
            ([:], ["--data", "s.csv"], ["s.csv: there is no such file"]),
            (["s.csv": Data("a,b\n1,x\n".utf8)], ["--data", "s.csv"], ["s.csv:2", "'x'", "column 'b'"]),
            (["s.csv": Data("a,b\n1,2\n".utf8)], ["--data", "s.csv"], ["2 values", "takes 1", "--columns"]),
            (["s.csv": Data("a\n".utf8)], ["--data", "s.csv"], ["no line below the header"]),
        ]
    }()

    @Test(arguments: 0..<23)
    func whatCannotBeExplainedGetsOneLine(index: Int) throws {
        let (files, arguments, words) = Self.refused[index]
        let command = try Command.run(["explain"] + arguments, input: files)
        #expect(command.status == 1 && command.output.isEmpty && command.files.isEmpty, "\(command.errors)")
        #expect(words.allSatisfy { command.errors.contains($0) }, "\(command.errors)")
        #expect(command.errors.split(separator: "\n").count == 1, "\(command.errors)")
    }

    @Test(arguments: [
        ["m"], ["m", "--sequence", "1"], ["--columns", "a"], ["--steps", "0"],
        ["--sequence", "1", "--data", "s.csv"], ["--format", "pdf"], ["--activation", "tanh"],
    ])
    func wrongUsageExitsWith64(arguments: [String]) throws {
        let command = try Command.run(["explain"] + arguments)
        #expect(command.status == 64 && command.files.isEmpty)
    }
}
