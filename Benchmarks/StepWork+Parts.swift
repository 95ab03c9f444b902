import Recurrent

// The parts of a training step.
extension StepWork {
    var parts: [StepPart] {
        let (I, H, O, GH) = (shape.I, shape.H, shape.O, shape.gateWidth)
        return [chunks("X W_x", I, GH)] + recurrenceForwards
            + [chunks("S W_y", H, O), chunks("δA W_yᵀ", O, H)] + recurrenceBackwards
            + [
                gradient("S₋ᵀ δZ", H, GH), gradient("S₊ᵀ δA", H, O), gradient("Xᵀ δZ", I, GH),
                StepPart(
                    name: shape.cell == .elman ? "tanh and its derivative" : "gates and their derivatives",
                    milliseconds: equations()),
            ]
    }

    /// The products of a step with W_s, those of a GRU's candidate apart.
    private var recurrenceForwards: [StepPart] {
        let H = shape.H
        return switch shape.cell {
        case .elman, .lstm: [steps("s W_s", H, shape.gateWidth)]
        case .gru: [steps("s W_s[r z]", H, 2 * H), steps("s W_s[n]", H, H, beta: 0)]
        case .gruResetBefore: [steps("s W_s[r z]", H, 2 * H), steps("(r ⊙ s) W_s[n]", H, H)]
        }
    }

    private var recurrenceBackwards: [StepPart] {
        let H = shape.H
        return switch shape.cell {
        case .elman, .lstm, .gru: [steps("δz W_sᵀ", shape.gateWidth, H)]
        case .gruResetBefore: [steps("δa W_s[n]ᵀ", H, H, beta: 0), steps("δa W_s[r z]ᵀ", 2 * H, H)]
        }
    }

    /// A product with weights of k × n, chunk by chunk.
    private func chunks(_ name: String, _ k: Int, _ n: Int) -> StepPart {
        StepPart(
            name: name, milliseconds: product(chunkRows, n, k, chunkCalls, beta: 0), multiplications: k * n)
    }

    /// A product with weights of k × n, step by step.
    private func steps(_ name: String, _ k: Int, _ n: Int, beta: S = 1) -> StepPart {
        StepPart(
            name: name, milliseconds: product(blockRows, n, k, stepCalls, beta: beta),
            multiplications: k * n)
    }

    private func gradient(_ name: String, _ m: Int, _ n: Int) -> StepPart {
        StepPart(name: name, milliseconds: gradient(m, n), multiplications: m * n)
    }
}
