import ArgumentParser
import Foundation
import RecurrentLinearAlgebra
import Recurrent

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what the engine runs on, and test it.",
        discussion: """
            Shows the BLAS library of this process and the vector unit of the elementwise functions, \
            compares products of odd shapes with plain loops, and times one large product. Exits with \
            1 if a product is wrong. In json and csv, speeds are in Gflop/s.

            Examples:
              rnn doctor
              rnn doctor --format json
            """)

    @OptionGroup var output: FormatOptions

    func run() throws {
        var table = Table(["name", "value"], leftAligned: 2)
        describe(into: &table)
        do {
            try test(into: &table)
        } catch {
            // The table so far is printed even if a test fails.
            try output.print(table)
            throw error
        }
        try output.print(table)
    }

    private func test(into table: inout Table) throws {
        let libraries = BLASLibrary.files
        let folders = Set(libraries.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path })
        guard folders.count <= 1 else {
            throw CommandFailure(
                "this process has more than one BLAS library: \(libraries.joined(separator: ", ")); choose the same one for libblas.so.3 and liblapack.so.3 with update-alternatives"
            )
        }
        let wrong = ProductSelfTest.wrongShapes(Double.self) + ProductSelfTest.wrongShapes(Float.self)
        guard wrong.isEmpty else {
            throw CommandFailure(
                "this BLAS library computes wrong products (m × n × k: \(wrong.joined(separator: ", "))); install another, or another version"
            )
        }
        let products = 2 * ProductSelfTest.shapes.count * 4
        table.add(["self-test", Cell(Double(products), as: "\(products) products of odd shapes are right")])
        for (type, speed) in [("Double", speed(Double.self)), ("Float", speed(Float.self))] {
            table.add([
                "speed in \(type)", Cell(speed, as: "\(fixed(speed, 1)) Gflop/s (1024³, one thread)"),
            ])
        }
    }

    private func describe(into table: inout Table) {
        table.add(["BLAS", Cell(BLASLibrary.configuration ?? "a library that does not report its name")])
        table.add(["file", Cell(BLASLibrary.file ?? "unknown")])
        table.add(["kernel", Cell(BLASLibrary.kernel ?? "unknown")])
        let threads = BLASLibrary.threads.map { Cell(Double($0), as: "\($0) (1 while the engine works)") }
        table.add([
            "threads", threads ?? "unknown; set this library's number of threads to 1 in the environment",
        ])
        let processors = Processors.usable
        table.add(["processors", Cell(Double(processors), as: "\(processors) that this process may use")])
        table.add(["vector unit", Cell(VectorUnit.name)])
    }

    /// The best of five products of 1024 × 1024 on one thread, in Gflop/s.
    private func speed<S: Scalar>(_ type: S.Type) -> Double {
        let n = 1024
        var generator = RandomGenerator(seed: 1)
        let a = Matrix<S>(rows: n, columns: n) { _, _ in S(generator.uniform()) }
        var c = a
        let clock = ContinuousClock()
        let seconds = (0..<5).map { _ in
            BLASLibrary.withSingleThread {
                clock.measure { a.withView { a in c.withMutableView { gemm(a, a, into: $0) } } }
            } / .seconds(1)
        }
        return 2 * Double(n * n * n) / seconds.min()! / 1e9
    }
}
