import Benchmarks
import Charts
import Formats
import LinearAlgebra
import NaiveReference
import TestSupport

/// The package's own modules, in a program with those of the library.
enum Neighbours {
    static var names: [String] {
        [
            Chart("Charts").title, Formats.name, Benchmarks.name,
            NaiveReference.name, TestSupport.name,
        ]
    }

    static var numbers: [Double] {
        let matrix = Matrix([3, 4])
        return [matrix.sumOfSquares] + Matrix([0]).exponentials
    }

    static var vectorUnit: String { Matrix.vectorUnit }
}
