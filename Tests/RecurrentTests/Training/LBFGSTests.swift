import Foundation
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// Σ 100 (x_{i+1} − x_i²)² + (1 − x_i)², with its minimum at x = (1, …, 1).
private struct Rosenbrock<S: Scalar>: DifferentiableFunction {
    var evaluations = 0

    mutating func evaluate(at parameters: Parameters<S>, into gradient: inout Parameters<S>) -> Double {
        evaluations += 1
        let x = parameters.numbers
        var (E, g) = (0.0, x.map { _ in 0.0 })
        for i in 0..<x.count - 1 {
            let (a, b) = (x[i + 1] - x[i] * x[i], 1 - x[i])
            E += 100 * (a * a) + b * b
            g[i + 1] += 200 * a
            g[i] += -400 * a * x[i] - 2 * b
        }
        gradient.set(g)
        return E
    }
}

/// ½ Σ c_i (x_i − i)²
private struct Quadratic: DifferentiableFunction {
    let curvatures: [Double]

    func evaluate(at parameters: Parameters<Double>, into gradient: inout Parameters<Double>) -> Double {
        let distance = parameters.numbers.enumerated().map { $1 - Double($0) }
        gradient.set(zip(curvatures, distance).map { $0 * $1 })
        return zip(curvatures, distance).reduce(0) { $0 + $1.0 * $1.1 * $1.1 / 2 }
    }
}

/// Σ x_i − log x_i: not a number left of 0, with its minimum at 1.
private struct Barrier: DifferentiableFunction {
    var strayed = false

    mutating func evaluate(
        at parameters: Parameters<Double>, into gradient: inout Parameters<Double>
    ) -> Double {
        let x = parameters.numbers
        if x.contains(where: { $0 <= 0 }) { strayed = true }
        gradient.set(x.map { $0 > 0 ? 1 - 1 / $0 : .nan })
        return x.reduce(0) { $0 + ($1 > 0 ? $1 - log($1) : .nan) }
    }
}

@Suite struct LBFGSTests {
    @Test(arguments: [0, 1])
    func pointsOnTheWayAreThoseOfPyTorch(run: Int) throws {
        let recorded = try RecordedOptimisers.read().rosenbrock[run]
        var function = Rosenbrock<Double>()
        var search = LBFGS<Double>()
        var point = Parameters<Double>(recorded.start)
        for expected in recorded.path {
            _ = try search.minimise(&function, from: &point)
            let distance = zip(point.numbers, expected).map { abs($0 - $1) }.max()!
            #expect(distance <= Tolerance.lineSearch, "iteration \(search.stepCount)")
        }
        #expect(function.evaluations == recorded.evaluations && search.stepCount == recorded.path.count)
    }

    @Test(arguments: [2, 5, 20])
    func rosenbrocksValleyIsFollowedToItsEnd(count: Int) throws {
        var function = Rosenbrock<Double>()
        var search = LBFGS<Double>()
        var point = Parameters<Double>((0..<count).map { $0 % 2 == 0 ? -1.2 : 1 })
        _ = try search.minimise(&function, from: &point, iterations: 200)
        let report = try search.minimise(&function, from: &point, iterations: 0)
        #expect(report.gradientNorm < 1e-8 && search.stepCount < 200, "\(search.stepCount) iterations")
        // Near (−1, 1, …, 1) longer chains have a second minimum.
        #expect(report.loss < 1e-15 || count > 3)
    }

    @Test func aQuadraticTakesAFewIterationsADimension() throws {
        let function = Quadratic(curvatures: [1, 2, 3, 4, 5, 6, 7])
        var (search, copy) = (LBFGS<Double>(), function)
        var point = Parameters<Double>([3, -1, 4, -1, 5, -9, 2])
        _ = try search.minimise(&copy, from: &point, iterations: 3 * 7)
        #expect(try search.minimise(&copy, from: &point, iterations: 0).gradientNorm < 1e-8)
    }

    @Test func floatsReachWhatTheirPrecisionGives() throws {
        var function = Rosenbrock<Float>()
        var search = LBFGS<Float>()
        var point = Parameters<Float>([-1.2, 1])
        _ = try search.minimise(&function, from: &point, iterations: 100)
        #expect(point.numbers.allSatisfy { abs($0 - 1) < 1e-3 })
    }

    @Test func pointsWithoutALossAreSteppedBackFrom() throws {
        var function = Barrier()
        var search = LBFGS<Double>()
        var point = Parameters<Double>([0.01, 30, 7, 2])
        _ = try search.minimise(&function, from: &point, iterations: 60)
        #expect(function.strayed)
        #expect(point.numbers.allSatisfy { abs($0 - 1) < 1e-6 }, "\(point.numbers)")
    }

    @Test func anOddBeginningIsRefusedAndAMinimumIsKept() throws {
        var function = Barrier()
        var search = LBFGS<Double>()
        var outside = Parameters<Double>([1, -1])
        let before = outside
        #expect(throws: TrainingError.self) { try search.minimise(&function, from: &outside) }
        #expect(outside == before && search.stepCount == 0)

        var minimum = Parameters<Double>([1, 1])
        let report = try search.minimise(&function, from: &minimum, iterations: 5)
        #expect(minimum.elements == [1, 1] && report.gradientNorm == 0 && search.stepCount == 0)
    }

    @Test func aSmallNetworkEndsFarBelowGradientDescent() throws {
        let drawn = try Drawn<Double>(Problem(T: 5, B: 4, ragged: true, reduction: .meanOverSteps, H: 8))
        let unfolding = Unfolding(for: drawn.network)
        func loss(_ network: RecurrentNetwork<Double>) throws -> Double {
            try unfolding.loss(of: network, on: drawn.batch, drawn.objective)
        }
        var (network, search) = (drawn.network, LBFGS<Double>())
        let report = try search.step(
            &network, in: unfolding, on: drawn.batch, drawn.objective, iterations: 150)
        #expect(try abs(report.loss - loss(drawn.network)) < 1e-15)

        var rival = drawn.network
        var optimiser = Optimiser<Double>(.sgd(momentum: 0.9), learningRate: 0.05)
        for _ in 0..<2 * search.stepCount {
            _ = try optimiser.step(&rival, in: unfolding, on: drawn.batch, drawn.objective)
        }
        let (found, rivals) = (try loss(network), try loss(rival))
        #expect(found < 0.01 * rivals, "\(found), \(rivals) after \(search.stepCount) iterations")
    }

    @Test func theNumberOfWorkersChangesNoBit() throws {
        let drawn = try Drawn<Float>(Problem(T: 9, B: 17, ragged: true, I: 5, H: 35, O: 3))
        func train(workers: Int) throws -> [UInt32] {
            var (network, search) = (drawn.network, LBFGS<Float>(historySize: 3))
            let unfolding = Unfolding(for: network, workers: workers)
            for _ in 0..<6 {
                _ = try search.step(
                    &network, in: unfolding, on: drawn.batch, drawn.objective, from: drawn.initialState)
            }
            #expect(search.stepCount == 6)
            return network.parameters.elements.map(\.bitPattern)
        }
        let alone = try train(workers: 1)
        for workers in [2, 3, 7] { #expect(try train(workers: workers) == alone, "\(workers) workers") }
    }
}
