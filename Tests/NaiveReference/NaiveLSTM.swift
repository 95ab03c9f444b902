/// The LSTM cell; the columns of W_x, W_s and b_s are those of i, f, g and o:
///
///     z = x W_x + s₋ W_s + b_s
///     i = σ(z_i)   f = σ(z_f)   g = tanh(z_g)   o = σ(z_o)
///     c = f ⊙ c₋ + i ⊙ g
///     s = o ⊙ tanh(c)
extension NaiveNetwork {
    func lstm(_ cell: NaiveCell, _ step: inout NaiveStep) {
        let dropped = step.dropped
        for j in cell.bs.indices {
            step.argument[j] = cell.bs[j] + product(step.x, cell.Wx, j) + product(dropped, cell.Ws, j)
        }
        for h in 0..<cell.H {
            let (i, f, g, o) = lstmGates(cell, step, h)
            step.c[h] = f * step.cBefore[h] + i * g
            step.s[h] = o * elementary.tanh(step.c[h])
        }
    }

    private func lstmGates(_ cell: NaiveCell, _ step: NaiveStep, _ h: Int) -> (
        i: Double, f: Double, g: Double, o: Double
    ) {
        let z = step.argument
        return (
            i: phi(.sigmoid, z[h]), f: phi(.sigmoid, z[cell.H + h]), g: phi(.tanh, z[2 * cell.H + h]),
            o: phi(.sigmoid, z[3 * cell.H + h])
        )
    }

    func lstmBackward(
        _ cell: NaiveCell, _ step: NaiveStep, _ ds: [Double], _ dcAfter: [Double],
        _ before: inout NaiveStepGradient, _ sums: inout NaiveCellGradient
    ) {
        let H = cell.H
        var dz = cell.bs.map { _ in 0.0 }
        for h in 0..<H {
            let (i, f, g, o) = lstmGates(cell, step, h)
            // c is read by s and by the step after.
            let dc = dcAfter[h] + ds[h] * o * phiSlope(.tanh, step.c[h])
            dz[h] = dc * g * i * (1 - i)
            dz[H + h] = dc * step.cBefore[h] * f * (1 - f)
            dz[2 * H + h] = dc * i * (1 - g * g)
            dz[3 * H + h] = ds[h] * elementary.tanh(step.c[h]) * o * (1 - o)
            before.c[h] = dc * f
        }
        let dropped = step.dropped
        dz = dz.map(limited)
        for j in dz.indices {
            sums.bs[j] += dz[j]
            productBackward(dz[j], step.x, cell.Wx, j, &before.x, &sums.Wx)
            productBackward(dz[j], dropped, cell.Ws, j, &before.dropped, &sums.Ws)
        }
    }
}
