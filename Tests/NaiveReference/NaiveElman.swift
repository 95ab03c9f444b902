/// Elman's cell:
///
///     z = x W_x + s₋ W_s + b_s        s = Φ(z)
extension NaiveNetwork {
    func elman(_ cell: NaiveCell, _ activation: NaiveActivation, _ step: inout NaiveStep) {
        let dropped = step.dropped
        for h in 0..<cell.H {
            step.argument[h] = cell.bs[h] + product(step.x, cell.Wx, h) + product(dropped, cell.Ws, h)
            step.s[h] = phi(activation, step.argument[h])
        }
    }

    func elmanBackward(
        _ cell: NaiveCell, _ activation: NaiveActivation, _ step: NaiveStep, _ ds: [Double],
        _ before: inout NaiveStepGradient, _ sums: inout NaiveCellGradient
    ) {
        let dropped = step.dropped
        for h in 0..<cell.H {
            let dz = limited(ds[h] * phiSlope(activation, step.argument[h]))
            sums.bs[h] += dz
            productBackward(dz, step.x, cell.Wx, h, &before.x, &sums.Wx)
            productBackward(dz, dropped, cell.Ws, h, &before.dropped, &sums.Ws)
        }
    }
}
