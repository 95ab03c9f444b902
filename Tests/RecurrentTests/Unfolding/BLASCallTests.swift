import BLASCallCounter
import RecurrentLinearAlgebra
import Recurrent
import SampleProblems
import Testing

/// A training step of a small block makes exactly the products of the mathematics: T small ones each way,
/// everything else one product over all timesteps. Fails when a call is added. Counted on one worker.
@Suite struct BLASCallTests {
    private struct Calls: Equatable {
        var gemm = 0
        var gemv = 0
        var axpy = 0
        var scal = 0
        var others = 0

        init(gemm: Int = 0, gemv: Int = 0, axpy: Int = 0, scal: Int = 0) {
            (self.gemm, self.gemv, self.axpy, self.scal) = (gemm, gemv, axpy, scal)
        }

        /// The calls that `body` makes on this thread.
        init(of body: () throws -> Void) rethrows {
            blas_calls_reset()
            try body()
            gemm = Int(blas_calls(BLAS_GEMM))
            gemv = Int(blas_calls(BLAS_GEMV))
            axpy = Int(blas_calls(BLAS_AXPY))
            scal = Int(blas_calls(BLAS_SCAL))
            others = Int(blas_calls(BLAS_GER) + blas_calls(BLAS_DOT) + blas_calls(BLAS_NRM2))
        }
    }

    @Test(arguments: [1, 2, 9])
    func aTrainingStepMakesExactlyTheProductsOfTheMathematics(T: Int) throws {
        let drawn = try Drawn<Double>(Problem(T: T, B: 3))
        var network = drawn.network
        let unfolding = Unfolding(for: network, workers: 1)
        var optimiser = Optimiser<Double>(.sgd(), learningRate: 0.1)
        let step = try Calls {
            _ = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
        }
        // X W_x, S W_y, δA W_yᵀ and three weight gradients. The update is a pass of our own.
        #expect(step == Calls(gemm: 2 * T + 6))
    }

    @Test func everyBlockOfSequencesMakesItsOwnProducts() throws {
        let drawn = try Drawn<Double>(Problem(T: 5, B: 6))
        let unfolding = Unfolding(for: drawn.network, workers: 1)
        let calls = try Calls {
            _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
        }
        #expect(calls == Calls(gemm: 2 * (2 * 5 + 6)))
    }

    @Test func clippingAndTheInputGradientAddTheirOwnCalls() throws {
        let drawn = try Drawn<Float>(Problem(T: 5, B: 3))
        var network = drawn.network
        let unfolding = Unfolding(for: network, workers: 1)
        var optimiser = Optimiser<Float>(
            .sgd(momentum: 0.9), learningRate: 0.1, clipping: .norm(1e-3))
        let step = try Calls {
            _ = try optimiser.step(&network, in: unfolding, on: drawn.batch, drawn.objective)
        }
        #expect(step == Calls(gemm: 2 * 5 + 6, scal: 1))
        let gradient = try Calls {
            _ = try unfolding.lossAndGradient(
                of: network, on: drawn.batch, drawn.objective, inputGradient: true)
        }
        #expect(gradient == Calls(gemm: 2 * 5 + 7))
    }

    @Test func theStepsOfASingleSequenceAreOneProductEach() throws {
        let drawn = try Drawn<Double>(Problem(T: 6, B: 1))
        let unfolding = Unfolding(for: drawn.network, workers: 1)
        let calls = try Calls {
            _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
        }
        // As gemv, or as gemm where the library computes small products in place.
        #expect(calls.gemm + calls.gemv == 2 * 6 + 6 && calls.axpy == 0 && calls.others == 0)
    }

    @Test func wideStepsOfASingleSequenceRunAsGemv() throws {
        let drawn = try Drawn<Double>(Problem(T: 3, B: 1, H: 100))
        let unfolding = Unfolding(for: drawn.network, workers: 1)
        let calls = try Calls {
            _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
        }
        #expect(calls.gemv == 2 * 3)
    }

    @Test func aSingleOutputIsReadByGemv() throws {
        let drawn = try Drawn<Double>(Problem(T: 6, B: 3, O: 1))
        let unfolding = Unfolding(for: drawn.network, workers: 1)
        let calls = try Calls {
            _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
        }
        // S W_y and S₊ᵀ δA have one column; δA W_yᵀ has one row to sum over and stays a gemm.
        #expect(calls == Calls(gemm: 2 * 6 + 4, gemv: 2))
    }

    @Test func aFeedforwardNetworkMakesNoStepwiseProduct() throws {
        let drawn = try Drawn<Double>(Problem(recurrent: false, T: 6, B: 3))
        let unfolding = Unfolding(for: drawn.network, workers: 1)
        let calls = try Calls {
            _ = try unfolding.lossAndGradient(of: drawn.network, on: drawn.batch, drawn.objective)
        }
        #expect(calls == Calls(gemm: 5))
    }
}
